"""A table from a CSV file or a workbook: rows by column name, with what was wrong with them."""

import csv
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpError, UcdpFileError
from primacy.platform.exchange.ucdp_source import open_text
from primacy.platform.exchange.workbooks import WorkbookRefused, WorkbookRows, is_workbook
from primacy.platform.imports.actions import Problem
from primacy.rooms.census.errors import CensusFileRefused

UNPACKED_LIMIT = 300_000_000
MOST_ROWS = 2_000_000
SHOWN = 80
PERSONAL = frozenset({"name", "number", "born", "card", "superior", "account", "bank", "sex"})
"""Columns whose values are not repeated in a report of problems, which more people read."""
LEFT_OUT = gettext_noop("The row is left out. Correct it and load the file again.")
KEPT = gettext_noop("The row is kept without it.")


@dataclass
class Line:
    """One row of the file by column; the cells are stripped."""

    row: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass
class TableFile:
    """All that was read of one file."""

    name: str
    sha256: str = ""
    size: int = 0
    read: int = 0
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, line: Line, column: str, expected: str) -> None:
        """Notes why a row is left out."""
        self.problems.append(Problem(line.row, column, _told(line, column), expected, LEFT_OUT))

    def warn(self, line: Line, column: str, expected: str) -> None:
        """Notes what a row is kept without."""
        value = _told(line, column)
        self.problems.append(Problem(line.row, column, value, expected, KEPT, "warning"))


def _told(line: Line, column: str) -> str:
    """The value of a cell as a report of problems may repeat it."""
    if column in PERSONAL and line[column]:
        return gettext_noop("see the file")
    return line[column][:SHOWN]


def read_table(path: Path, required: Sequence[str], optional: Sequence[str]) -> TableFile:
    """The rows of a file; `CensusFileRefused` where it cannot be read as a whole."""
    table = TableFile(path.name)
    try:
        with path.open("rb") as raw:
            table.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
            table.size = raw.tell()
        with _rows(path) as rows:
            _fill(table, rows, required, optional)
    except (OSError, UcdpError, WorkbookRefused, csv.Error) as problem:
        wrong = problem.wrong.rstrip(".") if isinstance(problem, UcdpFileError) else str(problem)
        raise CensusFileRefused(
            gettext_noop(
                "%(path)s cannot be read: %(problem)s. Nothing was changed. Expected: a CSV file "
                "in UTF-8 with a header, or a workbook (.xlsx) with the rows on its first sheet."
            )
            % {"path": path.name, "problem": wrong}
        ) from problem
    if not table.read:
        raise CensusFileRefused(
            gettext_noop("%(path)s holds no rows. Nothing was changed.") % {"path": path.name}
        )
    return table


@contextmanager
def _rows(path: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Line numbers and cells of every row, whatever the file is."""
    if is_workbook(path):
        book = WorkbookRows(path)
        yield ((book.line_num, row) for row in book)
        return
    with open_text(path, UNPACKED_LIMIT) as text:
        first = text.stream.readline()
        mark = max(",;\t", key=first.count)
        reader = csv.reader(itertools.chain([first], text.stream), delimiter=mark, strict=True)
        yield ((reader.line_num, row) for row in reader)


def _fill(
    table: TableFile,
    rows: Iterator[tuple[int, list[str]]],
    required: Sequence[str],
    optional: Sequence[str],
) -> None:
    _number, first = next(rows, (0, []))
    header = [name.strip().lower().replace(" ", "_") for name in first]
    missing = [name for name in required if name not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if missing or twice:
        raise CensusFileRefused(
            gettext_noop(
                "%(file)s lacks the columns %(missing)s (or has some twice: %(twice)s). Nothing "
                "was changed. It needs %(required)s, and may have %(optional)s."
            )
            % {
                "file": table.name,
                "missing": ", ".join(missing) or "-",
                "twice": ", ".join(twice) or "-",
                "required": ", ".join(required),
                "optional": ", ".join(optional),
            }
        )
    unread = [name for name in header if name and name not in (*required, *optional)]
    if unread:
        table.notes.append(
            gettext_noop("Columns that were not read: %(unread)s.")
            % {"unread": ", ".join(unread)[:200]}
        )
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        table.read += 1
        if table.read > MOST_ROWS:
            raise CensusFileRefused(
                gettext_noop("%(path)s has more than %(n)s rows. Nothing was changed; split it.")
                % {"path": table.name, "n": MOST_ROWS}
            )
        line = Line(
            number, {name: cell.strip() for name, cell in zip(header, row, strict=False) if name}
        )
        if len(row) != len(header):
            expected = gettext_noop("%(n)s fields") % {"n": len(header)}
            table.problems.append(Problem(number, "", str(len(row)), expected, LEFT_OUT))
        elif lacking := [name for name in required if not line[name]]:
            table.refuse(line, lacking[0], gettext_noop("a value"))
        else:
            table.lines.append(line)
