"""Holding those asked for against lists and registers: finds candidates, decides nothing."""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from primacy.kernels.names.persons import Person
from primacy.kernels.names.units import GATES, UnitMatcher, Verdict, in_words
from primacy.kernels.names.units import Asked as AskedUnit
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.models.roster import AskedKind
from primacy.rooms.screening.person_search import (
    PersonHit,
    asked_person,
    person_hit,
    person_hits,
)

MOST_CANDIDATES = 10
"""Candidates of one source shown for one line; the best, by score."""

AT_ONCE = 50
"""Lines searched before what they met is looked up together."""


@dataclass(frozen=True)
class Target:
    """What a candidate stands for: an entry of a list, or a record that may be closed."""

    reference: str
    name: str
    record_id: uuid.UUID | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Named:
    """A name of a record: since when and until when it was borne, and the claims that say so."""

    words: str
    rests_on: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Opened:
    """As much of a person as is open to who asks: the description, and the names with their days.

    `rests_on` are all claims the description was made of.
    """

    target: Target
    person: Person
    named: Mapping[str, Named] = field(default_factory=dict)
    rests_on: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class People:
    """Persons to search: those worth a comparison, and how much of a record is open.

    Without `opened` all of them are open, as those of a published list.
    """

    worth: Callable[[Person], Iterable[Person]]
    opened: Callable[[Collection[str]], Mapping[str, Opened]] | None = None


@dataclass(frozen=True)
class Source:
    """Something to search: its targets by key, and what finds them by name.

    `described` is what is kept of it with every search: which list or register, of which day, how
    large, and what of it could not be seen. `named` tells of a unit's key and name its days.
    """

    code: str
    targets: Mapping[str, Target]
    described: Mapping[str, object]
    people: People | None = None
    units: UnitMatcher | None = None
    named: Mapping[tuple[str, str], Named] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A possible match of one line. One on a closed record says only that there is one."""

    source: str
    reference: str = ""
    record_id: uuid.UUID | None = None
    name: str = ""
    score: float | None = None
    name_score: float | None = None
    speaks_for: tuple[str, ...] = field(default=())
    speaks_against: tuple[str, ...] = field(default=())
    hidden: bool = False
    rests_on: tuple[uuid.UUID, ...] = field(default=())
    """The claims it rests on: whoever may not read them all is not shown it."""


@dataclass(frozen=True)
class Found:
    """The possible matches of one line, and the sources in which more fit than are shown."""

    hits: tuple[Hit, ...]
    more: tuple[str, ...] = ()


def search(asked: Sequence[Asked], sources: Sequence[Source]) -> Iterator[Found]:
    """The possible matches of each person or unit asked for, in their order."""
    for at in range(0, len(asked), AT_ONCE):
        part = asked[at : at + AT_ONCE]
        met = [(source.code, _of_people(part, source)) for source in sources]
        for number, one in enumerate(part):
            shown: list[Hit] = []
            more = []
            for (code, of_people), source in zip(met, sources, strict=True):
                hits = (
                    of_people[number]
                    if one.kind == AskedKind.PERSON
                    else list(_of_unit(one, source))
                )
                seen = [hit for hit in hits if not hit.hidden]
                shown += [*seen[:MOST_CANDIDATES], *(hit for hit in hits if hit.hidden)]
                if len(seen) > MOST_CANDIDATES:
                    more.append(code)
            yield Found(_told(shown), tuple(dict.fromkeys(more)))


def _told(found: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that may be shown; all closed ones together are one, whatever their number."""
    shown = [hit for hit in found if not hit.hidden]
    hidden = [Hit(hit.source, hidden=True) for hit in found if hit.hidden]
    return (*shown, *hidden[:1])


def _of_people(asked: Sequence[Asked], source: Source) -> list[list[Hit]]:
    """The hits of each line that asks for a person; none for those that ask for a unit."""
    people = source.people
    if people is None:
        return [[] for _one in asked]
    found = [
        person_hits(people.worth(asked_person(one)), one) if one.kind == AskedKind.PERSON else []
        for one in asked
    ]
    if people.opened is None:
        return [[_person(source, source.targets[hit.known.id], hit) for hit in hits]
                for hits in found]  # fmt: skip
    opened = people.opened({hit.known.id for hits in found for hit in hits})
    return [
        [
            told
            for hit in hits
            if (told := _of_register(one, source, hit, opened.get(hit.known.id))) is not None
        ]
        for one, hits in zip(asked, found, strict=True)
    ]


def _of_register(one: Asked, source: Source, hit: PersonHit, opened: Opened | None) -> Hit | None:
    """A hit on the whole record, by what of it is open; else only that there is one."""
    seen: PersonHit | None = None
    if opened is not None:
        same = opened.person == hit.known
        seen = hit if same else person_hit(asked_person(one), opened.person)
    if seen is not None and opened is not None:
        return _person(source, opened.target, seen, opened.named.get(seen.name), opened.rests_on)
    # Whether a date of birth fits is not told: it could be found out by asking for each day.
    return Hit(source.code, hidden=True) if hit.telling else None


def _person(
    source: Source,
    target: Target,
    hit: PersonHit,
    named: Named | None = None,
    rests_on: tuple[uuid.UUID, ...] = (),
) -> Hit:
    for_it = (*hit.speaks_for, *((named.words,) if named is not None else ()))
    evidence = (for_it, hit.speaks_against, rests_on)
    return _hit(source, target, hit.score, hit.name_score, *evidence)


def _of_unit(asked: Asked, source: Source) -> Iterator[Hit]:
    if source.units is None:
        return
    wanted = AskedUnit(asked.name, parent=asked.parent)
    match = source.units.match(wanted, shown=MOST_CANDIDATES + 1)
    if match.verdict is Verdict.NO_MATCH:
        return
    for one in match.candidates:
        target = source.targets[one.unit]
        if target.hidden and one.gated:
            # A closed record that speaks against itself is nothing to send people asking about.
            continue
        for_it = tuple(in_words(reason) for reason in one.reasons if reason.why not in GATES)
        against = tuple(in_words(reason) for reason in one.reasons if reason.why in GATES)
        named = source.named.get((one.unit, one.name), Named(""))
        for_it = (*for_it, named.words) if named.words else for_it
        yield _hit(source, target, one.score, None, for_it, against, named.rests_on)


def _hit(
    source: Source,
    target: Target,
    score: float,
    name_score: float | None,
    for_it: tuple[str, ...],
    against: tuple[str, ...],
    rests_on: tuple[uuid.UUID, ...] = (),
) -> Hit:
    if target.hidden:
        return Hit(source.code, hidden=True)
    return Hit(
        source.code,
        target.reference,
        target.record_id,
        target.name,
        round(score, 4),
        None if name_score is None else round(name_score, 4),
        for_it,
        against,
        rests_on=rests_on,
    )
