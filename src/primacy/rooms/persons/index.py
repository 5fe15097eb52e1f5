"""The index of persons for search and for finding pairs, kept in memory up to the newest act.

Building it over 200,000 persons takes the better part of a minute. An act on a single person only
adds that person to a small index beside it, so a search after an act stays quick. What is kept for
one reading class is never used for another.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from primacy.kernels.names.persons import (
    Candidate,
    Comparison,
    PersonMatch,
    PersonMatcher,
    Reason,
    Verdict,
    Why,
)
from primacy.kernels.names.persons import Person as Described
from primacy.platform.audit.acts_since import Act
from primacy.platform.audit.kept_values import KeptValues
from primacy.platform.policy import Viewer
from primacy.rooms.persons.comparing import described
from primacy.rooms.persons.merged import Merged
from primacy.rooms.persons.models import Person
from primacy.rooms.places.facade import Mission

KEPT = 4
BESIDE = 2_000
"""So many changed persons stand beside the index before it is built anew."""

WITHOUT_BEARING = (
    "accounts.session", "audit.", "cases.", "census.", "emergency.", "forces.claim.",
    "forces.lineage.", "forces.strength.", "forces.unit.", "imports.", "incidents.", "jobs.",
    "persons.merge.", "persons.pair", "persons.pairs.", "persons.term.",
    "places.", "readiness.", "screening.", "site.backup", "sources.source.create", "support.",
    "training.",
)  # fmt: skip
"""Acts that change nothing persons are found by. An act not named here counts as one that may."""

SINGLE = ("persons.person.", "persons.claim.")
"""Acts on one person, which is their subject."""

ORDER = (Verdict.SAME, Verdict.REFER, Verdict.NONE)


@dataclass(frozen=True)
class PersonIndex:
    """All persons of a mission open to a reading class; those changed since stand beside them."""

    base: PersonMatcher
    changed: frozenset[str] = frozenset()
    anew: Mapping[str, Described] = field(default_factory=dict)
    """Of the changed persons those that still stand open, as they are described now."""

    beside: PersonMatcher | None = None

    def match(self, asked: Described, limit: int) -> list[Candidate]:
        """Who may be meant, best first."""
        found = [
            one
            for one in self.base.match(asked, limit + len(self.changed)).candidates
            if one.person not in self.changed
        ]
        if self.beside is not None:
            found += self.beside.match(asked, limit).candidates
        found.sort(key=lambda one: (ORDER.index(one.comparison.verdict), -one.score, one.person))
        return found[:limit]

    def verdict_on(self, asked: Described, limit: int, one: Merged) -> PersonMatch:
        """What may be done with the best candidate; where several fit, a person looks first.

        Records that are read as one (`one`) stand for one candidate.
        """
        found: dict[uuid.UUID, Candidate] = {}
        for candidate in self.match(asked, 2 * limit + 2):
            if candidate.comparison.verdict is not Verdict.NONE:
                found.setdefault(one.kept(uuid.UUID(candidate.person)), candidate)
        if not found:
            return PersonMatch(asked, Verdict.NONE, ())
        each = list(found.values())
        same = sum(candidate.comparison.verdict is Verdict.SAME for candidate in each)
        because = (Reason(Why.SEVERAL),) if same > 1 else ()
        verdict = Verdict.REFER if same > 1 else each[0].comparison.verdict
        return PersonMatch(asked, verdict, tuple(each[:limit]), because)


_kept: KeptValues[PersonIndex] = KeptValues(KEPT, WITHOUT_BEARING)


def forget_persons() -> None:
    """Nothing; each index is built anew the next time."""
    _kept.forget()


def person_index(viewer: Viewer, mission: Mission) -> PersonIndex:
    """The index as the viewer may see it. Nothing of it is noted as read."""
    key = (mission.pk, viewer.reading_class(mission.pk))

    def make() -> PersonIndex:
        return PersonIndex(PersonMatcher(described(viewer, mission.pk)))

    def renew(index: PersonIndex, acts: Sequence[Act]) -> PersonIndex | None:
        ids = {act.subject_id for act in acts if act.action.startswith(SINGLE)}
        if len(ids) > BESIDE or not all(act.action.startswith(SINGLE) for act in acts):
            return None
        changed = index.changed | ids
        if len(changed) > BESIDE:
            return None
        again = described(viewer, mission.pk, [uuid.UUID(one) for one in ids])
        anew = {key: one for key, one in index.anew.items() if key not in ids}
        anew |= {one.id: one for one in again}
        beside = PersonMatcher(list(anew.values())) if anew else None
        return PersonIndex(index.base, changed, anew, beside)

    return _kept.value(key, mission.pk, make, renew)


@dataclass(frozen=True)
class Found:
    """A person who may be meant, with the evidence."""

    person: Person
    comparison: Comparison

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for and against it."""
        return self.comparison.reasons
