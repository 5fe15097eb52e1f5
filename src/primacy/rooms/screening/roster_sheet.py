"""A roster sheet read from CSV or XLSX: columns in any order, each cell checked, nothing guessed.

A row without a name cannot be screened and is bad. A row that lacks what its kind of vetting
needs is kept and said to be incomplete: it can be screened, and not be sent to vetting.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext_noop as _

from primacy.kernels.time import DateRange
from primacy.platform.exchange.errors import UcdpError
from primacy.platform.exchange.ucdp_source import open_text
from primacy.platform.exchange.workbooks import WorkbookRefused, WorkbookRows, is_workbook
from primacy.rooms.screening import roster_columns as columns
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.errors import RosterRefused
from primacy.rooms.screening.models.roster import AskedKind
from primacy.rooms.screening.numbers import ANY_NUMBER
from primacy.rooms.screening.roster_dates import read_birth

HEADER_WITHIN = 10
"""Rows among which the header is looked for: sheets begin with titles and notes."""
FEWEST_HEADERS = 2
LARGEST_SHEET = 20_000_000
MOST_ROWS = 20_000
SEXES = {"m": "male", "male": "male", "homme": "male", "masculin": "male",
         "f": "female", "female": "female", "femme": "female", "feminin": "female"}  # fmt: skip


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: `bad` leaves the row out, `incomplete` and `warning` keep it."""

    row: int
    column: str
    value: str
    expected: str
    severity: str


@dataclass
class Sheet:
    """A sheet as read."""

    file: str
    sha256: str
    size: int
    read: int = 0
    rows: list[Asked] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    missing_columns: list[str] = field(default_factory=list)
    missing_mandatory: list[str] = field(default_factory=list)

    @property
    def incomplete(self) -> int:
        """Rows that can be screened and lack what their kind of vetting needs."""
        return len({p.row for p in self.problems if p.severity == "incomplete"})


def read_sheet(path: Path, *, notes: bool = False) -> Sheet:
    """The sheet as read; `RosterRefused` where it is none.

    With `notes` a hand-over note is read too: a sheet without names, whose lines name units.
    """
    try:
        with path.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
            sheet = Sheet(path.name, digest, raw.tell())
        found = _read_file(sheet, path) or (notes and _read_file(sheet, path, columns.UNITS))
    except (OSError, UcdpError, WorkbookRefused, csv.Error, UnicodeDecodeError) as problem:
        raise _refused(path.name, getattr(problem, "wrong", "") or str(problem)) from problem
    if not found:
        raise _refused(path.name, _("no header row with a column of names was found"))
    if not sheet.read:
        raise _refused(path.name, _("it has no row below the header"))
    return sheet


def _read_file(sheet: Sheet, path: Path, told_by: Sequence[str] = columns.NAMES) -> bool:
    """True where the file has a header with one of the columns that tell who is listed."""
    if is_workbook(path):
        return _read(sheet, WorkbookRows(path), told_by)
    with open_text(path, max_bytes=LARGEST_SHEET) as opened:
        return _read(sheet, _CsvRows(opened.stream), told_by)


def read_typed(text: str, kind: AskedKind) -> list[Asked]:
    """The persons or units typed one a line: "name; date of birth; number" or "unit; parent"."""
    found = []
    for row, line in enumerate(text.splitlines(), 1):
        name, *rest = (" ".join(part.split()) for part in line.split(";"))
        if not any(char.isalpha() for char in name):
            continue
        first, second = (*rest, "", "")[:2]
        if kind == AskedKind.UNIT:
            found.append(Asked(kind, name[:300], row=row, parent=first[:300]))
            continue
        ids = ((ANY_NUMBER, second[:100]),) if second else ()
        births = read_birth(first)
        found.append(
            Asked(kind, name[:300], row=row, births=births, birth_as_written=first[:60], ids=ids)
        )
    return found


class _CsvRows:
    """The rows of a CSV file; `line_num` is the line that was read last."""

    def __init__(self, text: Iterator[str]) -> None:
        first = next(text, "")
        separator = max(",;\t", key=first.count)
        self._reader = csv.reader(chain([first], text), delimiter=separator)

    @property
    def line_num(self) -> int:
        return self._reader.line_num

    def __iter__(self) -> "_CsvRows":
        return self

    def __next__(self) -> list[str]:
        return next(self._reader)


def _refused(file: str, problem: str) -> RosterRefused:
    return RosterRefused(
        _(
            "%(file)s cannot be read: %(problem)s. Nothing was changed. Expected: a sheet (.xlsx) "
            "or CSV in UTF-8 with a header row and at least a column of names."
        )
        % {"file": file, "problem": problem[:200].rstrip(".")}
    )


def _read(sheet: Sheet, rows: WorkbookRows | _CsvRows, told_by: Sequence[str]) -> bool:
    keys = _header(sheet, rows, told_by)
    if keys is None:
        return False
    read_row = _row if told_by == columns.NAMES else _unit_row
    for cells in rows:
        values = _values(keys, cells)
        if not any(values.values()):
            continue
        sheet.read += 1
        if sheet.read > MOST_ROWS:
            raise _refused(
                sheet.file, _("it has more than %(n)d rows; screen it in parts") % {"n": MOST_ROWS}
            )
        asked = read_row(sheet, rows.line_num, values)
        if asked is not None:
            sheet.rows.append(asked)
    return True


