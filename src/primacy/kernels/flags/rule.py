"""What a rule and a flag are. A flag is a question to an office, never a verdict."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from primacy.kernels.flags.errors import BadLimits
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength import Cause

if TYPE_CHECKING:
    from primacy.kernels.flags.reading import Reading


class Severity(StrEnum):
    """How soon the question should be put. It says nothing about anybody's guilt."""

    ROUTINE = "routine"
    SOON = "soon"
    FIRST = "first"


class Office(StrEnum):
    """Who is asked: never the one who would gain from the answer."""

    PERSONNEL = "personnel"
    PAY = "pay"
    UNIT = "unit"
    LOGISTICS = "logistics"
    INSPECTORATE = "inspectorate"
    CHILD_PROTECTION = "child_protection"


@dataclass(frozen=True)
class Record:
    """A record behind a flag: which register, and the row in it."""

    register: str
    row: str


@dataclass(frozen=True)
class Peers:
    """Whom a flag was compared with: who they are, how many, and how many of them look the same."""

    who: Sentence
    size: int
    alike: int


@dataclass(frozen=True)
class Flag:
    """One question: which rule, about whom, from which records, against which peers, and why.

    `subjects` are persons, or the unit where a rule is about a unit. `key` names the question: the
    same facts give the same key again, so that nothing is asked twice.
    """

    rule: str
    unit: str
    subjects: tuple[str, ...]
    records: tuple[Record, ...]
    peers: Peers
    reasons: tuple[Sentence, ...]
    severity: Severity
    since: str

    @property
    def key(self) -> str:
        """The name of the question."""
        return "|".join((self.rule, *self.subjects, self.since))


@dataclass(frozen=True)
class Rule:
    """One rule of the table: what it means, where it comes from, what is asked of whom."""

    code: str
    title: Sentence
    meaning: Sentence
    question: Sentence
    office: Office
    severity: Severity
    source: str
    find: Callable[["Reading"], Iterable[Flag]]
    about: str = "person"
    """What its subjects are: "person" or "unit"."""


OWED: Mapping[Cause, int] = {Cause.DEAD: 0, Cause.DESERTED: 0, Cause.RETIRED: 0}


@dataclass(frozen=True)
class Limits:
    """What the law and the practice of one force set. The defaults are wide."""

    least_age: int = 18
    most_age: int = 60
    most_age_by_rank: Mapping[int, int] = field(default_factory=dict)
    absent_counts: int = 2
    equal_counts: int = 3
    window_days: int = 60
    ration_slack: float = 0.05
    chance: float = 1e-4
    """Below which probability like patterns are not put down to chance."""

    months_owed: Mapping[Cause, int] = field(default_factory=lambda: dict(OWED))
    """Full months of pay that are due after a person died, left or was detained."""

    def __post_init__(self) -> None:
        if self.least_age >= self.most_age:
            raise BadLimits(
                f"The least age, {self.least_age}, must be below the greatest, {self.most_age}."
            )
        if self.absent_counts < 2 or self.equal_counts < 3:
            raise BadLimits(
                "One absence and two equal head counts prove nothing: give at least 2 absences "
                "and at least 3 equal counts."
            )
        if not 0 < self.chance < 0.05:
            raise BadLimits(f"A chance of {self.chance} is not above 0 and below 0.05.")
