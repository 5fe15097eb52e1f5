"""Days as list files write them, read into the range of days they can mean. Nothing is guessed."""

import datetime as dt
import re

from primacy.kernels.time import BadWhen, DateRange, parse_when

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_DAY = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})")
_MONTH = re.compile(r"([A-Za-z]{3,9})\.? (\d{4})")
_SPAN = re.compile(
    r"(?:between )?(.+?)(?: (?:to|and) |(?<=\d{4})\s?[-–]\s?(?=\d{4}))(.+)", re.IGNORECASE
)
EARLIEST_YEAR, LATEST_YEAR = 1850, 2100


def plain_day(text: str) -> dt.date | None:
    """The day of "2015-03-27" or "2015-03-27-04:00"; None where it is none."""
    match = _ZONED.fullmatch(text.strip())
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def read_span(text: str) -> DateRange | None:
    """The days a written date can mean: ISO, "20 Jan 1961", "Sep. 1977", "1960 to 1962"."""
    words = " ".join(text.split()).strip(" .,")
    day = plain_day(words)
    if day is not None:
        return _within(DateRange(day, day))
    single = _single(words)
    if single is not None:
        return single
    both = _SPAN.fullmatch(words)
    if both is None:
        return None
    last = _single(both[2])
    # "Aug. and Sep. 1977": the first part borrows the year of the second.
    first = _single(both[1]) or (_single(f"{both[1]} {last.latest.year}") if last else None)
    if first is None or last is None or first.earliest > last.latest:
        return None
    return DateRange(first.earliest, last.latest)


def read_year(text: str) -> DateRange | None:
    """The days of a year written with four digits."""
    return read_span(text) if re.fullmatch(r"\d{4}", text.strip(), re.ASCII) else None


def _single(text: str) -> DateRange | None:
    words = text.strip(" .,")
    if (match := _DAY.fullmatch(words)) and (month := _month(match[2])):
        return _parsed(f"{match[3]}-{month:02d}-{int(match[1]):02d}")
    if (match := _MONTH.fullmatch(words)) and (month := _month(match[1])):
        return _parsed(f"{match[2]}-{month:02d}")
    return _parsed(words)


def _month(word: str) -> int | None:
    return MONTHS.get(word[:3].lower())


def _parsed(text: str) -> DateRange | None:
    try:
        return _within(parse_when(text))
    except BadWhen:
        return None


def _within(span: DateRange) -> DateRange | None:
    """The span, where somebody could be born or listed in it."""
    fits = span.earliest.year >= EARLIEST_YEAR and span.latest.year <= LATEST_YEAR
    return span if fits else None
