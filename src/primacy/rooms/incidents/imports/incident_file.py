"""A mission's own incidents read from a CSV file or a workbook into columns ready to be stored.

One incident a row, UTF-8, with a header; columns by name in any order. Unlike UCDP's files it
takes every kind of event, and ids that are words. Nothing is written here.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import compress, islice
from pathlib import Path
from typing import Protocol

import numpy as np
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from primacy.kernels.grid import priogrid_id
from primacy.platform.exchange.column_values import (
    blank_mask,
    parse_dates,
    parse_floats,
    parse_ints,
)
from primacy.platform.exchange.errors import UcdpError, UcdpFileError
from primacy.platform.exchange.ucdp_source import open_text
from primacy.platform.exchange.workbooks import WorkbookRefused, WorkbookRows, is_workbook
from primacy.platform.imports.actions import Problem, first_problems
from primacy.rooms.incidents.errors import IncidentFileRefused
from primacy.rooms.incidents.imports.records import EVERY_TYPE, Events, Progress, Reading
from primacy.rooms.incidents.models import Incident
from primacy.rooms.incidents.rules import DATE_WORDS, ORIGIN_WORDS, WHERE_WORDS

REQUIRED = ("id", "type", "date_start", "lat", "lon", "source")
DEATHS = (
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "deaths_best", "deaths_low", "deaths_high",
)  # fmt: skip
TEXTS = ("place", "adm_1", "adm_2", "side_a", "side_b", "headline")
OPTIONAL = ("date_end", "date_precision", "where_precision", *TEXTS, *DEATHS)
COLUMNS = (*REQUIRED, *OPTIONAL)
"""What a file may hold; other columns are left unread, and said to be."""

DEFAULT_ORIGIN = "mission_file"
FIRST_VERSION = "1"
ROWS_AT_ONCE = 20_000
LEFT_OUT = gettext_noop("The row is left out. Correct it and load the file again.")
NUMBERS = {kind.value: number for number, kind in EVERY_TYPE.items()}
ID_LIMIT = 60
UNPACKED_LIMIT = 500_000_000
MOST_DEATHS = 10_000_000


def read_incident_file(
    path: Path, country: str, origin: str = "", version: str = "", progress: Progress | None = None
) -> Reading:
    """All incidents of a file; `IncidentFileRefused` where it cannot be read as a whole."""
    origin, version = _origin(origin), _version(version)
    reading = Reading(file=path.name, vintage=version, origin=origin)
    seen: dict[str, int] = {}
    try:
        with path.open("rb") as raw:
            reading.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
            reading.size = raw.tell()
        with _rows(path) as rows:
            for batch in _batches(rows, path.name, reading.notes):
                reading.read += len(batch.rows) + len(batch.problems)
                events = _events(batch, country, seen)
                reading.problems += batch.problems
                if len(events):
                    reading.chunks.append(events)
                if progress is not None:
                    progress(reading.read)
    except (OSError, UcdpError, WorkbookRefused, csv.Error) as problem:
        raise IncidentFileRefused(
            gettext_noop(
                "%(path)s cannot be read: %(problem)s. Nothing was changed. Expected: a "
                "CSV file in UTF-8, plain or packed as .gz, or a workbook (.xlsx) with the "
                "rows on its first sheet, within the limits of this site. Save the sheet as "
                "CSV (UTF-8) and try again."
            )
            % {"path": path.name, "problem": _first_words(problem)}
        ) from problem
    if not reading.read:
        raise IncidentFileRefused(
            gettext_noop("%(path)s holds no incident. Nothing was changed.") % {"path": path.name}
        )
    reading.problems = first_problems(reading.problems, len(reading.problems))
    return reading


@dataclass
class _Batch:
    """Some rows as text columns, with the line each stands on, and what was wrong so far."""

    rows: list[int]
    columns: Mapping[str, Sequence[str]]
    problems: list[Problem] = field(default_factory=list)


def _origin(text: str) -> str:
    origin = text.strip().lower() or DEFAULT_ORIGIN
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", origin):
        raise IncidentFileRefused(
            gettext_noop(
                "'%(text)s' cannot name an origin: small letters, digits, _ and - only. "
                "Nothing was changed."
            )
            % {"text": text[:40]}
        )
    if origin in ORIGIN_WORDS and origin != DEFAULT_ORIGIN:
        raise IncidentFileRefused(
            gettext_noop(
                "'%(origin)s' is kept for %(origin_words)s. Nothing was changed. Give another."
            )
            % {"origin": origin, "origin_words": ORIGIN_WORDS[origin]}
        )
    return origin


def _version(text: str) -> str:
    version = text.strip() or FIRST_VERSION
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,2}", version):
        raise IncidentFileRefused(
            gettext_noop(
                "'%(text)s' is not a version: write a number such as 2. It decides which "
                "of two reports of an incident is the newer one. Nothing was changed."
            )
            % {"text": text[:40]}
        )
    return version


class _Rows(Protocol):
    """Rows of text, and the line that was read last: of a CSV file or of a sheet."""

    @property
    def line_num(self) -> int:
        """The line or row that was read last."""

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


@contextmanager
def _rows(path: Path) -> Iterator[_Rows]:
    """The rows of the file, whatever it is: workbook or CSV, plain or packed."""
    if is_workbook(path):
        yield WorkbookRows(path)
        return
    with open_text(path, UNPACKED_LIMIT) as text:
        yield csv.reader(text.stream, strict=True)


def _first_words(problem: Exception) -> str:
    """What is wrong, without the advice that belongs to files of another kind."""
    return problem.wrong.rstrip(".") if isinstance(problem, UcdpFileError) else str(problem)


def _batches(reader: _Rows, file: str, notes: list[str]) -> Iterator[_Batch]:
    """Rows of the right width in batches, with the lines they begin on."""
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise IncidentFileRefused(
            gettext_noop(
                "%(file)s lacks the columns %(missing)s. Nothing was changed. It needs "
                "%(required)s, and may have %(optional)s."
            )
            % {
                "file": file,
                "missing": ", ".join(missing),
                "required": ", ".join(REQUIRED),
                "optional": ", ".join(OPTIONAL),
            }
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise IncidentFileRefused(
            gettext_noop("%(file)s has the columns %(twice)s twice. Nothing was changed.")
            % {"file": file, "twice": ", ".join(twice)}
        )
    unread = [name for name in header if name not in COLUMNS]
    if unread:
        notes.append(
            gettext_noop("Columns that were not read: %(unread)s.")
            % {"unread": ", ".join(unread)[:200]}
        )
    while True:
        lines: list[int] = []
        records: list[list[str]] = []
        problems: list[Problem] = []
        line = reader.line_num + 1
        for record in islice(reader, ROWS_AT_ONCE):
            if len(record) == len(header):
                lines.append(line)
                records.append(record)
            elif record:
                found, expected = (
                    gettext_noop("%(record)s fields") % {"record": len(record)},
                    gettext_noop("%(header)s fields") % {"header": len(header)},
                )
                problems.append(Problem(line, "", found, expected, LEFT_OUT))
            line = reader.line_num + 1
        if not records and not problems:
            return
        table = list(zip(*records, strict=True)) if records else [()] * len(header)
        yield _Batch(lines, dict(zip(header, table, strict=True)), problems)


class _Check:
    """Marks bad rows of a batch and notes why."""

    def __init__(self, batch: _Batch) -> None:
        self.batch = batch
        self.bad = np.zeros(len(batch.rows), np.bool_)

    def note(self, mask: NDArray[np.bool_], column: str, expected: str) -> None:
        """A problem for each row of the mask, which is left out."""
        values = self.batch.columns.get(column)
        for at in np.flatnonzero(mask & ~self.bad).tolist():
            value = values[at][:80] if values else ""
            line = self.batch.rows[at]
            self.batch.problems.append(Problem(line, column, value, expected, LEFT_OUT))
        self.bad |= mask


def _events(batch: _Batch, country: str, seen: dict[str, int]) -> Events:
    """The good rows of a batch, column by column; its problems are noted on it."""
    check = _Check(batch)
    columns, count = batch.columns, len(batch.rows)
    types = _types(columns["type"], check)
    first, bad = parse_dates(columns["date_start"])
    check.note(bad, "date_start", gettext_noop("a day, YYYY-MM-DD"))
    last = _last_days(columns.get("date_end"), first, check)
    lat, lon = (_degrees(name, most, check) for name, most in (("lat", 90), ("lon", 180)))
    date_precision = _codes("date_precision", DATE_WORDS, check)
    where_precision = _codes("where_precision", WHERE_WORDS, check)
    deaths = _deaths(check)
    check.note(blank_mask(columns["source"]), "source", gettext_noop("where the report comes from"))
    ids = _ids(columns["id"], check, seen)
    good = ~check.bad
    texts = {name: _words(columns.get(name), name, good, count) for name in TEXTS}
    grid = priogrid_id(np.where(good, lat, 0.0), np.where(good, lon, 0.0))
    kept = int(good.sum())
    return Events(
        origin_id=ids[good],
        type=types[good],
        date_start=first[good],
        date_end=last[good],
        date_precision=date_precision[good],
        lat=lat[good],
        lon=lon[good],
        where_precision=where_precision[good],
        priogrid=grid[good],
        country=[country[:100]] * kept,
        conflict=[""] * kept,
        deaths=tuple(column[good] for column in deaths),
        source_text=[value.strip() for value in compress(columns["source"], good)],
        **texts,
    )


def _types(values: Sequence[str], check: _Check) -> NDArray[np.int64]:
    codes = {value: NUMBERS.get(value.strip().lower(), 0) for value in set(values)}
    types = np.fromiter(map(codes.__getitem__, values), np.int64, len(values))
    check.note(
        types == 0, "type", gettext_noop("one of %(numbers)s") % {"numbers": ", ".join(NUMBERS)}
    )
    return types


def _last_days(
    values: Sequence[str] | None, first: NDArray[np.datetime64], check: _Check
) -> NDArray[np.datetime64]:
    """The last day of each incident; its first day where none is given."""
    if values is None:
        return first
    blank = blank_mask(values)
    last, bad = parse_dates(values)
    check.note(bad & ~blank, "date_end", gettext_noop("a day, YYYY-MM-DD, or nothing"))
    last = np.where(blank, first, last)
    with np.errstate(invalid="ignore"):
        check.note(last < first, "date_end", gettext_noop("no day before date_start"))
    return last


def _degrees(name: str, most: int, check: _Check) -> NDArray[np.float64]:
    numbers, bad = parse_floats(check.batch.columns[name])
    with np.errstate(invalid="ignore"):
        check.note(
            bad | (np.abs(numbers) > most),
            name,
            gettext_noop("degrees from -%(most)s to %(most)s") % {"most": most},
        )
    return numbers


def _codes(name: str, words: Mapping[int, str], check: _Check) -> NDArray[np.int64]:
    """A precision code; 1 (exact) where nothing is given."""
    codes = _whole(name, check, blank_as=1)
    check.note(
        ~np.isin(codes, list(words)),
        name,
        gettext_noop("a code from %(min)s to %(max)s") % {"min": min(words), "max": max(words)},
    )
    return codes


def _whole(name: str, check: _Check, blank_as: int) -> NDArray[np.int64]:
    values = check.batch.columns.get(name)
    if values is None:
        return np.full(len(check.batch.rows), blank_as, np.int64)
    numbers, bad = parse_ints(values)
    if bad.any():
        blank = blank_mask(values)
        check.note(bad & ~blank, name, gettext_noop("a whole number, or nothing"))
        numbers = np.where(blank, blank_as, numbers)
    return numbers


def _deaths(check: _Check) -> tuple[NDArray[np.int64], ...]:
    """Deaths as stored; the bounds are the best estimate where they are not given."""
    found = {name: _whole(name, check, blank_as=0) for name in DEATHS[:4]}
    for name, column in found.items():
        check.note((column < 0) | (column > MOST_DEATHS), name, gettext_noop("0 or more"))
    total = sum(found.values())
    best = _whole("deaths_best", check, blank_as=-1)
    best = np.where(best == -1, total, best)
    low, high = (
        np.where((given := _whole(name, check, blank_as=-1)) == -1, best, given)
        for name in DEATHS[5:]
    )
    wrong = (low < 0) | (low > best) | (best > high) | (high > MOST_DEATHS)
    check.note(wrong, "deaths_best", gettext_noop("deaths_low ≤ deaths_best ≤ deaths_high, from 0"))
    return (*found.values(), best, low, high)


def _ids(values: Sequence[str], check: _Check, seen: dict[str, int]) -> NDArray[np.object_]:
    """The origin's ids; each may stand once in a file."""
    ids = np.array([value.strip() for value in values], np.object_)
    unfit = np.fromiter((not 0 < len(one) <= ID_LIMIT for one in ids), np.bool_, len(ids))
    check.note(
        unfit, "id", gettext_noop("an id of 1 to %(id_limit)s characters") % {"id_limit": ID_LIMIT}
    )
    again = np.zeros(len(ids), np.bool_)
    for at in np.flatnonzero(~check.bad).tolist():
        line = check.batch.rows[at]
        again[at] = seen.setdefault(ids[at], line) != line
    check.note(again, "id", gettext_noop("an id that stands once in the file"))
    return ids


def _words(
    values: Sequence[str] | None, name: str, good: NDArray[np.bool_], count: int
) -> list[str]:
    """A text column of the good rows, as long as the record keeps it."""
    if values is None:
        return [""] * int(good.sum())
    limit = getattr(Incident._meta.get_field(name), "max_length", None)
    return [value.strip()[:limit] for value in compress(values, good)]
