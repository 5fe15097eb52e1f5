"""Who commanded a unit on a day, and the chain above it, from the claims open to a viewer."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from primacy.kernels.command import (
    Commander,
    Commanders,
    Departure,
    EndOfService,
    Holding,
    Lineage,
    Posting,
    Register,
    Seniority,
    Status,
)
from primacy.kernels.command.chain import Chain, Level, chain_in
from primacy.kernels.command.reasons import Reason
from primacy.kernels.time import DateRange
from primacy.platform.audit.kept_values import KeptValues
from primacy.platform.claims.queries import hidden_claims
from primacy.platform.claims.rules import range_of
from primacy.platform.database.viewer_scope import computing
from primacy.platform.language.dates import long_day
from primacy.platform.language.sentences import said
from primacy.platform.policy import (
    Viewer,
    held_aside,
    is_protected,
    note_read,
    require,
    restricted,
)
from primacy.rooms.forces.facade import (
    Unit,
    around,
    command_claims,
    lineage_claims,
    unit_by_code,
    units,
)
from primacy.rooms.persons.merged import Merged, merged
from primacy.rooms.persons.models import LeavingClaim, Person, PostingClaim
from primacy.rooms.persons.queries import ABOUT, by_id, claims_of, terms
from primacy.rooms.persons.review import open_merges
from primacy.rooms.persons.rights import VIEW
from primacy.rooms.persons.vocabulary import Vocabulary, commanding_of, vocabulary
from primacy.rooms.places.facade import Mission

RowT = TypeVar("RowT")
KEPT = 12
WITHOUT_BEARING = (
    "audit.", "cases.", "census.", "emergency.", "forces.strength.", "imports.", "incidents.",
    "jobs.", "persons.pairs.", "places.", "readiness.", "screening.", "site.backup",
    "sources.source.create", "support.", "training.",
)  # fmt: skip
"""Acts that change no command. An act not named here counts as one that may."""


@dataclass(frozen=True)
class Posts:
    """The postings of a mission as a reading class sees them, ready to be asked."""

    register: Register
    protected: Mapping[str, uuid.UUID]
    """Protected posting claims by claim id: the row whose reading is noted where it is shown."""


_kept: KeptValues[Posts] = KeptValues(KEPT, WITHOUT_BEARING)


def forget_posts() -> None:
    """Nothing; all postings are read anew the next time."""
    _kept.forget()


@dataclass(frozen=True)
class CommanderReading:
    """One who commanded or may have commanded, in words."""

    person: Person | None
    name: str
    rank: str
    role: str
    title: str
    certain: bool
    acting: bool
    contested: bool
    ultimate: bool
    known: str
    reasons: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class CommandReading:
    """Who commanded a unit on a day: the certain, the possible, or since when nobody is known."""

    day: dt.date
    commanders: tuple[CommanderReading, ...]
    vacant_since: dt.date | None
    vacancy: str
    last_commander: str
    left_out: tuple[str, ...]
    restricted: bool
    """A posting that is closed to the reader may hold on the day."""

    @property
    def contested(self) -> bool:
        """Whether several persons are certain for the day."""
        return any(one.contested for one in self.commanders)


@dataclass(frozen=True)
class DrawnCommand:
    """Who commanded units on a day, as a chart draws it: ids, and the words it may say of them."""

    found: Mapping[str, Commanders]
    restricted: frozenset[str]
    """Units of which a posting that is closed to the reader may hold on the day."""
    person: Callable[[str], str]


@dataclass(frozen=True)
class LevelReading:
    """One step of the chain of command; 0 is the unit asked about."""

    number: int
    unit: Unit | None
    name: str
    certain: bool
    attached: bool
    command: CommandReading
    own_superiors: tuple[str, ...]
    reasons: tuple[str, ...]


def own_vocabulary(viewer: Viewer, mission: Mission) -> Vocabulary:
    """Ranks and roles of the mission's country, its own entries first."""
    with held_aside():
        rows = list(terms(viewer, mission).values_list("kind", "key", "commands", "level"))
    return vocabulary(
        mission.country_code,
        {key: commands for kind, key, commands, _level in rows if kind == "role"},
        {key: level for kind, key, _commands, level in rows if kind == "rank"},
    )


