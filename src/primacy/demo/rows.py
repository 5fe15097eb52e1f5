"""Reading the case files: CSV rows with typed cells."""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

Row = Mapping[str, str]


class CaseFileError(ValueError):
    """A case file that cannot be read; says file, line and column."""


def rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file; nothing where the case has no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def day(row: Row, column: str) -> dt.date:
    """A date cell; `CaseFileError` where it is empty or not a date."""
    try:
        return dt.date.fromisoformat(row[column])
    except (KeyError, ValueError) as problem:
        raise CaseFileError(f"column '{column}' of {dict(row)} is not a date") from problem


def day_or_none(row: Row, column: str) -> dt.date | None:
    """A date cell, or None where it is empty."""
    return day(row, column) if row.get(column) else None


def number(row: Row, column: str) -> float | None:
    """A number cell, or None where it is empty."""
    text = row.get(column) or ""
    try:
        return float(text) if text else None
    except ValueError as problem:
        raise CaseFileError(f"column '{column}' of {dict(row)} is not a number") from problem


def listed(text: str | None) -> list[str]:
    """A cell that holds several entries parted by semicolons."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]
