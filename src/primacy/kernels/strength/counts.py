"""Three counts of one unit held side by side: each difference is put down to causes, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from primacy.kernels.strength.absences import Cause
from primacy.kernels.strength.errors import BadCount


@dataclass(frozen=True)
class Count:
    """Who was counted by name, and how many were counted without one."""

    persons: frozenset[str] = frozenset()
    unnamed: int = 0

    def __post_init__(self) -> None:
        if self.unnamed < 0:
            raise BadCount(f"{self.unnamed} persons without a name cannot be: give 0 or more.")

    @property
    def total(self) -> int:
        """All heads."""
        return len(self.persons) + self.unnamed


@dataclass(frozen=True)
class Difference:
    """One count less another, and what it is put down to.

    `missing` are in the first count and not in the second, `extra` the other way round:
    `sum(missing) - sum(extra) == first - second`, always.
    """

    first: int
    second: int
    missing: Mapping[Cause, int]
    extra: Mapping[Cause, int]
    who_is_missing: Mapping[Cause, frozenset[str]]
    who_is_extra: Mapping[Cause, frozenset[str]]
    set_off: int
    """Heads without a name that may be persons who seem to be missing (or extra) unexplained."""

    @property
    def size(self) -> int:
        """The first count less the second."""
        return self.first - self.second

    @property
    def unexplained(self) -> int:
        """Persons for whose difference no cause is on record, on either side."""
        silent = (Cause.UNKNOWN, Cause.NO_NAME)
        return sum(side.get(c, 0) for side in (self.missing, self.extra) for c in silent)


@dataclass(frozen=True)
class Reconciliation:
    """Assigned, present and paid, with the three differences between them."""

    assigned: int
    present: int
    paid: int
    assigned_present: Difference
    paid_present: Difference
    paid_assigned: Difference
    present_though_away: Mapping[str, Cause] = field(default_factory=dict)
    """Seen at the head count although the record says they are away."""


def reconcile(
    assigned: Count, present: Count, paid: Count, causes: Mapping[str, Cause]
) -> Reconciliation:
    """Three counts reconciled; `causes` says why a person is away, or where else they stand."""
    return Reconciliation(
        assigned=assigned.total,
        present=present.total,
        paid=paid.total,
        assigned_present=difference(assigned, present, causes),
        paid_present=difference(paid, present, causes),
        paid_assigned=difference(paid, assigned, causes),
        present_though_away={
            person: causes[person]
            for person in sorted(present.persons & causes.keys())
            if causes[person] not in (Cause.OTHER_UNIT, Cause.UNKNOWN)
        },
    )


def difference(first: Count, second: Count, causes: Mapping[str, Cause]) -> Difference:
    """One count less another, classed.

    A head without a name may be anybody: it is set off against those who are missing without a
    known cause before it is called extra, so that nobody is said to be away on its account.
    """
    away = _classed(first.persons - second.persons, causes)
    more = _classed(second.persons - first.persons, causes)
    missing = {cause: len(persons) for cause, persons in away.items()}
    extra = {cause: len(persons) for cause, persons in more.items()}
    nameless = second.unnamed - first.unnamed
    set_off = _set_off(missing, extra, nameless) if nameless > 0 else 0
    if nameless < 0:
        set_off = _set_off(extra, missing, -nameless)
    return Difference(first.total, second.total, missing, extra, away, more, set_off)


def _set_off(against: dict[Cause, int], rest: dict[Cause, int], heads: int) -> int:
    """How many nameless heads stand for unexplained ones; what is left over goes to the rest."""
    silent = against.get(Cause.UNKNOWN, 0)
    covered = min(heads, silent)
    if covered:
        against[Cause.UNKNOWN] = silent - covered
        if not against[Cause.UNKNOWN]:
            del against[Cause.UNKNOWN]
    if heads > covered:
        rest[Cause.NO_NAME] = rest.get(Cause.NO_NAME, 0) + heads - covered
    return covered


def _classed(persons: frozenset[str], causes: Mapping[str, Cause]) -> dict[Cause, frozenset[str]]:
    found: dict[Cause, set[str]] = {}
    for person in persons:
        found.setdefault(causes.get(person, Cause.UNKNOWN), set()).add(person)
    return {cause: frozenset(found[cause]) for cause in Cause if cause in found}
