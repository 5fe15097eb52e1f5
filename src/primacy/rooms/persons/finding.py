"""Pairs of records that may be one person, looked for over all that are open to a viewer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from primacy.kernels.names.persons import PersonMatcher, Verdict
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
