"""Printing: JSON for programs, tables for people, CSV for spreadsheets."""

import csv
import datetime as dt
import json
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from primacy.platform.exports import safe_cell

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def _plain(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"cannot print {type(value).__name__} as JSON")


def say(text: str) -> None:
    """Prints a message as it is: no mark-up, no line breaks inside ids and addresses."""
    console.print(text, markup=False, soft_wrap=True)


def print_json(data: Mapping[str, object] | Sequence[object]) -> None:
    """Writes JSON to standard output."""
    json.dump(data, sys.stdout, indent=2, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def print_csv(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Writes CSV with a header to standard output; cells are made safe for spreadsheets."""
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    for line in lines:
        writer.writerow([safe_cell(cell) for cell in line])


def print_table(title: str, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Writes a table for people."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column)
    for line in lines:
        table.add_row(*["" if cell is None else str(cell) for cell in line])
    console.print(table)
