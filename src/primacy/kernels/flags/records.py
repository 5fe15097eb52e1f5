"""What the rules read: roll, pay roll, head counts, posts, promotions, numbers, cards, stations.

Persons are keys. Nothing here holds a name, a face, a finger or a plain account number.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from primacy.kernels.flags.errors import BadForce
from primacy.kernels.strength import Absence
from primacy.kernels.time.ranges import DateRange


class PayKind(StrEnum):
    """What a line of a pay roll pays."""

    SALARY = "salary"
    ALLOWANCE = "allowance"
    ARREARS = "arrears"
    PENSION = "pension"


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the roll.

    `rank` and `post` are levels, higher is more senior; `post` is the level the post is for.
    `cohort` names the recruit class the person came with, `superior` the person they serve under.
    """

    person: str
    number: str = ""
    unit: str = ""
    rank: int | None = None
    post: int | None = None
    born: DateRange | None = None
    hired: dt.date | None = None
    entered: dt.date | None = None
    cohort: str = ""
    superior: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """One payment to one person for a month (given by its first day).

    `account` is compared and never read: give it as `plain_account` writes it, or a mark of that.
    """

    record: str
    person: str
    month: dt.date
    unit: str = ""
    account: str = ""
    kind: PayKind = PayKind.SALARY
    place: str = ""


@dataclass(frozen=True, slots=True)
class HeadCount:
    """One count of one unit: who was expected, who was seen, how many were seen without a name."""

    record: str
    unit: str
    day: dt.date
    expected: frozenset[str]
    present: frozenset[str]
    unnamed: int = 0

    @property
    def counted(self) -> int:
        """All heads seen."""
        return len(self.present) + self.unnamed


@dataclass(frozen=True, slots=True)
class Establishment:
    """Posts of a unit, from a day on; by level of rank where the table says so."""

    unit: str
    first: dt.date
    posts: int
    by_rank: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rations:
    """For how many a unit drew rations in a month."""

    unit: str
    month: dt.date
    strength: int


@dataclass(frozen=True, slots=True)
class Promotion:
    """One person raised from one level to another in a unit."""

    record: str
    person: str
    unit: str
    day: dt.date
    from_rank: int
    to_rank: int


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Service numbers that were issued: first to last of a prefix, between two days."""

    prefix: str
    first: int
    last: int
    issued_from: dt.date | None = None
    issued_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One identity card: its number, whose it is, from when until when."""

    record: str
    number: str
    person: str
    issued: dt.date
    ended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """Where a unit was, first to last day (None: still)."""

    unit: str
    place: str
    first: dt.date
    last: dt.date | None = None


@dataclass(frozen=True)
class Force:
    """All records of one force as they stand on a day."""

    as_of: dt.date
    members: Sequence[Member]
    pay: Sequence[PayLine] = ()
    head_counts: Sequence[HeadCount] = ()
    absences: Sequence[Absence] = ()
    establishments: Sequence[Establishment] = ()
    rations: Sequence[Rations] = ()
    promotions: Sequence[Promotion] = ()
    numbers: Sequence[NumberRange] = ()
    cards: Sequence[Card] = ()
    stations: Sequence[Station] = ()
    censuses: Sequence[dt.date] = ()
    cohorts: frozenset[str] = frozenset()
    """Recruit classes that are on record as confirmed."""

    agents: frozenset[str] = frozenset()
    """Accounts of paying agents: many are paid through them, by order."""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for member in self.members:
            if member.person in seen:
                raise BadForce(
                    f"The roll has the person {member.person} twice. Give every row a key of its "
                    "own; rows that may be one person are a matter for the matching queue."
                )
            seen.add(member.person)
        for line in self.pay:
            if line.month.day != 1:
                raise BadForce(
                    f"The pay line {line.record} is for {line.month}: give the first day of the "
                    "month it pays."
                )
