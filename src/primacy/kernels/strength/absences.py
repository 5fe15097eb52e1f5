"""Why somebody is not at their post, over which days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.strength.errors import BadAbsence


class Cause(StrEnum):
    """What a difference between two counts is put down to."""

    DEAD = "dead"
    RETIRED = "retired"
    DISMISSED = "dismissed"
    DESERTED = "deserted"
    IN_DDR = "in_ddr"
    DETAINED = "detained"
    UN_DEPLOYMENT = "un_deployment"
    DETACHED = "detached"
    DEPLOYED = "deployed"
    HOSPITAL = "hospital"
    COURSE = "course"
    LEAVE = "leave"
    OTHER_UNIT = "other_unit"
    """On the roll of another unit."""

    NO_NAME = "no_name"
    """Counted without a name."""

    UNKNOWN = "unknown"


STRONGEST = tuple(Cause)
"""Where several are on record for one day, the first of these holds: a dead man is not on leave."""

LASTING = frozenset({Cause.DEAD, Cause.RETIRED, Cause.DISMISSED})
"""Who left for good: an end on record is a mistake of the record, and the state goes on."""

ACCOUNTED = frozenset(
    {
        Cause.UN_DEPLOYMENT,
        Cause.DETACHED,
        Cause.DEPLOYED,
        Cause.HOSPITAL,
        Cause.COURSE,
        Cause.LEAVE,
    }
)
"""Away by order or by right: absent from a head count, and rightly on the roll."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One person's absence: why, first day, last day (None: open), and the record it stands in."""

    person: str
    cause: Cause
    first: dt.date
    last: dt.date | None = None
    record: str = ""

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise BadAbsence(
                f"An absence runs backwards: {self.last} is before {self.first}. "
                "Give the earlier day first."
            )

    def holds_on(self, day: dt.date) -> bool:
        """True where the day lies in it."""
        if day < self.first:
            return False
        return self.last is None or self.cause in LASTING or day <= self.last


def causes_on(absences: Iterable[Absence], day: dt.date) -> dict[str, Cause]:
    """Person → why they are away on a day; the strongest cause where several are on record."""
    found: dict[str, Cause] = {}
    for absence in absences:
        if absence.holds_on(day):
            known = found.get(absence.person, Cause.UNKNOWN)
            found[absence.person] = min(known, absence.cause, key=STRONGEST.index)
    return found
