"""Dates as people type them into rosters. One that can mean two days is kept as both."""

import re

from primacy.kernels.time import DateRange
from primacy.platform.exchange.list_dates import read_span

_THREE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def read_birth(text: str) -> tuple[DateRange, ...]:
    """The days a date of birth can mean; none where it cannot be read.

    "05/04/1980" is the 5th of April and the 4th of May: both are looked for. A year with two
    digits is not read.
    """
    words = " ".join(text.split())
    match = _THREE.fullmatch(words)
    if match is None:
        span = read_span(words)
        return (span,) if span else ()
    first, second, year = int(match[1]), int(match[2]), match[3]
    found = []
    for day, month in ((first, second), (second, first)):
        span = read_span(f"{year}-{month:02d}-{day:02d}") if month <= 12 else None
        if span and span not in found:
            found.append(span)
    return tuple(found)