def posts(viewer: Viewer, mission: Mission, known_at: dt.datetime | None = None) -> Posts:
    """All postings open to the viewer. Nothing of it is noted: who shows it does."""
    key = (mission.pk, viewer.reading_class(mission.pk), known_at)
    return _kept.value(key, mission.pk, lambda: _read_all(viewer, mission, known_at))


def posts_of(
    viewer: Viewer,
    mission: Mission,
    asked: Collection[uuid.UUID],
    known_at: dt.datetime | None = None,
) -> Posts:
    """The postings that decide who commanded some units: to these, and all of who held them.

    Of these units it says what all postings say: nobody else can close a posting of theirs.
    """
    lineage = lineage_claims(viewer, mission.pk, known_at)
    descent = Register(lineage=lineage)
    ids = {uuid.UUID(one) for unit in asked for one in descent.same_body(str(unit))}
    one = merged((row.kept_id, row.joined_id) for row in _aside(open_merges(viewer, mission.pk)))
    rows = claims_of(viewer, PostingClaim, mission.pk, known_at=known_at)
    held = _aside(rows.filter(unit_id__in=ids).values_list("person_id", flat=True))
    people = {member for person in set(held) for member in one.group(person)}
    return _read(viewer, mission, known_at, one, lineage, people)


def commander(
    viewer: Viewer, unit: Unit, day: dt.date, known_at: dt.datetime | None = None
) -> CommandReading:
    """Who commanded a unit that the viewer was given, on a day, as known at a moment."""
    mission = unit.mission
    require(viewer, VIEW, mission.pk)
    kept = posts_of(viewer, mission, [unit.pk], known_at)
    found = kept.register.commander_at(str(unit.pk), day)
    words = _Words(viewer, mission, kept, known_at, {str(unit.pk): unit})
    return words.readings({str(unit.pk): found}, day)[str(unit.pk)]


def commanders(
    viewer: Viewer,
    mission: Mission,
    asked: Iterable[Unit],
    day: dt.date,
    known_at: dt.datetime | None = None,
) -> dict[uuid.UUID, CommandReading]:
    """Who commanded each of these units on a day; only those are noted as read."""
    require(viewer, VIEW, mission.pk)
    kept = posts(viewer, mission, known_at)
    known = {str(unit.pk): unit for unit in asked}
    found = {unit: kept.register.commander_at(unit, day) for unit in known}
    words = _Words(viewer, mission, kept, known_at, known)
    return {uuid.UUID(unit): reading for unit, reading in words.readings(found, day).items()}


def drawn_command(
    viewer: Viewer,
    mission: Mission,
    asked: Iterable[Unit],
    day: dt.date,
    known_at: dt.datetime | None = None,
) -> DrawnCommand:
    """Who commanded each of these units on a day, for a chart; only those are noted as read."""
    require(viewer, VIEW, mission.pk)
    kept = posts(viewer, mission, known_at)
    known = {str(unit.pk): unit for unit in asked}
    found = {unit: kept.register.commander_at(unit, day) for unit in known}
    words = _Words(viewer, mission, kept, known_at, known)
    readings = words.readings(found, day)
    closed = frozenset(unit for unit, reading in readings.items() if reading.restricted)
    return DrawnCommand(found, closed, words.person)


