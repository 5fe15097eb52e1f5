"""The sheets of files: CSV, also packed as .gz, or several in one .zip; each row accounted for.

A file comes from anywhere. It is read up to limits, nothing in a cell is run or followed, and what
is no table of the layout is refused as a whole with what was expected.
"""

import csv
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpError
from primacy.platform.exchange.sfm.columns import CLAIM, COLUMNS, KEY_COLUMN
from primacy.platform.exchange.sfm.problems import LEFT_OUT, SheetProblem, SheetsRefused
from primacy.platform.exchange.ucdp_source import open_text
from primacy.platform.exports import unsafe_cell

MOST_BYTES = 64 * 1024**2
MOST_ROWS = 200_000
MOST_MEMBERS = 20
MOST_COLUMNS = 300
LONGEST_CELL = 10_000
SHOWN = 60
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs by which a text can be made to read as another one."""


@dataclass(frozen=True)
class SheetRow:
    """One row below the header; `cells` holds the columns that are read, without outer blanks."""

    file: str
    sheet: str
    number: int
    cells: Mapping[str, str]
    one_claim: bool
    """True where the sheet states one claim in each row."""

    def get(self, column: str) -> str:
        """The text of a cell; empty where the sheet lacks the column."""
        return self.cells.get(column, "")


@dataclass
class SheetFiles:
    """All rows of the files given, by sheet, and what is wrong with them."""

    names: list[str] = field(default_factory=list)
    sha256: str = ""
    size: int = 0
    read: int = 0
    rows: dict[str, list[SheetRow]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheets(paths: Sequence[Path]) -> SheetFiles:
    """The rows of all files; `SheetsRefused` where one is no such sheet."""
    found = SheetFiles()
    digests = []
    for path in paths:
        try:
            with path.open("rb") as raw:
                digests.append(hashlib.file_digest(raw, "sha256").hexdigest())
                found.size += raw.tell()
        except OSError as problem:
            raise _refused(path.name, str(problem)) from problem
        for name, text in _tables(path):
            _read_table(name, text, found)
    found.sha256 = digests[0] if len(digests) == 1 else _digest_of(digests)
    if not found.read:
        raise _refused(", ".join(found.names) or "", gettext_noop("no row below the header"))
    return found


def _digest_of(digests: Sequence[str]) -> str:
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _tables(path: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """The tables of a file by name, as lines."""
    try:
        if zipfile.is_zipfile(path):
            yield from _members(path)
            return
        with open_text(path, MOST_BYTES) as opened:
            yield path.name, opened.stream
    except (OSError, UcdpError, UnicodeDecodeError, zipfile.BadZipFile, RuntimeError,
            NotImplementedError) as problem:  # fmt: skip
        raise _refused(path.name, str(problem)) from problem


def _members(path: Path) -> Iterator[tuple[str, Iterator[str]]]:
    with zipfile.ZipFile(path) as packed:
        names = [one for one in packed.infolist() if not one.is_dir()]
        tables = [one for one in names if one.filename.lower().endswith(".csv")]
        if not tables or len(names) > MOST_MEMBERS:
            words = gettext_noop("it holds %(n)s files, of which %(tables)s are CSV")
            raise _refused(path.name, words % {"n": len(names), "tables": len(tables)})
        if sum(one.file_size for one in tables) > MOST_BYTES:
            raise _refused(path.name, gettext_noop("it unpacks to more than 64 MB"))
        for one in tables:
            with packed.open(one) as raw:
                # The size in the index may lie: no more than the limit is ever unpacked.
                body = raw.read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES or b"\0" in body:
                raise _refused(one.filename[:80], gettext_noop("it is too large, or no text"))
            name = PurePosixPath(one.filename.replace("\\", "/")).name[:80]
            yield name, io.StringIO(body.decode("utf-8-sig"), newline="")


def _refused(name: str, problem: str) -> SheetsRefused:
    return SheetsRefused(
        gettext_noop(
            "%(name)s cannot be read: %(problem)s. Nothing was changed. Expected: CSV in UTF-8 "
            "with the header of one of the sheets (units, persons, persons_extra, incidents, "
            "sources), plain, packed as .gz, or several together in a .zip."
        )
        % {"name": name, "problem": problem[:300]}
    )


def _read_table(name: str, text: Iterator[str], found: SheetFiles) -> None:
    reader = csv.reader(text)
    try:
        header = [one.strip().lstrip("\ufeff").lower() for one in next(reader, [])]
        sheet = _sheet_of(name, header)
        found.names.append(name)
        _note_unread(name, sheet, header, found)
        rows = found.rows[sheet]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            found.read += 1
            if found.read > MOST_ROWS:
                raise _refused(name, gettext_noop("it holds more than 200,000 rows"))
            row = _row(name, sheet, header, reader.line_num, cells, found.problems)
            if row is not None:
                rows.append(row)
    except (csv.Error, UnicodeDecodeError, UcdpError) as problem:
        raise _refused(name, str(problem)) from problem


def _sheet_of(name: str, header: Sequence[str]) -> str:
    named = [column for column in header if column]
    if len(named) > MOST_COLUMNS:
        raise _refused(name, gettext_noop("its header has too many columns"))
    if len(set(named)) != len(named):
        raise _refused(name, gettext_noop("a column stands twice"))
    for sheet, column in KEY_COLUMN.items():
        if column in named:
            return sheet
    raise _refused(name, gettext_noop("its header is that of no sheet"))


def _note_unread(name: str, sheet: str, header: Sequence[str], found: SheetFiles) -> None:
    unread = [column for column in header if column and column not in COLUMNS[sheet]]
    if unread:
        words = gettext_noop("Columns of %(file)s left unread: %(names)s.")
        found.notes.append(words % {"file": name, "names": ", ".join(unread)[:300]})


def plain_text(text: str) -> str:
    """The text in one line, without signs that a sheet is refused for."""
    return "".join(c for c in " ".join(text.split()) if not _controls(c))


def _controls(char: str) -> bool:
    """True for signs that no name holds: controls, and those that turn text around."""
    return unicodedata.category(char) in ("Cc", "Cs", "Co") or char in TURNING


def _row(
    name: str,
    sheet: str,
    header: Sequence[str],
    number: int,
    cells: Sequence[str],
    problems: list[SheetProblem],
) -> SheetRow | None:
    if len(cells) != len(header):
        found = gettext_noop("%(n)s cells") % {"n": len(cells)}
        expected = gettext_noop("%(n)s cells") % {"n": len(header)}
        problems.append(SheetProblem(name, number, "", found, expected))
        return None
    read: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=True):
        if column not in COLUMNS[sheet]:
            continue
        text = " ".join(unsafe_cell(cell).split())
        if len(text) > LONGEST_CELL:
            expected = gettext_noop("at most %(limit)s characters") % {"limit": LONGEST_CELL}
            problems.append(SheetProblem(name, number, column, text[:SHOWN], expected, LEFT_OUT))
            return None
        if any(_controls(c) for c in text):
            expected = gettext_noop("text without control characters")
            shown = "".join("?" if _controls(c) else c for c in text[:SHOWN])
            problems.append(SheetProblem(name, number, column, shown, expected, LEFT_OUT))
            return None
        read[column] = text
    return SheetRow(name, sheet, number, read, one_claim=CLAIM[0] in header)
