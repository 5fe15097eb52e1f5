"""Routes of evidence: observations people entered, and entering one."""

import datetime as dt
import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, FiniteFloat

from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    Listing,
    MarkingName,
    OptionalDay,
    Paging,
    Title,
    Words,
    listed,
    marking_name,
    marking_of,
    open_call,
)
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.api.naming import area_named, unit_named
from primacy.rooms.readiness.errors import NoSuchRecord
from primacy.rooms.readiness.models import Observation
from primacy.rooms.readiness.queries import observations

router = Router()


class ObservationOut(BaseModel):
    """An indicator value for an area or unit on a day, and how it was obtained."""

    id: uuid.UUID
    area: str | None
    unit: str | None
    indicator: str
    method: str
    observed_on: dt.date
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    sample: bool
    note: str
    party: str
    entered_as: str
    corrects: uuid.UUID | None
    source: str
    marking: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: Observation) -> "ObservationOut":
        """An observation in full, for a viewer who may read it."""
        return cls(
            id=row.pk,
            area=row.area.code if row.area else None,
            unit=row.unit.code if row.unit else None,
            indicator=row.indicator,
            method=row.method,
            observed_on=row.observed_on,
            value=row.value,
            low=row.low,
            high=row.high,
            numerator=row.numerator,
            denominator=row.denominator,
            sample=row.sample,
            note=row.note,
            party=row.party,
            entered_as=row.entered_as,
            corrects=row.corrects_id,
            source=str(row.source),
            marking=marking_name(row.marking),
            recorded_at=row.recorded_at,
        )


class ObservationIn(Body):
    """One piece of evidence: a value, an interval, or how many of how many."""

    indicator: Line = Field(description="code, e.g. logistics.fuel_days")
    method: Line = Field(description="records, self, field or survey")
    observed_on: Day
    source: Title = Field(description="register, visit, survey or document it comes from")
    area: Line | None = None
    unit: Line | None = None
    value: FiniteFloat | None = Field(None, description="a share as 0.79; yes is 1, no is 0")
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    numerator: FiniteFloat | None = None
    denominator: FiniteFloat | None = None
    sample: bool = Field(False, description="the counts are a sample of a larger whole")
    note: Words = ""
    corrects: uuid.UUID | None = Field(None, description="the observation this one corrects")
    marking: MarkingName = "internal"


class ObservationFilter(Paging):
    """Which evidence is wanted."""

    area: Line = ""
    unit: Line = ""
    indicator: Line = ""
    method: Line = ""
    to: OptionalDay = Field(None, description="observed by this day")


@router.get("/missions/{slug:code}/observations", response={200: Listing[ObservationOut], **READ})
def list_observations(
    request: HttpRequest, code: str, only: Query[ObservationFilter]
) -> Listing[ObservationOut]:
    """Evidence entered by people, newest first."""
    call = open_call(request, code)
    wanted = {
        "area__code": only.area,
        "unit__code": only.unit,
        "indicator": only.indicator,
        "method": only.method,
        "observed_on__lte": only.to,
    }
    rows = observations(call.viewer, call.mission)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return listed(rows, only, ObservationOut.of)


@router.post("/missions/{slug:code}/observations", response={201: ObservationOut, **WRITE})
def enter_observation(
    request: HttpRequest, code: str, body: ObservationIn
) -> Status[ObservationOut]:
    """Enters one piece of evidence. It is never edited; a correction names what it corrects."""
    call = open_call(request, code)
    row = actions.observe(
        actor=call.viewer,
        mission=call.mission,
        area=area_named(call, body.area),
        unit=unit_named(call, body.unit),
        indicator=body.indicator,
        method=body.method,
        observed_on=body.observed_on,
        source_title=body.source,
        value=body.value,
        low=body.low,
        high=body.high,
        numerator=body.numerator,
        denominator=body.denominator,
        sample=body.sample,
        note=body.note,
        corrects=_corrected(call, body.corrects),
        marking=marking_of(body.marking),
    )
    return Status(201, ObservationOut.of(row))


def _corrected(call: Call, pk: uuid.UUID | None) -> Observation | None:
    """The observation that is corrected; `NoSuchRecord` where it is not open to the viewer."""
    if pk is None:
        return None
    row = observations(call.viewer, call.mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("No such observation is open to you, so it cannot be corrected."))
    return row
