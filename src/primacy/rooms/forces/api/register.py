"""The HTTP API of the register of units: the command tree of a day, and how claims are shown."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.as_of import end_of
from primacy.platform.policy import restricted
from primacy.rooms.forces.register import tree_in_parts
from primacy.rooms.forces.time_line import ClaimReading
from primacy.rooms.forces.tree_reading import Link, TreeLine
from primacy.rooms.places.api.claims import CitationLine, ClaimDates, Times
from primacy.rooms.places.api.frame import READ, Paging, marking_name, open_call

router = Router(tags=["Forces"])


class ClaimLine(ClaimDates):
    """A claim in its newest version; `holds` is certain, possible or no on the day asked for."""

    claim: uuid.UUID
    version: int
    kind: str
    says: str
    text: str
    unit: str | None = Field(description="code of the other unit it names, where there is one")
    area: str | None
    holds: str
    status: str
    note: str
    citations: list[CitationLine]
    marking: str
    recorded_at: dt.datetime


class LinkLine(BaseModel):
    """A superior: how sure it is on the day, and why."""

    unit: str
    name: str
    certain: bool
    attached: bool
    contested: bool
    reasons: list[str]


class PlaceLine(BaseModel):
    """A unit in the tree of the day. `restricted` speaks of claims that are not open to you."""

    unit: str
    name: str
    name_certain: bool
    depth: int
    superior: LinkLine | None
    others: list[LinkLine]
    restricted: str | None


class CommandData(BaseModel):
    """The command tree of a day; each unit stands after its superior."""

    as_of: dt.date
    known_on: dt.date | None
    count: int
    limit: int
    offset: int
    items: list[PlaceLine]
    conflicts: list[str]
    cycles: list[str]
    gone: list[str] = Field(description="codes of units that no longer existed on the day")


class TreeFilter(Times, Paging):
    """Which day, and which part of the tree."""


@router.get("/missions/{slug:code}/command", response={200: CommandData, **READ})
def command_tree(request: HttpRequest, code: str, only: Query[TreeFilter]) -> CommandData:
    """The command tree of a day, certain apart from possible."""
    call = open_call(request, code)
    day = call.day(only.as_of)
    known = end_of(only.known_on) if only.known_on else None
    reading = tree_in_parts(call.viewer, call.mission, day, known)
    part = reading.shown(reading.places[only.offset : only.offset + only.limit])
    return CommandData(
        as_of=day,
        known_on=only.known_on,
        count=len(reading.places),
        limit=only.limit,
        offset=only.offset,
        items=[place_line(line) for line in part],
        conflicts=list(reading.conflicts),
        cycles=list(reading.cycles),
        gone=[unit.code for unit, _why in reading.gone],
    )


def claim_line(one: ClaimReading) -> ClaimLine:
    """A claim as the API writes it."""
    row = one.row
    return ClaimLine(
        claim=row.claim,
        version=row.version,
        kind=one.kind,
        says=one.label,
        text=one.text,
        unit=one.other.code if one.other is not None else None,
        area=one.area.code if one.area is not None else None,
        **{name: getattr(row, name) for name in ClaimDates.model_fields},
        holds=one.state,
        status=row.status,
        note=row.public_note,
        citations=[CitationLine.of(cite) for cite in one.citations],
        marking=marking_name(row.marking),
        recorded_at=row.recorded_at,
    )


def place_line(line: TreeLine) -> PlaceLine:
    """A unit in the tree as the API writes it."""
    return PlaceLine(
        unit=line.unit.code,
        name=line.name.text,
        name_certain=line.name.certain,
        depth=line.depth,
        superior=_link(line.link) if line.link is not None else None,
        others=[_link(other) for other in line.others],
        restricted=restricted().text if line.restricted else None,
    )


def _link(link: Link) -> LinkLine:
    return LinkLine(
        unit=link.unit.code,
        name=link.name.text,
        certain=link.certain,
        attached=link.attached,
        contested=link.contested,
        reasons=list(link.reasons),
    )