def chain(
    viewer: Viewer,
    unit: Unit,
    day: dt.date,
    levels: int = 12,
    known_at: dt.datetime | None = None,
) -> tuple[LevelReading, ...]:
    """The units and commanders above a unit on a day, level by level; the unit itself first."""
    mission = unit.mission
    require(viewer, VIEW, mission.pk)
    tree = around(viewer, unit, day, known_at)
    own = tree.tree.current(str(unit.pk))
    passed = [uuid.UUID(one) for one in (own, *(e.superior for e in tree.tree.above(own)))]
    kept = posts_of(viewer, mission, [unit.pk, *passed], known_at)
    above: Chain = chain_in(
        tree.tree,
        str(unit.pk),
        levels,
        lambda one: kept.register.commander_at(one, day),
    )
    words = _Words(viewer, mission, kept, known_at, tree.units)
    found = words.readings({level.unit: level.commanders for level in above.levels}, day)
    return tuple(words.level(level, found[level.unit]) for level in above.levels)


def chain_of(
    viewer: Viewer, mission: Mission, code: str, day: dt.date, levels: int = 12
) -> tuple[LevelReading, ...]:
    """The chain above the unit of this code."""
    return chain(viewer, unit_by_code(viewer, mission, code), day, levels)


def _read_all(viewer: Viewer, mission: Mission, known_at: dt.datetime | None) -> Posts:
    one = merged((row.kept_id, row.joined_id) for row in _aside(open_merges(viewer, mission.pk)))
    claims = command_claims(viewer, mission.pk, known_at)
    return _read(viewer, mission, known_at, one, claims.lineage, None)


def _read(
    viewer: Viewer,
    mission: Mission,
    known_at: dt.datetime | None,
    one: Merged,
    lineage: Iterable[Lineage],
    people: Collection[uuid.UUID] | None,
) -> Posts:
    """The postings of all persons, or of some."""
    words = own_vocabulary(viewer, mission)
    held = claims_of(viewer, PostingClaim, mission.pk, known_at=known_at)
    gone = claims_of(viewer, LeavingClaim, mission.pk, known_at=known_at)
    if people is not None:
        held, gone = held.filter(person_id__in=people), gone.filter(person_id__in=people)
    rows = _aside(held.filter(person__withdrawn=False).select_related("unit").order_by("claim"))
    left = _aside(gone.order_by("claim"))
    postings, protected, ranks = [], {}, {}
    for row in rows:
        postings.append(_posting(row, words, str(one.kept(row.person_id))))
        level = words.level(row.rank)
        if level is not None:
            ranks[row.rank] = level
        if is_protected(row.marking, row.compartment_id):
            protected[str(row.claim)] = row.pk
    ends = [
        EndOfService(
            str(row.claim), str(one.kept(row.person_id)), Departure(row.kind),
            DateRange(row.earliest, row.latest), Status(row.status),
        )
        for row in left
    ]  # fmt: skip
    register = Register((), postings, lineage, ends=ends, seniority=Seniority(ranks))
    return Posts(register, protected)


def _aside(rows: Iterable[RowT]) -> list[RowT]:
    """The rows, looked through and not shown."""
    with held_aside():
        return list(rows)


def _posting(row: PostingClaim, words: Vocabulary, person: str) -> Posting:
    """A posting as the kernel reads it; the source says first whether it commands."""
    read = commanding_of(words, row.role, row.title, row.unit.name)
    commanding = row.commanding if row.commanding is not None else read.commanding
    return Posting(
        str(row.claim), person, str(row.unit_id), range_of(row), row.role, row.title, row.rank,
        commanding, row.acting or read.acting, Status(row.status),
    )  # fmt: skip


