"""Short ways to write claims in tests."""

import datetime as dt

from primacy.kernels.command import (
    Departure,
    EndOfService,
    Lineage,
    LineageKind,
    Posting,
    Range,
    Relation,
    RelationKind,
    Status,
)
from primacy.kernels.time import DateRange, parse_when


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(text: str) -> Range:
    """ "[2010-01-01/2012-01-01]": a square bracket is a known end, a round one is open."""
    first, _, last = text[1:-1].partition("/")
    return Range.between(
        day(first), day(last or first), starting=text[0] == "[", ending=text[-1] == "]"
    )


def under(
    unit: str,
    superior: str,
    when: str,
    *,
    id: str = "",
    kind: str = "command",
    status: str = "accepted",
    attached: bool = False,
) -> Relation:
    return Relation(
        id or f"{unit}<{superior}:{when}",
        unit,
        superior,
        days(when),
        RelationKind(kind),
        Status(status),
        attached,
    )


def commands(
    person: str,
    unit: str,
    when: str,
    *,
    id: str = "",
    role: str = "Commander",
    title: str = "",
    rank: str = "",
    commanding: bool | None = True,
    acting: bool = False,
    status: str = "accepted",
) -> Posting:
    return Posting(
        id or f"{person}@{unit}:{when}",
        person,
        unit,
        days(when),
        role,
        title,
        rank,
        commanding,
        acting,
        Status(status),
    )


def event(
    kind: str,
    froms: str,
    tos: str,
    on: str,
    until: str = "",
    *,
    id: str = "",
    status: str = "accepted",
) -> Lineage:
    return Lineage(
        id or f"{kind}:{froms}>{tos}:{on}",
        LineageKind(kind),
        tuple(froms.split()),
        tuple(tos.split()),
        parse_when(on),
        parse_when(until) if until else None,
        Status(status),
    )


def left(person: str, kind: str, on: str, status: str = "accepted") -> EndOfService:
    when: DateRange = parse_when(on)
    return EndOfService(f"{kind}:{person}", person, Departure(kind), when, Status(status))
