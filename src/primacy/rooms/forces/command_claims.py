"""Claims about units as the command kernel reads them: relations, attachments, lineage."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from primacy.kernels.command import Lineage, Name, Range, Relation, RelationKind, Status
from primacy.kernels.command import LineageKind as Event
from primacy.kernels.command.register import Register
from primacy.kernels.time import DateRange
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Viewer, held_aside, is_protected
from primacy.rooms.forces.claim_queries import Parts, claims_of_kind, events
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
ROW = ("claim", "pk", "marking", "compartment_id")
DATES = (
    "first_precise",
    "last_precise",
    "first_imprecise",
    "last_imprecise",
    "starting",
    "ending",
    "since_beginning",
)


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

    def register(self, units: Iterable[str] = ()) -> Register:
        """The register of units alone; the room of persons makes one with postings of its own."""
        return Register(self.relations, (), self.lineage, self.names, units=units)


def command_claims(
    viewer: Viewer, mission_id: uuid.UUID, known_at: dt.datetime | None = None
) -> CommandClaims:
    """The relations, attachments, lineage and names open to the viewer, as known at a moment."""
    rows = claims_of_kind(viewer, RelationClaim, mission_id, known_at=known_at).order_by("claim")
    named = claims_of_kind(viewer, NameClaim, mission_id, known_at=known_at).order_by("claim")
    # Read to work a tree out; whoever shows what of it notes that.
    with held_aside():
        found = list(rows.values_list(*ROW, "unit_id", "superior_id", "kind", "status", *DATES))
        called = list(named.values_list(*ROW, "unit_id", "name", "kind", "status", *DATES))
        happened = events(viewer, mission_id, known_at=known_at)
    relations, names, protected = [], [], []
    for claim, row, marking, inside, unit, superior, kind, status, *dates in found:
        span, ids = _range(*dates), (str(unit), str(superior))
        relations.append(Relation(str(claim), *ids, span, RelationKind(kind), Status(status)))
        if is_protected(marking, inside):
            protected.append(ProtectedClaim(str(claim), RELATION, row, ids))
    for claim, row, marking, inside, unit, text, kind, status, *dates in called:
        alias, span = kind == NameKind.ALIAS, _range(*dates)
        names.append(Name(str(claim), str(unit), text, span, alias, Status(status)))
        if is_protected(marking, inside):
            protected.append(ProtectedClaim(str(claim), NAME, row, (str(unit),)))
    for event, parts in happened:
        relations += _attachments(event, parts)
        if is_protected(event.marking, event.compartment_id):
            about = tuple(map(str, (*parts.froms, *parts.tos)))
            protected.append(ProtectedClaim(str(event.claim), EVENT, event.pk, about))
    lineage = tuple(_lineage(happened))
    return CommandClaims(tuple(relations), lineage, tuple(names), tuple(protected))


def _range(
    first_precise: dt.date | None,
    last_precise: dt.date | None,
    first_imprecise: dt.date | None,
    last_imprecise: dt.date | None,
    starting: bool,
    ending: bool,
    since_beginning: bool,
) -> Range:
    return Range(
        first_precise,
        last_precise,
        first_imprecise,
        last_imprecise,
        starting=starting,
        ending=ending,
        since_beginning=since_beginning,
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
