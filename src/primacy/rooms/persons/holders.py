"""Who holds the posts at the head of units on a day: whoever commands, and their deputies.

A deputy's post is read by the rules of a command: an open posting ends when another certainly takes
the same post, with the end of service, or when the person certainly takes another one.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from primacy.kernels.command import (
    Commander,
    Departure,
    EndOfService,
    Lineage,
    Posting,
    Register,
    Status,
)
from primacy.kernels.time import DateRange
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Viewer, held_aside, is_protected, note_read, require, restricted
from primacy.rooms.forces.facade import Unit, lineage_claims
from primacy.rooms.persons.command import own_vocabulary, posts_of
from primacy.rooms.persons.merged import Merged, merged
from primacy.rooms.persons.models import LeavingClaim, Person, PostingClaim
from primacy.rooms.persons.queries import by_id, claims_of
from primacy.rooms.persons.review import open_merges
from primacy.rooms.persons.rights import VIEW
from primacy.rooms.persons.vocabulary import Vocabulary, commanding_of, key_of
from primacy.rooms.places.facade import Mission


@dataclass(frozen=True)
class Holder:
    """One who holds, or may hold, a post on a day; ids only, with the claims that say so."""

    person: uuid.UUID
    certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True)
class PostHolders:
    """Who commands a unit on a day, and who is deputy there."""

    commanders: tuple[Holder, ...]
    deputies: tuple[Holder, ...]


@dataclass(frozen=True)
class DeputyReading:
    """One who is, or may be, deputy of a unit on a day, in words."""

    person: Person | None
    name: str
    rank: str
    role: str
    title: str
    certain: bool
    acting: bool
    claims: tuple[str, ...]


@dataclass(frozen=True)
class _Deputies:
    """The deputies' posts of some units; each post is a seat of its own, named by its words."""

    register: Register
    seats: Mapping[str, frozenset[str]]
    """Of each body the seats of its deputies."""
    descent: Register
    protected: Mapping[str, uuid.UUID]

    def of(self, unit: str, day: dt.date) -> list[Commander]:
        """Who is or may be deputy of a unit, surest first, each once."""
        descent = self.descent.descent
        if descent.ended(unit, day) is not None:
            return []
        found: dict[str, Commander] = {}
        for seat in sorted(self.seats.get(descent.body(unit), ())):
            for one in self.register.commander_at(seat, day).all:
                known = found.get(one.person)
                if known is None or (one.certain and not known.certain):
                    found[one.person] = one
        return sorted(found.values(), key=lambda one: (not one.certain, one.person))


def holders(
    viewer: Viewer,
    mission: Mission,
    asked: Iterable[Unit],
    day: dt.date,
    known_at: dt.datetime | None = None,
) -> dict[uuid.UUID, PostHolders]:
    """Who commands and who is deputy of units on a day; ids only: whoever shows one notes it."""
    require(viewer, VIEW, mission.pk)
    ids = [unit.pk for unit in asked]
    kept = posts_of(viewer, mission, ids, known_at)
    second = _deputies(viewer, mission, ids, known_at)
    return {
        unit: PostHolders(
            tuple(_holder(one) for one in kept.register.commander_at(str(unit), day).all),
            tuple(_holder(one) for one in second.of(str(unit), day)),
        )
        for unit in ids
    }


def deputies(
    viewer: Viewer,
    mission: Mission,
    asked: Iterable[Unit],
    day: dt.date,
    known_at: dt.datetime | None = None,
) -> dict[uuid.UUID, tuple[DeputyReading, ...]]:
    """Who was deputy of each of these units on a day; only those shown are noted as read."""
    require(viewer, VIEW, mission.pk)
    ids = [unit.pk for unit in asked]
    second = _deputies(viewer, mission, ids, known_at)
    found = {unit: second.of(str(unit), day) for unit in ids}
    shown = [one for some in found.values() for one in some]
    people = by_id(viewer, mission, {uuid.UUID(one.person) for one in shown})
    rows = {second.protected[c] for one in shown for c in one.postings if c in second.protected}
    label = PostingClaim._meta.label_lower
    note_read(viewer, label, {str(row): mission.pk for row in rows})
    return {
        unit: tuple(_reading(one, people.get(uuid.UUID(one.person))) for one in some)
        for unit, some in found.items()
    }


def _holder(one: Commander) -> Holder:
    return Holder(uuid.UUID(one.person), one.certain, one.postings)


def _reading(one: Commander, person: Person | None) -> DeputyReading:
    return DeputyReading(
        person=person,
        name=person.name if person is not None else str(restricted()),
        rank=one.rank,
        role=one.role,
        title=one.title,
        certain=one.certain,
        acting=one.acting,
        claims=one.postings,
    )


def _deputies(
    viewer: Viewer,
    mission: Mission,
    units: Collection[uuid.UUID],
    known_at: dt.datetime | None,
) -> _Deputies:
    """The deputies' posts of some units, from all postings of whoever ever held one there."""
    lineage = lineage_claims(viewer, mission.pk, known_at)
    descent = Register(lineage=lineage)
    ids = {uuid.UUID(one) for unit in units for one in descent.same_body(str(unit))}
    words = own_vocabulary(viewer, mission)
    with held_aside():
        one = merged((row.kept_id, row.joined_id) for row in open_merges(viewer, mission.pk))
        rows = claims_of(viewer, PostingClaim, mission.pk, known_at=known_at)
        rows = rows.filter(person__withdrawn=False).order_by("claim")
        there = rows.filter(unit_id__in=ids).values_list("person_id", "role", "title")
        people = {
            member
            for person, role, title in there
            if words.deputy(role) or words.deputy(title)
            for member in one.group(person)
        }
        held = list(rows.filter(person_id__in=people).select_related("unit"))
        gone = claims_of(viewer, LeavingClaim, mission.pk, known_at=known_at)
        left = list(gone.filter(person_id__in=people).order_by("claim"))
    return _register(held, left, lineage, one, words)


def _register(
    held: list[PostingClaim],
    left: list[LeavingClaim],
    lineage: Iterable[Lineage],
    one: Merged,
    words: Vocabulary,
) -> _Deputies:
    descent = Register(lineage=lineage)
    postings, protected, seats = [], {}, dict[str, set[str]]()
    for row in held:
        body = descent.descent.body(str(row.unit_id))
        read = commanding_of(words, row.role, row.title, row.unit.name)
        deputy = read.deputy and row.commanding is not True
        commands = row.commanding is True or (row.commanding is None and read.commanding is True)
        if not deputy and not commands:
            continue
        # A command taken ends a deputy's post as well: it is a seat beside those of deputies.
        seat = f"{body}|{key_of(row.role or row.title) if deputy else ''}"
        if deputy:
            seats.setdefault(body, set()).add(seat)
        if is_protected(row.marking, row.compartment_id):
            protected[str(row.claim)] = row.pk
        postings.append(
            Posting(
                str(row.claim), str(one.kept(row.person_id)), seat, range_of(row), row.role,
                row.title, row.rank, True, row.acting or read.acting, Status(row.status),
            )
        )  # fmt: skip
    ends = [
        EndOfService(
            str(row.claim), str(one.kept(row.person_id)), Departure(row.kind),
            DateRange(row.earliest, row.latest), Status(row.status),
        )
        for row in left
    ]  # fmt: skip
    found = {body: frozenset(some) for body, some in seats.items()}
    return _Deputies(Register((), postings, ends=ends), found, descent, protected)
