"""Dates known to the day, the month, the year, or only as a range."""

from primacy.kernels.time.ranges import (
    BadWhen,
    DateRange,
    Precision,
    parse_when,
)

__all__ = ["BadWhen", "DateRange", "Precision", "parse_when"]
