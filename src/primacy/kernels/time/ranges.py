"""Imprecise dates: what a source says ("2010-09", "2009/2011") as the earliest and latest day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class BadWhen(ValueError):
    """A date or range that cannot be read or runs backwards; the message says the form expected."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, order=True)
class DateRange:
    """The days, both ends included, between which something happened or held."""

    earliest: dt.date
    latest: dt.date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise BadWhen(
                f"The range runs backwards: {self.earliest} is after {self.latest}. "
                "Give the earlier day first."
            )

    @property
    def precision(self) -> Precision:
        """Day, month, year, or range where the two ends are no calendar unit."""
        first, last = self.earliest, self.latest
        if first == last:
            return Precision.DAY
        if first == last.replace(day=1) and last.day == _days_in(last.year, last.month):
            return Precision.MONTH
        if first == dt.date(last.year, 1, 1) and last == dt.date(last.year, 12, 31):
            return Precision.YEAR
        return Precision.RANGE

    @property
    def precise(self) -> bool:
        """True where the day is known."""
        return self.earliest == self.latest

    @property
    def days(self) -> int:
        """The number of days in the range, at least 1."""
        return (self.latest - self.earliest).days + 1

    def contains(self, other: "dt.date | DateRange") -> bool:
        """True where the day, or the whole other range, lies inside."""
        inner = other if isinstance(other, DateRange) else DateRange(other, other)
        return self.earliest <= inner.earliest and inner.latest <= self.latest

    def overlaps(self, other: "DateRange") -> bool:
        """True where the two ranges share at least one day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def before(self, other: "DateRange") -> bool:
        """True where this range ends before the other begins, so that the order is certain."""
        return self.latest < other.earliest

    def __str__(self) -> str:
        """The shortest text that `parse_when` reads back as the same range."""
        match self.precision:
            case Precision.DAY:
                return self.earliest.isoformat()
            case Precision.MONTH:
                return self.earliest.isoformat()[:7]
            case Precision.YEAR:
                return self.earliest.isoformat()[:4]
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


def parse_when(text: str) -> DateRange:
    """The range of days a written date can mean: "2006", "2010-09", "2009-05-14", "2009/2011"."""
    first, slash, last = text.strip().partition("/")
    start = _parse_part(first, text)
    if not slash:
        return start
    end = _parse_part(last, text)
    return DateRange(start.earliest, end.latest)


def _parse_part(part: str, whole: str) -> DateRange:
    """The range of one year, month or day; BadWhen names the whole text as it was written."""
    match = _PART.fullmatch(part.strip())
    if match is None:
        raise BadWhen(_message(whole))
    year, month, day = match.groups()
    try:
        if day is not None:
            exact = dt.date(int(year), int(month), int(day))
            return DateRange(exact, exact)
        if month is not None:
            first = dt.date(int(year), int(month), 1)
            return DateRange(first, first.replace(day=_days_in(first.year, first.month)))
        return DateRange(dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
    except ValueError as problem:
        raise BadWhen(_message(whole)) from problem


def _days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def _message(text: str) -> str:
    """What to write instead of a date that could not be read."""
    return (
        f"'{text.strip()[:40]}' is not a date. Write a year (2006), a month (2010-09), "
        "a day (2009-05-14), or two of them with a slash between (2009/2011)."
    )