class _Words:
    """Turns what the kernel found into words, and notes the protected records these show."""

    def __init__(
        self,
        viewer: Viewer,
        mission: Mission,
        kept: Posts,
        known_at: dt.datetime | None,
        known: Mapping[str, Unit],
    ) -> None:
        self.viewer, self.mission, self.kept = viewer, mission, kept
        self.known_at = known_at
        self.units: dict[str, Unit | None] = dict(known)
        self.people: dict[uuid.UUID, Person] = {}

    def readings(self, found: Mapping[str, Commanders], day: dt.date) -> dict[str, CommandReading]:
        """The commanders of units in words, those shown noted as read."""
        ids = {uuid.UUID(one) for c in found.values() for one in _named(c)}
        self.people |= by_id(self.viewer, self.mission, ids - set(self.people))
        closed = self._closed(set(found), day)
        shown = {claim for c in found.values() for one in c.all for claim in one.postings}
        rows = {self.kept.protected[claim] for claim in shown if claim in self.kept.protected}
        note_read(
            self.viewer,
            PostingClaim._meta.label_lower,
            {str(row): self.mission.pk for row in rows},
        )
        return {
            unit: self._reading(commanders, day, unit in closed)
            for unit, commanders in found.items()
        }

    def level(self, level: Level, command: CommandReading) -> LevelReading:
        """One step of the chain in words."""
        unit = self.units.get(level.unit)
        return LevelReading(
            number=level.number,
            unit=unit,
            name=unit.name if unit is not None else str(restricted()),
            certain=level.certain,
            attached=level.edge is not None and level.edge.attached,
            command=command,
            own_superiors=tuple(self._say(two.reason) for two in level.own_superiors),
            reasons=tuple(self._say(reason) for reason in level.reasons),
        )

    def _reading(self, found: Commanders, day: dt.date, closed: bool) -> CommandReading:
        vacancy = found.vacancy
        return CommandReading(
            day=day,
            commanders=tuple(self._one(one) for one in found.all),
            vacant_since=vacancy.since if vacancy is not None else None,
            vacancy="; ".join(self._say(reason) for reason in vacancy.reasons)
            if vacancy is not None
            else "",
            last_commander=self.person(vacancy.last_person)
            if vacancy is not None and vacancy.last_person
            else "",
            left_out=tuple(self._say(one.reason) for one in found.left_out),
            restricted=closed,
        )

    def _one(self, one: Commander) -> CommanderReading:
        person = self.people.get(uuid.UUID(one.person))
        return CommanderReading(
            person=person,
            name=self.person(one.person),
            rank=one.rank,
            role=one.role,
            title=one.title,
            certain=one.certain,
            acting=one.acting,
            contested=one.contested,
            ultimate=one.ultimate,
            known="; ".join(_span(span.first, span.last) for span in one.known),
            reasons=tuple(self._say(reason) for reason in one.reasons),
            claims=one.postings,
        )

    def _closed(self, units: set[str], day: dt.date) -> set[str]:
        """Units of whose posts a closed claim speaks that may hold that day."""
        with computing(self.mission.pk):
            rows = hidden_claims(
                self.viewer, PostingClaim, VIEW, self.mission.pk,
                known_at=self.known_at, via=ABOUT[PostingClaim],
            )  # fmt: skip
            found = list(rows.filter(unit__in=[uuid.UUID(unit) for unit in units]))
        return {str(row.unit_id) for row in found if range_of(row).holds(day) is not Holding.NO}

    def _unit(self, key: str) -> str:
        """The name of a unit by its id; the common stand-in where it is not open."""
        if key not in self.units:
            self.units[key] = units(self.viewer, self.mission).filter(pk=key).first()
        unit = self.units[key]
        return unit.name if unit is not None else str(restricted())

    def person(self, key: str) -> str:
        """The name of a person by their id; the common stand-in where they are not open."""
        person = self.people.get(uuid.UUID(key))
        return person.name if person is not None else str(restricted())

    def _say(self, reason: Reason) -> str:
        return said(reason.words(self._unit, self.person))


def _named(found: Commanders) -> Iterator[str]:
    """The ids of all persons that the words about a unit's commanders name."""
    reasons = [one.reason for one in found.left_out]
    for one in found.all:
        yield one.person
        reasons += one.reasons
    if found.vacancy is not None:
        reasons += found.vacancy.reasons
        if found.vacancy.last_person:
            yield found.vacancy.last_person
    yield from (reason.person for reason in reasons if reason.person)


def _span(first: dt.date | None, last: dt.date | None) -> str:
    parts = [long_day(day) for day in dict.fromkeys((first, last)) if day is not None]
    return " – ".join(parts)