def _header(
    sheet: Sheet, rows: WorkbookRows | _CsvRows, told_by: Sequence[str]
) -> list[str] | None:
    """The column each cell of a row belongs to; the header is the first row that names some."""
    for _at in range(HEADER_WITHIN):
        cells = next(rows, None)
        if cells is None:
            break
        keys = [columns.column_of(cell) for cell in cells]
        known = [key for key in keys if key]
        enough = len(known) >= FEWEST_HEADERS or (known and len(known) == len(cells))
        # A hand-over note has a column of units and others that no roster has: litres, signed by.
        if not (enough or told_by == columns.UNITS) or not set(known) & {*told_by}:
            continue
        twice = sorted({key for key in known if known.count(key) > 1})
        if twice:
            raise _refused(
                sheet.file, _("two columns mean the same: %(names)s") % {"names": ", ".join(twice)}
            )
        sheet.unknown_columns = [
            " ".join(cell.split())[:100]
            for cell, key in zip(cells, keys, strict=True)
            if cell.strip() and not key
        ]
        _note_missing(sheet, set(known))
        return keys
    return None


def _note_missing(sheet: Sheet, known: set[str]) -> None:
    one_name = columns.FULL_NAME.key in known
    for key in columns.KEYS:
        if key not in known and not (one_name and key in columns.NAMES):
            sheet.missing_columns.append(key)
    mandatory = [key for key in columns.FOR_LEAHY if key not in known]
    if not known & {*columns.UNITS}:
        mandatory.append("/".join(columns.UNITS))
    sheet.missing_mandatory = mandatory


def _values(keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {key: " ".join(cell.split()) for key, cell in zip(keys, cells, strict=False) if key}


def _row(sheet: Sheet, row: int, values: Mapping[str, str]) -> Asked | None:
    """The person of a row; None where there is no name, or a cell is too long to be one."""
    before = len(sheet.problems)
    _note_long(sheet, row, values)
    given, family = values.get(columns.GIVEN, ""), values.get(columns.FAMILY, "")
    name = values.get(columns.FULL_NAME.key, "") or " ".join(p for p in (given, family) if p)
    if not any(char.isalpha() for char in name):
        column = columns.FAMILY if columns.FAMILY in values else columns.FULL_NAME.key
        sheet.problems.append(CellProblem(row, column, name[:60], _("a name"), "bad"))
    if len(sheet.problems) > before:
        return None
    births = _birth(sheet, row, values)
    _note_incomplete(sheet, row, values)
    places = [
        values.get(key, "")
        for key in (columns.BIRTH_CITY, columns.BIRTH_STATE, columns.BIRTH_COUNTRY)
    ]
    numbers = (
        ("national id", values.get(columns.NATIONAL_ID, "")),
        ("service number", values.get(columns.FORCE_ID, "")),
        ("passport", values.get(columns.PASSPORT, "")),
    )
    return Asked(
        AskedKind.PERSON,
        name,
        row=row,
        given=given,
        family=family,
        births=births,
        birth_as_written=values.get(columns.BIRTH, ""),
        sex=SEXES.get(columns.plain_header(values.get(columns.SEX, "")), ""),
        places=tuple(place for place in places if place),
        ids=tuple((kind, number) for kind, number in numbers if number),
        unit=values.get(columns.UNIT_ALIAS, "") or values.get(columns.UNIT_BREAKDOWN, ""),
        unit_code=values.get(columns.UNIT_ID, ""),
        rank=values.get(columns.RANK, ""),
        post=values.get(columns.POST, ""),
        cells={key: value for key, value in values.items() if value},
    )


def _unit_row(sheet: Sheet, row: int, values: Mapping[str, str]) -> Asked | None:
    """The unit of a row of a hand-over note; None where none is named."""
    before = len(sheet.problems)
    _note_long(sheet, row, values)
    name = values.get(columns.UNIT_ALIAS, "") or values.get(columns.UNIT_BREAKDOWN, "")
    code = values.get(columns.UNIT_ID, "")
    if not any(char.isalnum() for char in name + code):
        column = next(key for key in columns.UNITS if key in values)
        sheet.problems.append(CellProblem(row, column, name[:60], _("a unit"), "bad"))
    if len(sheet.problems) > before:
        return None
    cells = {key: value for key, value in values.items() if value}
    return Asked(AskedKind.UNIT, name or code, row=row, unit_code=code, cells=cells)


def _note_long(sheet: Sheet, row: int, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        if len(value) > columns.LIMITS[key]:
            expected = _("at most %(n)d characters") % {"n": columns.LIMITS[key]}
            sheet.problems.append(CellProblem(row, key, value[:60], expected, "bad"))


def _birth(sheet: Sheet, row: int, values: Mapping[str, str]) -> tuple[DateRange, ...]:
    text = values.get(columns.BIRTH, "")
    births = read_birth(text)
    if text and not births:
        expected = _("a day such as 1980-04-25; the row is screened without it")
        sheet.problems.append(CellProblem(row, columns.BIRTH, text[:60], expected, "warning"))
    elif len(births) > 1:
        expected = _("day and month told apart (1980-04-25); both are looked for")
        sheet.problems.append(CellProblem(row, columns.BIRTH, text[:60], expected, "warning"))
    return births


def _note_incomplete(sheet: Sheet, row: int, values: Mapping[str, str]) -> None:
    """Says what is missing for the row's kind of vetting; a sheet that names none is for Leahy."""
    vetting = values.get(columns.VETTING, "").lower()
    if vetting and not vetting.startswith("leahy"):
        return
    missing = [key for key in columns.FOR_LEAHY if not values.get(key)]
    if not any(values.get(key) for key in columns.UNITS):
        missing.append("/".join(columns.UNITS))
    for key in missing:
        expected = _("filled: vetting of a person needs it")
        sheet.problems.append(CellProblem(row, key, "", expected, "incomplete"))
