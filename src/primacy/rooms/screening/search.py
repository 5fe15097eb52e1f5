"""Holding those asked for against lists and registers: finds candidates, decides nothing."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from primacy.kernels.names.persons import PersonMatcher
from primacy.kernels.names.units import GATES, UnitMatcher, Verdict, in_words
from primacy.kernels.names.units import Asked as AskedUnit
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.models.roster import AskedKind
from primacy.rooms.screening.person_search import person_hits

MOST_CANDIDATES = 10
"""Candidates of one source shown for one line; the best, by score."""


@dataclass(frozen=True)
class Target:
    """What a candidate stands for: an entry of a list, or a record that may be closed."""

    reference: str
    name: str
    record_id: uuid.UUID | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Source:
    """Something to search: its targets by key, and the matchers over their names.

    `described` is what is kept of it with every search: which list or register, of which day, how
    large, and what of it could not be seen.
    """

    code: str
    targets: Mapping[str, Target]
    described: Mapping[str, object]
    persons: PersonMatcher | None = None
    units: UnitMatcher | None = None


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


@dataclass(frozen=True)
class Found:
    """The possible matches of one line, and the sources in which more fit than are shown."""

    hits: tuple[Hit, ...]
    more: tuple[str, ...] = ()


def search(asked: Sequence[Asked], sources: Sequence[Source]) -> Iterator[Found]:
    """The possible matches of each person or unit asked for, in their order."""
    for one in asked:
        shown: list[Hit] = []
        more = []
        for source in sources:
            hits = list(_of_person(one, source) if one.kind == AskedKind.PERSON
                        else _of_unit(one, source))  # fmt: skip
            shown += hits[:MOST_CANDIDATES]
            if len(hits) > MOST_CANDIDATES:
                more.append(source.code)
        yield Found(_told(shown), tuple(dict.fromkeys(more)))


def _told(found: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that may be shown; all closed ones together are one, whatever their number."""
    shown = [hit for hit in found if not hit.hidden]
    hidden = [Hit(hit.source, hidden=True) for hit in found if hit.hidden]
    return (*shown, *hidden[:1])


def _of_person(asked: Asked, source: Source) -> Iterator[Hit]:
    if source.persons is None:
        return
    for hit in person_hits(source.persons, asked):
        target, evidence = source.targets[hit.person], (hit.speaks_for, hit.speaks_against)
        yield _hit(source, target, hit.score, hit.name_score, *evidence)


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
        yield _hit(source, target, one.score, None, for_it, against)


def _hit(
    source: Source,
    target: Target,
    score: float,
    name_score: float | None,
    for_it: tuple[str, ...],
    against: tuple[str, ...],
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
    )
