"""The HTTP API of forces: units and strength figures."""

import datetime as dt

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.policy import Viewer
from primacy.rooms.forces.models import Strength, StrengthKind, Unit
from primacy.rooms.forces.queries import strengths, units
from primacy.rooms.places.api.frame import (
    READ,
    Line,
    Listing,
    OptionalDay,
    Paging,
    listed,
    marking_name,
    open_call,
)
from primacy.rooms.places.facade import Mission

router = Router(tags=["Forces"])


class UnitLine(BaseModel):
    """A unit of a local force or of the mission."""

    code: str
    name: str
    aliases: list[str]
    force: str
    side: str
    on_board: bool
    parent: str | None
    note: str
    source: str
    marking: str


class StrengthLine(BaseModel):
    """A head count of one kind over a span of days. Assigned, present and paid are kept apart."""

    unit: str
    unit_name: str
    area: str | None
    kind: str
    value: float | None
    value_low: float | None
    value_high: float | None
    women: int | None
    qualifier: str
    date_from: dt.date
    date_to: dt.date
    definition: str
    note: str
    reference: str
    source: str
    marking: str


class UnitFilter(Paging):
    """Which units are wanted."""

    side: Line = Field("", description="local, mission or other")


class StrengthFilter(Paging):
    """Which figures are wanted."""

    as_of: OptionalDay = Field(None, description="only figures whose span began by this day")
    unit: Line = Field("", description="code of the unit")
    area: Line = Field("", description="code of the area")
    kind: Line = Field("", description=f"one of: {', '.join(StrengthKind.values)}")


@router.get("/missions/{slug:code}/units", response={200: Listing[UnitLine], **READ})
def list_units(request: HttpRequest, code: str, only: Query[UnitFilter]) -> Listing[UnitLine]:
    """The units of the local forces and of the mission."""
    call = open_call(request, code)
    rows = units(call.viewer, call.mission)
    if only.side:
        rows = rows.filter(side=only.side)
    codes = _codes(call.viewer, call.mission)
    return listed(rows, only, lambda row: _unit(row, codes.get(str(row.parent_id))))


@router.get("/missions/{slug:code}/strengths", response={200: Listing[StrengthLine], **READ})
def list_strengths(
    request: HttpRequest, code: str, only: Query[StrengthFilter]
) -> Listing[StrengthLine]:
    """Strength figures, newest first, each with its source."""
    call = open_call(request, code)
    rows = strengths(call.viewer, call.mission, only.as_of)
    wanted = {"unit__code": only.unit, "area__code": only.area, "kind": only.kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return listed(rows, only, _strength)


def _codes(viewer: Viewer, mission: Mission) -> dict[str, str]:
    """Codes by id of the units the viewer may see: a parent that is not open is not named."""
    return {str(pk): code for pk, code in units(viewer, mission).values_list("pk", "code")}


def _unit(row: Unit, parent: str | None) -> UnitLine:
    return UnitLine(
        code=row.code,
        name=row.name,
        aliases=row.aliases,
        force=row.force,
        side=row.side,
        on_board=row.on_board,
        parent=parent,
        note=row.note,
        source=str(row.source),
        marking=marking_name(row.marking),
    )


def _strength(row: Strength) -> StrengthLine:
    return StrengthLine(
        unit=row.unit.code,
        unit_name=row.unit.name,
        area=row.area.code if row.area else None,
        kind=row.kind,
        value=row.value,
        value_low=row.value_low,
        value_high=row.value_high,
        women=row.women,
        qualifier=row.qualifier,
        date_from=row.date_from,
        date_to=row.date_to,
        definition=row.definition,
        note=row.note,
        reference=row.reference,
        source=str(row.source),
        marking=marking_name(row.marking),
    )
