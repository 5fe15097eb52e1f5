"""Pairs of records that may be one person, looked for over all that are open to a viewer.

Two ways: each record held against all others by name first (`likely_pairs`), or the whole register
linked at once by Splink, which weighs all columns and grows to many machines (`linked_pairs`).
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from primacy.engines.linkage import Backend, LinkageSettings, birth_text, deduplicate
from primacy.engines.linkage import Verdict as Linked
from primacy.kernels.names.persons import Person as Described
from primacy.kernels.names.persons import PersonMatcher, PersonName, Verdict
from primacy.platform.policy import Viewer, require
from primacy.rooms.persons.comparing import described
from primacy.rooms.persons.review import standing_merges
from primacy.rooms.persons.rights import JUDGE
from primacy.rooms.places.facade import Mission

NEIGHBOURS = 10
"""Of one record so many others are put on the queue at most."""


@dataclass(frozen=True)
class Likely:
    """Two records worth a look, the one with the smaller id first."""

    first: uuid.UUID
    second: uuid.UUID
    score: float
    verdict: Verdict


def likely_pairs(
    viewer: Viewer, mission: Mission, progress: Callable[[int, int], None] | None = None
) -> list[Likely]:
    """The pairs, most alike first. Two records that are read as one already are none.

    A candidate by name alone is a pair as well: it is asked, never merged.
    """
    require(viewer, JUDGE, mission.pk)
    people = described(viewer, mission.pk)
    matcher, one = PersonMatcher(people), standing_merges(mission.pk)
    found: dict[tuple[uuid.UUID, uuid.UUID], Likely] = {}
    for at, person in enumerate(people):
        if progress is not None and at % 500 == 0:
            progress(at, len(people))
        for candidate in matcher.match(person, NEIGHBOURS + 1).candidates:
            left, right = sorted((uuid.UUID(person.id), uuid.UUID(candidate.person)))
            if left == right or one.one(left, right) or (left, right) in found:
                continue
            found[left, right] = Likely(left, right, candidate.score, candidate.comparison.verdict)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))


def linked_pairs(
    viewer: Viewer, mission: Mission, engine: str = "duckdb", seed: int = 1
) -> list[Likely]:
    """The pairs that the linkage engine proposes or refers, most alike first.

    A pair is only put to a person, whatever its probability. Needs the extra `linkage`, with Spark
    `cluster`; `LinkageError` says what is missing.
    """
    require(viewer, JUDGE, mission.pk)
    people = described(viewer, mission.pk)
    one = standing_merges(mission.pk)
    result = deduplicate(
        [_as_row(person) for person in people],
        LinkageSettings(),
        seed=seed,
        backend=Backend(engine),
    )
    found = []
    for pair in result.pairs:
        left, right = sorted((uuid.UUID(pair.left), uuid.UUID(pair.right)))
        if not one.one(left, right):
            sure = Verdict.SAME if pair.verdict is Linked.ACCEPT else Verdict.REFER
            found.append(Likely(left, right, pair.probability, sure))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _as_row(person: Described) -> dict[str, object]:
    """A person as the engine reads one; a birth only as far as it is known."""
    name = person.names[0]
    return {
        "id": person.id,
        "name": name.text if isinstance(name, PersonName) else name,
        "birth_date": _birth(person),
        "sex": person.sex,
        "place": person.places[0] if person.places else None,
        "numbers": [f"{kind}: {number}" for kind, number in person.ids],
        "unit": person.postings[-1][0] if person.postings else None,
    }


def _birth(person: Described) -> str | None:
    """The one birth on record: a day, a month or a year. None where sources differ or say less."""
    if len(set(person.births)) != 1:
        return None
    return birth_text(person.births[0].earliest, person.births[0].latest)
