"""Claims about units as the command kernel reads them: relations, attachments, lineage."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import IntegerField, QuerySet, TextField
from django.db.models.functions import Cast

from primacy.kernels.command import Lineage, Name, Range, Relation, RelationKind, Status
from primacy.kernels.command import LineageKind as Event
from primacy.kernels.command.register import Register
from primacy.kernels.time import DateRange
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Viewer, held_aside, is_protected
from primacy.rooms.forces.claim_queries import ClaimT, Parts, claims_of_kind, events
from primacy.rooms.forces.models import (
    LineageClaim,
    LineageKind,
    NameClaim,
    NameKind,
    RelationClaim,
)

RELATION, NAME, EVENT = (
    model._meta.label_lower for model in (RelationClaim, NameClaim, LineageClaim)
)
ROW = ("claim_text", "pk_text", "marking", "compartment_id_text")
HEX = 32
KINDS = {kind.value: kind for kind in RelationKind}
STATUSES = {status.value: status for status in Status}
DAYS = ("first_precise", "last_precise", "first_imprecise", "last_imprecise")
FLAGS = ("starting", "ending", "since_beginning")
DATES = (*DAYS, *FLAGS)


@dataclass(frozen=True)
class ProtectedClaim:
    """A claim whose reading is written down where it is shown: its row, the units it is about."""

    claim: str
    label: str
    row: uuid.UUID
    units: tuple[str, ...]


@dataclass(frozen=True)
class CommandClaims:
    """What makes the command tree of a mission, as far as a viewer may read it; ids are texts."""

    relations: tuple[Relation, ...]
    lineage: tuple[Lineage, ...]
    names: tuple[Name, ...]
    protected: tuple[ProtectedClaim, ...] = ()
    """Those of them whose reading is noted; whoever shows what they say notes it."""

    def units(self, claims: Collection[str]) -> set[str]:
        """The units that some of the claims are about."""
        found = {r for one in self.relations if one.id in claims for r in (one.unit, one.superior)}
        found |= {one.unit for one in self.names if one.id in claims}
        return found | {u for e in self.lineage if e.id in claims for u in (*e.froms, *e.tos)}

    def with_newer(self, claims: Collection[str], newer: "CommandClaims") -> "CommandClaims":
        """These claims with what `newer` says of some: in their place, or that they are gone."""
        return CommandClaims(
            (*(r for r in self.relations if r.id not in claims), *newer.relations),
            (*(e for e in self.lineage if e.id not in claims), *newer.lineage),
            (*(n for n in self.names if n.id not in claims), *newer.names),
            (*(p for p in self.protected if p.claim not in claims), *newer.protected),
        )

    def register(self, units: Iterable[str] = ()) -> Register:
        """The register of units alone; the room of persons makes one with postings of its own."""
        return Register(self.relations, (), self.lineage, self.names, units=units)


def command_claims(
    viewer: Viewer,
    mission_id: uuid.UUID,
    known_at: dt.datetime | None = None,
    units: Collection[uuid.UUID] | None = None,
    claims: Collection[uuid.UUID] | None = None,
) -> CommandClaims:
    """The relations, attachments, lineage and names open to the viewer, as known at a moment.

    Of all units; or of some, and then the relations that lead upwards from them. Or some `claims`.
    """
    rows = claims_of_kind(viewer, RelationClaim, mission_id, known_at=known_at)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    if claims is not None:
        rows = rows.filter(claim__in=claims)
    names, protected = _names(viewer, mission_id, known_at, units, claims)
    # Read to work a tree out; whoever shows what of it notes that.
    with held_aside():
        found = list(_columns(rows, ("unit", "superior"), ("kind", "status")))
        happened = events(viewer, mission_id, known_at=known_at, units=units, claims=claims)
    text = cache(hyphened)
    relations = []
    for claim, row, marking, inside, unit, superior, kind, status, *dates in found:
        span, ids, claim = _range(*dates), (text(unit), text(superior)), hyphened(claim)
        relations.append(Relation(claim, *ids, span, KINDS[kind], STATUSES[status]))
        if is_protected(marking, inside):
            protected.append(ProtectedClaim(claim, RELATION, uuid.UUID(row), ids))
    for event, parts in happened:
        relations += _attachments(event, parts)
        if is_protected(event.marking, event.compartment_id):
            about = tuple(map(str, (*parts.froms, *parts.tos)))
            protected.append(ProtectedClaim(str(event.claim), EVENT, event.pk, about))
    lineage = tuple(_lineage(happened))
    return CommandClaims(tuple(relations), lineage, tuple(names), tuple(protected))


def _names(
    viewer: Viewer,
    mission_id: uuid.UUID,
    known_at: dt.datetime | None,
    units: Collection[uuid.UUID] | None,
    claims: Collection[uuid.UUID] | None,
) -> tuple[list[Name], list[ProtectedClaim]]:
    """The claims of names, and which of them are noted where they are shown."""
    named = claims_of_kind(viewer, NameClaim, mission_id, known_at=known_at)
    if units is not None:
        named = named.filter(unit_id__in=units)
    if claims is not None:
        named = named.filter(claim__in=claims)
    with held_aside():
        called = list(_columns(named, ("unit",), ("name", "kind", "status")))
    names, protected = [], []
    for claim, row, marking, inside, unit, name, kind, status, *dates in called:
        about, claim = hyphened(unit), hyphened(claim)
        alias = kind == NameKind.ALIAS
        names.append(Name(claim, about, name, _range(*dates), alias, STATUSES[status]))
        if is_protected(marking, inside):
            protected.append(ProtectedClaim(claim, NAME, uuid.UUID(row), (about,)))
    return names, protected


def register_of_names(
    viewer: Viewer,
    mission_id: uuid.UUID,
    units: Collection[uuid.UUID],
    known_at: dt.datetime | None = None,
) -> Register:
    """The names of some units and of what they were before and after; it knows no superiors."""
    lineage = lineage_claims(viewer, mission_id, known_at)
    descent = Register(lineage=lineage)
    ids = {uuid.UUID(one) for unit in units for one in descent.same_body(str(unit))}
    names, _protected = _names(viewer, mission_id, known_at, ids, None)
    return Register((), (), lineage, names)


def lineage_claims(
    viewer: Viewer, mission_id: uuid.UUID, known_at: dt.datetime | None = None
) -> tuple[Lineage, ...]:
    """What became of units, as far as it is open to the viewer; attachments stand in relations."""
    with held_aside():
        return tuple(_lineage(events(viewer, mission_id, known_at=known_at)))


def _columns(
    rows: QuerySet[ClaimT], ids: tuple[str, ...], plain: tuple[str, ...]
) -> Iterable[tuple[Any, ...]]:
    """Claim, version, marking, compartment, these ids, these columns and the dates of each claim.

    Ids come as texts, and days as the database keeps them: to make an object of each by way of the
    model's fields takes longer than all the rest.
    """
    texts: dict[str, Cast] = {
        f"{name}_text": Cast(name, TextField()) for name in ("claim", "pk", "compartment_id", *ids)
    }
    dates: tuple[str, ...] = DATES
    if connection.vendor == "sqlite":
        texts |= {f"{name}_kept": Cast(name, TextField()) for name in DAYS}
        texts |= {f"{name}_kept": Cast(name, IntegerField()) for name in FLAGS}
        dates = tuple(f"{name}_kept" for name in DATES)
    asked: QuerySet[ClaimT] = rows.order_by().annotate(**texts)
    return asked.values_list(*ROW, *(f"{name}_text" for name in ids), *plain, *dates)


def hyphened(text: str) -> str:
    """The id as `str` writes it; SQLite keeps ids without hyphens."""
    if len(text) != HEX:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _day(kept: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if isinstance(kept, str) else kept


def _range(
    first_precise: dt.date | str | None,
    last_precise: dt.date | str | None,
    first_imprecise: dt.date | str | None,
    last_imprecise: dt.date | str | None,
    starting: bool | int,
    ending: bool | int,
    since_beginning: bool | int,
) -> Range:
    return Range(
        _day(first_precise),
        _day(last_precise),
        _day(first_imprecise),
        _day(last_imprecise),
        starting=bool(starting),
        ending=bool(ending),
        since_beginning=bool(since_beginning),
    )


def _attachments(row: LineageClaim, parts: Parts) -> Iterable[Relation]:
    """An attachment lends a unit to another for the days of the claim."""
    if row.kind != LineageKind.ATTACHED:
        return
    for unit in parts.froms:
        for superior in parts.tos:
            yield Relation(
                id=str(row.claim),
                unit=str(unit),
                superior=str(superior),
                status=Status(row.status),
                range=range_of(row),
                attached=True,
            )


def _lineage(happened: Iterable[tuple[LineageClaim, Parts]]) -> Iterable[Lineage]:
    for row, parts in happened:
        span = range_of(row)
        if row.kind == LineageKind.ATTACHED or span.first is None or span.last is None:
            continue
        yield Lineage(
            id=str(row.claim),
            kind=Event(row.kind),
            froms=tuple(map(str, parts.froms)),
            tos=tuple(map(str, parts.tos)),
            on=DateRange(span.first, span.last),
            status=Status(row.status),
        )
