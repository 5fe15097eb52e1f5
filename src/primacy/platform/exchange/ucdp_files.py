"""UCDP event files: what a file is, its events in checked chunks, and a count beforehand.

    info = sniff(path)
    for chunk in read_ucdp(path, vintage=info.vintage):
        ...

A file that is cut off is known only at its end: whoever stores chunks does so in one
transaction, so that a `UcdpFileError` met on the way leaves nothing behind.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpFileUnreadable, UcdpVintageUnknown
from primacy.platform.exchange.ucdp_checks import RecordBatch, UcdpChecker
from primacy.platform.exchange.ucdp_csv import csv_batches, csv_head
from primacy.platform.exchange.ucdp_json import json_batches, json_head
from primacy.platform.exchange.ucdp_rows import Chunk, RowProblem
from primacy.platform.exchange.ucdp_source import (
    DEFAULT_MAX_BYTES,
    OpenedText,
    member_name,
    open_text,
)
from primacy.platform.exchange.ucdp_vintage import vintage_of_name

UcdpFormat = Literal["csv", "hdx-csv", "geojson", "api-json"]

DEFAULT_CHUNK_ROWS = 20_000
KEPT_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class UcdpFileInfo:
    """What a file is: format, release (None if its name does not say), columns, hash, size."""

    format: UcdpFormat
    vintage: str | None
    columns: tuple[str, ...]
    hxl_row: bool
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class UcdpPreview:
    """What reading a file would give: exact counts, and the first problems."""

    info: UcdpFileInfo
    read: int
    good: int
    left_out: int
    errors: int
    warnings: int
    by_type: Mapping[int, int]
    by_year: Mapping[int, int]
    by_country: Mapping[str, int]
    best_deaths: int
    first_day: str | None
    last_day: str | None
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...]


def sniff(path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> UcdpFileInfo:
    """What the file is, from its content; raises `UcdpFileError` where it is no event file."""
    with open_text(path, max_bytes) as text:
        found, columns = _head(text, path.name)
    vintage = vintage_of_name(path.name) or vintage_of_name(member_name(path) or "")
    try:
        with path.open("rb") as handle:
            sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
            size = handle.tell()
    except OSError as exc:
        raise UcdpFileUnreadable(
            path.name,
            gettext_noop("the file disappeared while reading."),
            "a file.",
            gettext_noop("Choose it again."),
        ) from exc
    return UcdpFileInfo(found, vintage, columns, found == "hdx-csv", sha256, size)


def read_ucdp(
    path: Path,
    chunk_rows: int = DEFAULT_CHUNK_ROWS,
    vintage: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> Iterator[Chunk]:
    """The events of the file in chunks of at most `chunk_rows` records, each checked.

    `vintage` is needed where the file name does not say the release. Bad rows are left out of
    `Chunk.rows` and listed in `Chunk.problems`; a `UcdpFileError` may come at any time.
    """
    release = vintage or vintage_of_name(path.name) or vintage_of_name(member_name(path) or "")
    if not release:
        raise UcdpVintageUnknown(
            path.name,
            gettext_noop("the file name does not say which UCDP release this is."),
            gettext_noop("a name such as GEDEvent_v23_1.csv."),
            gettext_noop("Give the release (for example 23.1) and retry."),
        )
    if chunk_rows < 1:
        raise ValueError("chunk_rows must be at least 1")
    return _chunks(path, chunk_rows, release, max_bytes)


def count_preview(
    path: Path,
    chunk_rows: int = DEFAULT_CHUNK_ROWS,
    vintage: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> UcdpPreview:
    """What reading the whole file would give, with nothing stored."""
    info = sniff(path, max_bytes)
    tally = _Tally()
    for chunk in read_ucdp(path, chunk_rows, vintage or info.vintage, max_bytes):
        tally.add(chunk)
    return tally.preview(info)


def _chunks(path: Path, chunk_rows: int, vintage: str, max_bytes: int) -> Iterator[Chunk]:
    checker = UcdpChecker()
    with open_text(path, max_bytes) as text:
        for batch in _batches(text, path.name, chunk_rows):
            rows, problems = checker.check(batch)
            yield Chunk(rows, problems, batch.read, vintage, batch.notes)


def _batches(text: OpenedText, file: str, size: int) -> Iterator[RecordBatch]:
    if text.is_json:
        return json_batches(text.stream, file, size)
    return csv_batches(text.stream, file, size)


def _head(text: OpenedText, file: str) -> tuple[UcdpFormat, tuple[str, ...]]:
    """The format and the columns."""
    if text.is_json:
        found, columns = json_head(text.stream, file)
        return ("geojson" if found == "geojson" else "api-json"), columns
    head = csv_head(text.stream, file)
    return ("hdx-csv" if head.hxl_row else "csv"), head.columns


class _Tally:
    """Counts over the chunks of one source."""

    def __init__(self) -> None:
        self._read = self._good = self._errors = self._warnings = self._deaths = 0
        self._by_type: Counter[int] = Counter()
        self._by_year: Counter[int] = Counter()
        self._by_country: Counter[str] = Counter()
        self._days: list[np.datetime64] = []
        self._problems: list[RowProblem] = []
        self._notes: list[str] = []

    def add(self, chunk: Chunk) -> None:
        """Counts the chunk in."""
        rows = chunk.rows
        errors = len(chunk.errors)
        self._read += chunk.read
        self._good += len(rows)
        self._errors += errors
        self._warnings += len(chunk.problems) - errors
        self._by_type.update(rows.type_of_violence.tolist())
        self._by_year.update(rows.year.tolist())
        self._by_country.update(rows.country)
        self._deaths += int(rows.best.sum())
        if len(rows):
            self._days += [rows.date_start.min(), rows.date_end.max()]
        self._problems += chunk.problems[: KEPT_PROBLEMS - len(self._problems)]
        self._notes += chunk.notes

    def preview(self, info: UcdpFileInfo) -> UcdpPreview:
        """The counts so far."""
        return UcdpPreview(
            info=info,
            read=self._read,
            good=self._good,
            left_out=self._read - self._good,
            errors=self._errors,
            warnings=self._warnings,
            by_type=dict(sorted(self._by_type.items())),
            by_year=dict(sorted(self._by_year.items())),
            by_country=dict(self._by_country.most_common()),
            best_deaths=self._deaths,
            first_day=str(min(self._days)) if self._days else None,
            last_day=str(max(self._days)) if self._days else None,
            problems=tuple(self._problems),
            notes=tuple(self._notes),
        )
