"""Lists of what is asked for, as CSV: a header, a row each; bad rows are named, none is lost."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

MOST_BYTES = 64 * 2**20
MOST_ROWS = 500_000
LONGEST = 500


class AskedFileRefused(Exception):
    """The file cannot be read; nothing was asked."""


@dataclass(frozen=True)
class AskedRow:
    """A row: its number in the file, and its cells by the key of their column."""

    row: int
    cells: Mapping[str, str]

    def get(self, key: str) -> str:
        """The cell, empty where the file has none."""
        return self.cells.get(key, "")


@dataclass(frozen=True)
class AskedFile:
    """The rows that can be asked, those that cannot with what is wrong, columns left unread."""

    rows: tuple[AskedRow, ...]
    bad: tuple[tuple[int, str, str], ...]
    unread: tuple[str, ...]


def read_asked(path: Path, columns: Mapping[str, Sequence[str]], needed: str) -> AskedFile:
    """The rows of a file. `columns`: by key the headers it is known by; `needed` must be filled."""
    reader = csv.reader(io.StringIO(_text(path)))
    try:
        header = [" ".join(cell.casefold().split()) for cell in next(reader, [])]
        places = {
            key: next((at for at, name in enumerate(header) if name in (key, *known)), None)
            for key, known in columns.items()
        }
        if places[needed] is None:
            raise AskedFileRefused(
                _("%(file)s: no column '%(needed)s' in its first row. Nothing was asked. "
                      "Columns that are read: %(known)s.")
                % {"file": path.name, "needed": needed, "known": ", ".join(columns)}
            )  # fmt: skip
        rows, bad = [], []
        for number, line in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise AskedFileRefused(
                    _("%(file)s: more than %(n)s rows. Nothing was asked. Part the file.")
                    % {"file": path.name, "n": MOST_ROWS}
                )
            if not any(cell.strip() for cell in line):
                continue
            cells = {
                key: " ".join(line[at].split())
                for key, at in places.items()
                if at is not None and at < len(line)
            }
            wrong = _wrong(cells, needed)
            if wrong:
                bad.append((number, *wrong))
            else:
                rows.append(AskedRow(number, cells))
    except csv.Error as problem:
        raise AskedFileRefused(f"{path.name}: {problem}") from problem
    used = {at for at in places.values() if at is not None}
    unread = tuple(name for at, name in enumerate(header) if at not in used)
    return AskedFile(tuple(rows), tuple(bad), unread)


def _wrong(cells: Mapping[str, str], needed: str) -> tuple[str, str] | None:
    """The column and what was expected of it, where a row cannot be asked."""
    if not cells.get(needed):
        return needed, _("a name")
    for key, text in cells.items():
        if len(text) > LONGEST:
            return key, _("at most 500 characters")
    return None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AskedFileRefused(
                _("%(file)s is larger than 64 MB. Nothing was asked. Part the file.")
                % {"file": path.name}
            )
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise AskedFileRefused(
            _("%(file)s cannot be read as CSV in UTF-8: %(problem)s. Nothing was asked.")
            % {"file": path.name, "problem": problem}
        ) from problem
