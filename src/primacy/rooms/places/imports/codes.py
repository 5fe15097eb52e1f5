"""Codes for new areas: the file's own where it can stand alone, else one built from the name."""

import re
from collections.abc import Iterable, Sequence

from primacy.rooms.places.imports.match import key
from primacy.rooms.places.imports.records import Row
from primacy.rooms.places.models import Mission

CODE_LIMIT = 40


def give_codes(rows: Sequence[Row], mission: Mission, taken: Iterable[str]) -> None:
    """Puts a code that is free in the mission on each row that will be a new area."""
    used = {code.casefold() for code in taken}
    for row in rows:
        row.new_code = _free(_wanted(row, mission), used)
        used.add(row.new_code.casefold())


def _wanted(row: Row, mission: Mission) -> str:
    """A code that speaks for itself: bare numbers get the parent's or country's code before."""
    if re.search(r"[A-Za-z]", row.code):
        return row.code[:CODE_LIMIT]
    before = row.parent.code if row.parent else (mission.country_code or mission.code).upper()
    own = row.code or re.sub(r"[^A-Z0-9]+", "-", key(row.name).upper()).strip("-")
    return f"{before}-{own or row.number}"[:CODE_LIMIT]


def _free(wanted: str, used: set[str]) -> str:
    code, count = wanted, 1
    while code.casefold() in used:
        count += 1
        code = f"{wanted[: CODE_LIMIT - 4]}-{count}"
    return code
