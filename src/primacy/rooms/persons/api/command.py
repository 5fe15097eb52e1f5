"""The HTTP API of command: who commanded a unit on a day, and the chain above it."""

import datetime as dt

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.as_of import end_of
from primacy.platform.policy import require, restricted
from primacy.rooms.forces.facade import unit_by_code, units
from primacy.rooms.persons.command import (
    CommanderReading,
    CommandReading,
    LevelReading,
    chain,
    commander,
    commanders,
)
from primacy.rooms.persons.rights import VIEW
from primacy.rooms.places.api.claims import Times
from primacy.rooms.places.api.frame import READ, Listing, Paging, open_call

router = Router(tags=["Persons"])
HIGHEST_CHAIN = 12


class CommanderLine(BaseModel):
    """One who commanded, or may have; `reasons` say why, and `claims` on what it rests."""

    person: str | None = Field(description="code of the person; none where they are not open")
    name: str
    rank: str
    role: str
    title: str
    certain: bool
    acting: bool
    contested: bool = Field(description="another person is certain for the same day")
    ultimate: bool
    known: str
    reasons: list[str]
    claims: list[str]

    @classmethod
    def of(cls, one: CommanderReading) -> "CommanderLine":
        """A commander in words."""
        same = ("name", "rank", "role", "title", "certain", "acting", "contested", "ultimate",
                "known")  # fmt: skip
        return cls(
            person=one.person.code if one.person is not None else None,
            reasons=list(one.reasons),
            claims=list(one.claims),
            **{name: getattr(one, name) for name in same},
        )


class CommandLine(BaseModel):
    """Who commanded a unit on a day; without anybody, since when and who was the last."""

    unit: str
    name: str
    as_of: dt.date
    commanders: list[CommanderLine]
    contested: bool
    vacant_since: dt.date | None
    vacancy: str
    last_commander: str
    left_out: list[str] = Field(description="postings that do not count, and why")
    restricted: str | None = Field(description="says that a closed posting may hold that day")

    @classmethod
    def of(cls, unit: str, name: str, read: CommandReading) -> "CommandLine":
        """The command of a unit in words."""
        return cls(
            unit=unit,
            name=name,
            as_of=read.day,
            commanders=[CommanderLine.of(one) for one in read.commanders],
            contested=read.contested,
            vacant_since=read.vacant_since,
            vacancy=read.vacancy,
            last_commander=read.last_commander,
            left_out=list(read.left_out),
            restricted=restricted().text if read.restricted else None,
        )


class LevelLine(BaseModel):
    """One step of the chain; level 0 is the unit asked about."""

    level: int
    certain: bool
    attached: bool
    command: CommandLine
    own_superiors: list[str] = Field(description="who is their own superior, by two posts")
    reasons: list[str]

    @classmethod
    def of(cls, one: LevelReading) -> "LevelLine":
        """A step in words."""
        code = one.unit.code if one.unit is not None else ""
        return cls(
            level=one.number,
            certain=one.certain,
            attached=one.attached,
            command=CommandLine.of(code, one.name, one.command),
            own_superiors=list(one.own_superiors),
            reasons=list(one.reasons),
        )


class ChainFilter(Times):
    """Which day, and how far up."""

    levels: int = Field(HIGHEST_CHAIN, ge=1, le=HIGHEST_CHAIN)


class CommandersFilter(Times, Paging):
    """Which day, and which part of the units."""


@router.get("/missions/{slug:code}/units/{unit}/commander", response={200: CommandLine, **READ})
def get_commander(request: HttpRequest, code: str, unit: str, only: Query[Times]) -> CommandLine:
    """Who commanded a unit on a day, certain apart from possible, with reasons."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    found = unit_by_code(call.viewer, call.mission, unit)
    known = end_of(only.known_on) if only.known_on else None
    read = commander(call.viewer, found, call.day(only.as_of), known)
    return CommandLine.of(found.code, found.name, read)


@router.get("/missions/{slug:code}/units/{unit}/chain", response={200: list[LevelLine], **READ})
def get_chain(
    request: HttpRequest, code: str, unit: str, only: Query[ChainFilter]
) -> list[LevelLine]:
    """The chain of command above a unit on a day, level by level, the unit itself first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    found = unit_by_code(call.viewer, call.mission, unit)
    known = end_of(only.known_on) if only.known_on else None
    read = chain(call.viewer, found, call.day(only.as_of), only.levels, known)
    return [LevelLine.of(one) for one in read]


@router.get("/missions/{slug:code}/commanders", response={200: Listing[CommandLine], **READ})
def list_commanders(
    request: HttpRequest, code: str, only: Query[CommandersFilter]
) -> Listing[CommandLine]:
    """Who commanded the units of a mission on a day, in the order of their codes."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    rows = units(call.viewer, call.mission).order_by("code")
    part = list(rows[only.offset : only.offset + only.limit])
    known = end_of(only.known_on) if only.known_on else None
    read = commanders(call.viewer, call.mission, part, call.day(only.as_of), known)
    return Listing(
        count=rows.count(),
        limit=only.limit,
        offset=only.offset,
        items=[CommandLine.of(unit.code, unit.name, read[unit.pk]) for unit in part],
    )
