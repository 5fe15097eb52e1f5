"""The days over which a claim is said to be true, and what that means for one day.

A precise range is true on each of its days, an imprecise range on at least one. They join without
a gap. An end that is open says that nobody knows whether the claim began earlier or went on.
The rules follow the handbook of the Security Force Monitor.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum

from primacy.kernels.command.errors import (
    BackwardRange,
    EmptyRange,
    FuzzyDate,
    GapInRange,
    HalfRange,
)
from primacy.kernels.readiness.sentence import Sentence

SINCE_BEGINNING = "since_beginning_of_time"
"""What a sheet writes for the first day of an imprecise range that has none."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ONE_DAY = dt.timedelta(days=1)


class Holding(IntEnum):
    """Whether something held on a day; the greater, the surer."""

    NO = 0
    POSSIBLE = 1
    CERTAIN = 2


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; None is an end without a day."""

    first: dt.date | None
    last: dt.date | None

    def contains(self, day: dt.date) -> bool:
        """True where the day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Range:
    """When a claim was true.

    `since_beginning` stands for an imprecise range without a first day ("at some time before …").
    `starting` says that the claim began within these days, `ending` that it ended within them.
    """

    first_precise: dt.date | None = None
    last_precise: dt.date | None = None
    first_imprecise: dt.date | None = None
    last_imprecise: dt.date | None = None
    starting: bool = False
    ending: bool = False
    since_beginning: bool = False

    def __post_init__(self) -> None:
        first, last = self.first_precise, self.last_precise
        if type(first) is type(last) is dt.date and first <= last and self._is_precise:
            # Most claims are of this kind, and there may be tens of thousands of them.
            return
        for name in ("first_precise", "last_precise", "first_imprecise", "last_imprecise"):
            _check_day(name, getattr(self, name))
        if self._given == (None, None, None, None) and not self.since_beginning:
            raise EmptyRange(
                Sentence("The claim has no day. Give at least one day on which it was true.")
            )
        self._check_halves()
        _check_order(self.first_precise, self.last_precise)
        _check_order(self.first_imprecise, self.last_imprecise)
        self._check_join()

    @property
    def _is_precise(self) -> bool:
        imprecise = (self.first_imprecise, self.last_imprecise)
        return imprecise == (None, None) and not self.since_beginning

    @classmethod
    def on(cls, day: dt.date, *, starting: bool = False, ending: bool = False) -> "Range":
        """True on one day; nobody knows of the days around it unless a flag says so."""
        return cls(day, day, starting=starting, ending=ending)

    @classmethod
    def between(
        cls, first: dt.date, last: dt.date, *, starting: bool = False, ending: bool = False
    ) -> "Range":
        """True on each day from the first to the last."""
        return cls(first, last, starting=starting, ending=ending)

    @classmethod
    def within(
        cls,
        first: dt.date | None,
        last: dt.date,
        *,
        starting: bool = False,
        ending: bool = False,
    ) -> "Range":
        """True on at least one day between the two; without a first day since the beginning."""
        return cls(
            first_imprecise=first,
            last_imprecise=last,
            starting=starting,
            ending=ending,
            since_beginning=first is None,
        )

    @classmethod
    def read(
        cls,
        first_precise: str = "",
        last_precise: str = "",
        first_imprecise: str = "",
        last_imprecise: str = "",
        starting: str = "",
        ending: str = "",
    ) -> "Range":
        """The range written in the columns of a sheet: days as 2014-08-01, flags as Y or N."""
        beginning = first_imprecise.strip().lower() == SINCE_BEGINNING
        return cls(
            read_day(first_precise),
            read_day(last_precise),
            None if beginning else read_day(first_imprecise),
            read_day(last_imprecise),
            starting=starting.strip().upper() == "Y",
            ending=ending.strip().upper() == "Y",
            since_beginning=beginning,
        )

    @property
    def first(self) -> dt.date | None:
        """The first day the claim speaks of; None where it reaches back without a day."""
        precise, imprecise = self.first_precise, self.first_imprecise
        if self.since_beginning or imprecise is None:
            return None if self.since_beginning else precise
        return imprecise if precise is None else min(precise, imprecise)

    @property
    def last(self) -> dt.date | None:
        """The last day the claim speaks of; None where it names none at all."""
        precise, imprecise = self.last_precise, self.last_imprecise
        if precise is None or imprecise is None:
            return imprecise or precise
        return max(precise, imprecise)

    @property
    def certain(self) -> Span | None:
        """The days on which the claim is true beyond doubt; None where there is no such day."""
        first, last = self.first_precise, self.last_precise
        lone = self.first_imprecise
        if lone is not None and lone == self.last_imprecise:
            # "On at least one day" of a single day is that day.
            first = lone if first is None else min(first, lone)
            last = lone if last is None else max(last, lone)
        return None if first is None else Span(first, last)

    @property
    def possible(self) -> Span:
        """The days on which the claim may be true, the certain ones among them."""
        return Span(self.first if self.starting else None, self.last if self.ending else None)

    def holds(self, day: dt.date) -> Holding:
        """Certain, possible or no, for one day."""
        sure = self.certain
        if sure is not None and sure.contains(day):
            return Holding.CERTAIN
        return Holding.POSSIBLE if self.possible.contains(day) else Holding.NO

    @property
    def _given(self) -> tuple[dt.date | None, ...]:
        return (
            self.first_precise,
            self.last_precise,
            self.first_imprecise,
            self.last_imprecise,
        )

    def _check_halves(self) -> None:
        if (self.first_precise is None) != (self.last_precise is None):
            raise HalfRange(
                Sentence(
                    "A precise range needs its first and its last day; for a single day give it "
                    "twice."
                )
            )
        if self.since_beginning and self.first_imprecise is not None:
            raise HalfRange(
                Sentence(
                    "The imprecise range has a first day, %(day)s, and is said to run since the "
                    "beginning. Keep one of the two.",
                    day=str(self.first_imprecise),
                )
            )
        if self.first_imprecise is not None and self.last_imprecise is None:
            raise HalfRange(
                Sentence(
                    "The imprecise range begins on %(day)s and has no last day: give the last day "
                    "on which the claim may have been true, such as the day of the source.",
                    day=str(self.first_imprecise),
                )
            )
        if self.last_imprecise is not None and not (self.first_imprecise or self.since_beginning):
            raise HalfRange(
                Sentence(
                    "The imprecise range ends on %(day)s and has no first day: give it, or say "
                    "that it runs since the beginning.",
                    day=str(self.last_imprecise),
                )
            )

    def _check_join(self) -> None:
        first_p, last_p, first_i, last_i = self._given
        if first_p is None or last_p is None or last_i is None:
            return
        gap: tuple[dt.date, dt.date] | None = None
        if last_i < first_p - _ONE_DAY:
            gap = (last_i, first_p)
        elif first_i is not None and first_i > last_p + _ONE_DAY:
            gap = (last_p, first_i)
        if gap is not None:
            raise GapInRange(
                Sentence(
                    "Nothing is said of the days between %(first)s and %(last)s. Let the imprecise "
                    "range reach up to the precise one, or make two claims.",
                    first=str(gap[0]),
                    last=str(gap[1]),
                )
            )


def read_day(text: str) -> dt.date | None:
    """The day written as 2014-08-01, None for nothing; a month or year alone is refused.

    "February 2024" would stretch a claim over days its source does not speak of: an imprecise
    range from a day to a day says the same and no more.
    """
    text = text.strip()
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise FuzzyDate(
            Sentence(
                "'%(text)s' is not a day. Write it as 2014-08-01; where the day is not known give "
                "the first and last day it can be as an imprecise range.",
                text=text[:40],
            )
        )
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        message = Sentence("'%(text)s' is not a day of the calendar.", text=text)
        raise FuzzyDate(message) from problem


def _check_order(first: dt.date | None, last: dt.date | None) -> None:
    if first is not None and last is not None and first > last:
        raise BackwardRange(
            Sentence(
                "The range ends on %(last)s, before it begins on %(first)s. Give the earlier day "
                "first.",
                first=str(first),
                last=str(last),
            )
        )


def _check_day(name: str, day: object) -> None:
    if day is None:
        return
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise FuzzyDate(
            Sentence(
                "%(name)s is %(text)s. Give a day without a time; where the day is not known, the "
                "first and last day it can be as an imprecise range.",
                name=name,
                text=repr(day)[:60],
            )
        )
