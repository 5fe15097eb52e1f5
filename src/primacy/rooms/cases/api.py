"""The HTTP API of case studies: sourced facts."""

import datetime as dt

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.rooms.cases.models import Fact
from primacy.rooms.cases.queries import facts
from primacy.rooms.places.api.frame import (
    READ,
    Line,
    Listing,
    OptionalDay,
    Paging,
    listed,
    open_call,
)

router = Router(tags=["Case studies"])


class FactLine(BaseModel):
    """One statement of one source. Facts that contradict each other share `conflict_group`."""

    id: str
    date: str
    date_from: dt.date
    date_to: dt.date
    theme: str
    place: str
    area: str | None
    statement: str
    value: float | None
    value_low: float | None
    value_high: float | None
    value_text: str
    unit: str
    qualifier: str
    grade: str
    conflict_group: str
    source: str
    note: str


class FactFilter(Paging):
    """Which facts are wanted."""

    as_of: OptionalDay = Field(None, description="only facts that began by this day")
    theme: Line = ""
    place: Line = ""
    text: Line = Field("", description="words the statement contains")


@router.get("/missions/{slug:code}/facts", response={200: Listing[FactLine], **READ})
def list_facts(request: HttpRequest, code: str, only: Query[FactFilter]) -> Listing[FactLine]:
    """The facts of a case study in order of time, each with its source."""
    call = open_call(request, code)
    rows = facts(
        call.viewer,
        call.mission,
        until=only.as_of,
        theme=only.theme,
        place=only.place,
        text=only.text,
    )
    return listed(rows, only, _fact)


def _fact(row: Fact) -> FactLine:
    return FactLine(
        id=row.reference,
        date=row.date_text,
        date_from=row.date_from,
        date_to=row.date_to,
        theme=row.theme,
        place=row.place,
        area=row.area.code if row.area else None,
        statement=row.statement,
        value=row.value,
        value_low=row.value_low,
        value_high=row.value_high,
        value_text=row.value_text,
        unit=row.unit,
        qualifier=row.qualifier,
        grade=row.grade,
        conflict_group=row.conflict_group,
        source=str(row.source),
        note=row.note,
    )
