"""What of the register goes into a file: what the viewer may see, as it was known at a moment.

What stands in a compartment stays in it: the file would carry it to where no compartment keeps it.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import QuerySet

from primacy.platform.claims.models import Citation, Claim
from primacy.platform.claims.queries import citations_of, newest
from primacy.platform.policy import Marking, Viewer, require, visible
from primacy.rooms.exchange.imports.known import OF_UNITS
from primacy.rooms.forces.facade import Unit, claims_of_kind, units
from primacy.rooms.incidents.facade import ResponsibilityClaim
from primacy.rooms.persons.facade import (
    BirthClaim,
    LeavingClaim,
    Person,
    PersonNameClaim,
    PostingClaim,
    claims_of,
    persons,
)
from primacy.rooms.places.facade import Mission

ClaimT = TypeVar("ClaimT", bound=Claim)
READ_AT_ONCE = 500
SEE_PERSONS = "persons.view"


@dataclass
class Content:
    """Units and persons by id, the claims about them, and what these rest on."""

    mission: Mission
    known_at: dt.datetime | None
    units: dict[uuid.UUID, Unit] = field(default_factory=dict)
    persons: dict[uuid.UUID, Person] = field(default_factory=dict)
    claims: dict[type[Claim], list[Claim]] = field(default_factory=dict)
    citations: dict[uuid.UUID, list[Citation]] = field(default_factory=dict)
    """By version; places in sources that are closed to the viewer are not among them."""
    left_in_compartments: int = 0

    @property
    def marking(self) -> Marking:
        """The closest marking of anything in the content: that of the file."""
        rows: list[int] = [row.marking for row in (*self.units.values(), *self.persons.values())]
        rows += [row.marking for found in self.claims.values() for row in found]
        rows += [one.source.marking for found in self.citations.values() for one in found]
        return Marking(max(rows, default=Marking.PUBLIC))

    def of(self, model: type[ClaimT]) -> Sequence[ClaimT]:
        """The claims of one kind."""
        return self.claims.get(model, [])  # type: ignore[return-value]


def content(
    viewer: Viewer,
    mission: Mission,
    *,
    known_at: dt.datetime | None = None,
    with_persons: bool = False,
) -> Content:
    """What of the register the viewer may take out; persons only where they are asked for."""
    found = Content(mission, known_at)
    rows = units(viewer, mission)
    found.units = {row.pk: row for row in _outside(found, _recorded(rows, known_at))}
    for model in OF_UNITS:
        _add(found, viewer, claims_of_kind(viewer, model, mission.pk, known_at=known_at),
             "forces.view")  # fmt: skip
    if with_persons:
        require(viewer, SEE_PERSONS, mission.pk)
        people = _recorded(persons(viewer, mission), known_at)
        found.persons = {row.pk: row for row in _outside(found, people)}
        for kind in (PersonNameClaim, BirthClaim, PostingClaim, LeavingClaim):
            _add(found, viewer, claims_of(viewer, kind, mission.pk, known_at=known_at), SEE_PERSONS)
    if viewer.has("incidents.view", mission.pk):
        _add_parts(found, viewer, with_persons)
    return found


RowT = TypeVar("RowT", Unit, Person)


def _recorded(rows: QuerySet[RowT], known_at: dt.datetime | None) -> QuerySet[RowT]:
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _outside(found: Content, rows: Iterable[RowT]) -> list[RowT]:
    """The rows that stand in no compartment; the others are counted."""
    given = list(rows)
    kept = [row for row in given if row.compartment_id is None]
    found.left_in_compartments += len(given) - len(kept)
    return kept


def _add(found: Content, viewer: Viewer, rows: QuerySet[ClaimT], permission: str) -> None:
    """Adds claims whose subject is in the content, with their citations."""
    kept: list[Claim] = []
    for row in rows.order_by("claim"):
        if row.compartment_id is not None:
            found.left_in_compartments += 1
        elif all(_is_in(found, row, name) for name in ("unit", "superior", "person")):
            kept.append(row)
    if kept:
        found.claims.setdefault(type(kept[0]), []).extend(kept)
    for at in range(0, len(kept), READ_AT_ONCE):
        cited = citations_of(viewer, kept[at : at + READ_AT_ONCE], permission)
        for version, citations in cited.items():
            found.citations[version] = [one for one in citations if _is_open(one)]


def _is_in(found: Content, row: Claim, name: str) -> bool:
    """True where the record a claim names is in the content, or the claim names none."""
    named = getattr(row, f"{name}_id", None)
    return named is None or named in (found.persons if name == "person" else found.units)


def _is_open(citation: Citation) -> bool:
    veiled = getattr(citation.source, "is_veiled", False)
    return not veiled and citation.source.compartment_id is None


def _add_parts(found: Content, viewer: Viewer, with_persons: bool) -> None:
    rows = newest(
        viewer, ResponsibilityClaim, "incidents.view", found.mission.pk,
        known_at=found.known_at, via=("incident",),
    )  # fmt: skip
    named = visible(viewer, rows.filter(unit__isnull=False), "forces.view", via="unit")
    _add(found, viewer, named.filter(incident__compartment__isnull=True), "incidents.view")
    if with_persons:
        named = visible(viewer, rows.filter(person__isnull=False), SEE_PERSONS, via="person")
        _add(found, viewer, named.filter(incident__compartment__isnull=True), "incidents.view")
