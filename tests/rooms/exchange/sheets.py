"""Sheets as others send them, written row by row."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from primacy.platform.exchange.sfm.columns import CLAIM, COLUMNS, RANGE

ADDED = (*CLAIM, "unit:force", "unit:side", "unit:latitude", "unit:longitude")


def sheet(
    folder: Path, name: str, rows: Sequence[Mapping[str, str]], file: str = "", **more: object
) -> Path:
    """A file of one sheet with the template's own columns, and those the rows name."""
    named = {column for row in rows for column in row}
    columns = [c for c in COLUMNS[name] if c not in ADDED or c in named]
    if named & set(RANGE):
        columns = [*COLUMNS[name]]
    columns += sorted(named - set(columns))
    path = folder / (file or f"{name}.csv")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def source(key: str, title: str = "Gazette", **more: str) -> dict[str, str]:
    """A place in a source."""
    return {
        "source:access_point_id:admin": key, "source:type": "document", "source:title": title,
        "source:access_point_type": "page", "source:access_point_trigger": key,
        **{f"source:{name}": value for name, value in more.items()},
    }  # fmt: skip


def unit(key: str, name: str = "", cites: str = "", **more: str) -> dict[str, str]:
    """A unit; names of columns without the word before the colon."""
    row = {"unit:id:admin": key, "unit:status:admin": "3", "unit:name": name,
           "unit:name:source": cites}  # fmt: skip
    return {**row, **{f"unit:{name}": value for name, value in more.items()}}


def under(key: str, superior: str, cites: str = "", **more: str) -> dict[str, str]:
    """A unit under the command of another."""
    relation = {
        "relation_type": "child", "related_unit_class": "Command",
        "related_unit_id:admin": superior, "related_unit:source": cites,
    }  # fmt: skip
    return unit(key, **{**relation, **more})


def person(key: str, name: str = "", cites: str = "", **more: str) -> dict[str, str]:
    """A person; names of columns without the word before the colon."""
    row = {"person:id:admin": key, "person:status:admin": "3", "person:name": name,
           "person:name:source": cites}  # fmt: skip
    return {**row, **{f"person:{name}": value for name, value in more.items()}}
