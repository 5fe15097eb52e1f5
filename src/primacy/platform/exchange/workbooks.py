"""The first sheet of an XLSX workbook as rows of text, after the file was looked through.

A workbook is a zip of XML, so it can be a bomb twice over. Entries, sizes and markup are checked
before any of it is parsed; macros and formulas are refused, since what a formula would show is not
in the file. Rows come one at a time.
"""

import datetime as dt
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

ZIP_START = b"PK\x03\x04"
ENTRY_LIMIT = 1000
UNPACKED_LIMIT = 60_000_000
RATIO_LIMIT = 200
RATIO_FROM = 10_000_000
COLUMN_LIMIT = 60
ROW_LIMIT = 100_000
BLANK_LIMIT = 5_000
"""Blank rows in a row after which the sheet is taken to be over."""
BLOCK = 1 << 20

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ParseError,
    DefusedXmlException, KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError,
    RecursionError,
)  # fmt: skip
"""What openpyxl lets through when the parts of a workbook do not fit together."""


class WorkbookRefused(Exception):
    """The workbook is not read; the message says what it holds and what to do."""


class WorkbookRows:
    """The rows of the first sheet as text; `line_num` is the row that was read last."""

    def __init__(self, path: Path) -> None:
        self.line_num = 0
        self._rows = _rows(path)

    def __iter__(self) -> "WorkbookRows":
        return self

    def __next__(self) -> list[str]:
        self.line_num, row = next(self._rows)
        return row


def is_workbook(path: Path) -> bool:
    """True where the file is a zip, as every XLSX workbook is."""
    with path.open("rb") as raw:
        return raw.read(4) == ZIP_START


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that is not blank, as wide as the first."""
    from openpyxl import load_workbook  # slow to load
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _look_through(path)
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            yield from _cells(book.worksheets[0].iter_rows(max_col=COLUMN_LIMIT))
        finally:
            book.close()
    except (*_DAMAGE, InvalidFileException) as problem:
        raise WorkbookRefused(
            gettext_noop("it is no workbook that can be read (%(problem)s)")
            % {"problem": str(problem)[:120]}
        ) from problem


def _look_through(path: Path) -> None:
    """Nothing; refuses bombs, macros, locked files and markup that declares entities."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(path.stat().st_size, 1)
        if len(entries) > ENTRY_LIMIT:
            raise WorkbookRefused(
                gettext_noop("it holds %(entries)s parts; a workbook has at most %(limit)s")
                % {"entries": len(entries), "limit": ENTRY_LIMIT}
            )
        # zipfile never gives more bytes of an entry than its list says, so the sum is a bound.
        if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed):
            raise WorkbookRefused(
                gettext_noop("it unpacks to %(size)s MB; at most %(limit)s MB are read")
                % {"size": unpacked // 1_000_000, "limit": UNPACKED_LIMIT // 1_000_000}
            )
        if any("vba" in entry.filename.lower() for entry in entries):
            raise WorkbookRefused(gettext_noop("it holds macros; save it without (.xlsx)"))
        for entry in entries:
            if entry.flag_bits & 1:
                raise WorkbookRefused(gettext_noop("it is locked with a password"))
            if entry.filename.lower().endswith((".xml", ".rels")):
                _require_plain(archive, entry)


def _require_plain(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Nothing; refuses a document type, and encodings that could hide one."""
    tail = b""
    with archive.open(entry) as part:
        while block := part.read(BLOCK):
            seen = tail + block
            if b"\0" in block or b"<!DOCTYPE" in seen.upper() or b"<!ENTITY" in seen.upper():
                raise WorkbookRefused(
                    gettext_noop("a part of it declares entities, which no spreadsheet needs")
                )
            tail = block[-16:]


def _cells(
    rows: Iterator["tuple[Cell | MergedCell, ...]"],
) -> Iterator[tuple[int, list[str]]]:
    width = blank = 0
    for number, row in enumerate(rows, 1):
        if number > ROW_LIMIT:
            raise WorkbookRefused(
                gettext_noop("it has more than %(limit)s rows; save the sheet as CSV instead")
                % {"limit": ROW_LIMIT}
            )
        values = [_text(cell) for cell in row]
        while values and not values[-1]:
            values.pop()
        blank = 0 if values else blank + 1
        if blank > BLANK_LIMIT:
            return
        if not values:
            continue
        width = width or len(values)
        yield number, values + [""] * (width - len(values))


def _text(cell: "Cell | MergedCell") -> str:
    """The cell as CSV would hold it; a formula is refused, with its place."""
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        raise WorkbookRefused(
            gettext_noop("cell %(cell)s holds a formula; paste it as a value")
            % {"cell": getattr(cell, "coordinate", "")}
        )
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
