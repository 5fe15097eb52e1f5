"""Recognising the areas of the board in the rows of a file: by code, name, then close spelling."""

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
import shapely
from django.utils.translation import gettext_noop

from primacy.platform.imports.actions import Problem
from primacy.rooms.places.imports.records import Row
from primacy.rooms.places.models import Area
from primacy.rooms.places.rules import fold

CLOSE = 0.88
BINS = 64
TELLING = re.compile(r"\d+|\b[a-z]\b|\b[ivx]+\b")
"""Numbers and single letters tell areas apart ("District 1", "Commonwealth B")."""
DIRECTIONS = frozenset(
    "north south east west central northern southern eastern western upper lower inner outer "
    "urban rural old new nord sud est ouest haut haute bas basse norte sul oriental occidental"
    .split()
)  # fmt: skip


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The folded name; where folding leaves nothing ("District"), the name in small letters."""
    return fold(name) or " ".join(name.casefold().split())


def joined(name: str) -> str:
    """The folded name without spaces: "Grand Kru" and "GrandKru" are one."""
    return key(name).replace(" ", "")


def closeness(one: str, other: str) -> float:
    """How alike two names are spelled, 0 to 1; 0 where a number or a direction differs."""
    a, b = key(one), key(other)
    if sorted(TELLING.findall(a)) != sorted(TELLING.findall(b)):
        return 0.0
    towards_a, towards_b = DIRECTIONS & set(a.split()), DIRECTIONS & set(b.split())
    if towards_a and towards_b and towards_a != towards_b:
        return 0.0
    return SequenceMatcher(None, a.replace(" ", ""), b.replace(" ", ""), autojunk=False).ratio()


def _letters(name: str) -> np.ndarray:
    """How often each letter stands in a joined name; different letters may share a bin."""
    return np.bincount([ord(letter) % BINS for letter in joined(name)], minlength=BINS)


def match_rows(
    rows: Sequence[Row],
    existing: Sequence[Area],
    labels: Mapping[uuid.UUID, tuple[float, float]],
    same_as: Mapping[str, str],
    close_spelling: bool,
) -> list[Problem]:
    """The problems found; puts on each row the area it belongs to and how that was seen.

    `existing` are the areas of the rows' level, `labels` points (lon, lat) inside their shapes in
    force. What the user said (`same_as`) comes first; then
    code, name, joined name and last, where wanted, the one close spelling.
    """
    problems: list[Problem] = []
    said = {key(name): code for name, code in same_as.items()}
    for row in rows:
        if key(row.name) in said:
            problems += _as_said(row, existing, said[key(row.name)])
    _by_code(rows, existing, problems)
    _by_name(rows, existing, key, "name", said)
    _by_name(rows, existing, joined, gettext_noop("name without spaces"), said)
    _by_name_elsewhere(rows, existing, labels, said)
    if close_spelling:
        problems += _by_closeness(rows, existing, said)
    return problems + _doubles(rows)


def _as_said(row: Row, existing: Sequence[Area], code: str) -> list[Problem]:
    if not code:
        row.how = gettext_noop("new, as said")
        return []
    row.area = next((a for a in existing if code in (a.code, a.p_code)), None)
    row.how = gettext_noop("as said")
    if row.area is not None:
        return []
    return [
        Problem(
            row.number, "same_as", code, gettext_noop("the code of an area of this level"),
            gettext_noop("Correct the pair given for '%(row)s', or leave it out.")
            % {"row": row.name},
        )
    ]  # fmt: skip


def _names(area: Area) -> list[str]:
    return [area.name, *(str(alias) for alias in area.aliases)]


def _under(row: Row, area: Area) -> bool:
    """True where nothing says the two stand under different parents."""
    if row.parent is None or area.parent_id is None:
        return True
    return row.parent.pk == area.parent_id


def _by_code(rows: Sequence[Row], existing: Sequence[Area], problems: list[Problem]) -> None:
    """Matches by code or P-code, unless the names say otherwise: codes change with the vintage."""
    by_code: dict[str, Area] = {}
    for area in existing:
        for code in (area.p_code, area.code):
            if code:
                by_code[code.casefold()] = area
    by_name: dict[str, list[Area]] = defaultdict(list)
    for area in existing:
        for name in _names(area):
            by_name[joined(name)].append(area)
    for row in rows:
        pointed = by_code.get(row.code.casefold()) if row.code and not row.how else None
        if pointed is None:
            continue
        named = [a for a in by_name[joined(row.name)] if _under(row, a)]
        if named and pointed not in named:
            problems.append(
                Problem(
                    row.number, "code", row.code, gettext_noop(
"a code that fits the name '%(row)s'"
)
                    % {"row": row.name},
                    gettext_noop(
"On this board the code is that of %(pointed)s; the row was "
"matched by its name. Codes differ between publishers and years."
) % {"pointed": pointed.name},
                    "warning",
                )
            )  # fmt: skip
            continue
        row.area, row.how = pointed, "code"
        if not named and closeness(row.name, pointed.name) < CLOSE:
            problems.append(
                Problem(
                    row.number, "name", row.name, pointed.name,
                    gettext_noop("The code is that of %(pointed)s, the name is another. If it is "
"another area, say so with the option same_as.") % {"pointed": pointed.name},
                    "warning",
                )
            )  # fmt: skip


def _by_name(
    rows: Sequence[Row],
    existing: Sequence[Area],
    form: Callable[[str], str],
    how: str,
    said: Mapping[str, str],
) -> None:
    """Matches rows to the one free area whose name or alias has the same form."""
    taken = {row.area.pk for row in rows if row.area is not None}
    by_form: dict[str, list[Area]] = defaultdict(list)
    for area in existing:
        for name in dict.fromkeys(form(name) for name in _names(area)):
            by_form[name].append(area)
    for row in _open(rows, said):
        fitting = [a for a in by_form[form(row.name)] if _under(row, a) and a.pk not in taken]
        if len(fitting) == 1:
            row.area = fitting[0]
            row.how = how if form(row.name) == form(fitting[0].name) else "alias"


def _by_name_elsewhere(
    rows: Sequence[Row],
    existing: Sequence[Area],
    labels: Mapping[uuid.UUID, tuple[float, float]],
    said: Mapping[str, str],
) -> None:
    """Matches areas put under another parent: the same name, on the same ground."""
    taken = {row.area.pk for row in rows if row.area is not None}
    for row in _open(rows, said):
        fitting = [
            area
            for area in existing
            if area.pk not in taken
            and area.pk in labels
            and joined(row.name) in {joined(name) for name in _names(area)}
            and shapely.contains_xy(row.shape, *labels[area.pk])
        ]
        if len(fitting) == 1:
            row.area, row.how = fitting[0], gettext_noop("name and place")


def _open(rows: Iterable[Row], said: Mapping[str, str]) -> list[Row]:
    return [row for row in rows if row.area is None and key(row.name) not in said]


def _by_closeness(
    rows: Sequence[Row], existing: Sequence[Area], said: Mapping[str, str]
) -> list[Problem]:
    """Matches where row and area are each other's only close spelling; says so as a warning."""
    taken = {row.area.pk for row in rows if row.area is not None}
    forms = [(area, name) for area in existing if area.pk not in taken for name in _names(area)]
    if not forms:
        return []
    # A million pairs take minutes letter by letter: the letters two names share bound their
    # closeness from above, and leave few pairs to compare.
    letters = np.array([_letters(name) for _, name in forms])
    best: dict[tuple[int, uuid.UUID], tuple[Row, Area, float]] = {}
    for row in _open(rows, said):
        own = _letters(row.name)
        bound = 2 * np.minimum(letters, own).sum(axis=1) / (letters.sum(axis=1) + own.sum())
        for index in np.flatnonzero(bound >= CLOSE).tolist():
            area, name = forms[index]
            near = closeness(row.name, name)
            known = best.get((row.number, area.pk))
            if near >= CLOSE and _under(row, area) and (known is None or near > known[2]):
                best[(row.number, area.pk)] = (row, area, near)
    pairs = list(best.values())
    problems: list[Problem] = []
    for row, area, near in pairs:
        if sum(r is row or a is area for r, a, _ in pairs) > 1:
            continue
        row.area, row.how = (
            area,
            gettext_noop("close spelling (%(near)s)") % {"near": format(near, ".2f")},
        )
        problems.append(
            Problem(
                row.number, "name", row.name, area.name,
                gettext_noop(
"Taken for the same area by its spelling. If it is another one, "
"say so with the option same_as."
),
                "warning",
            )
        )  # fmt: skip
    return problems


def _doubles(rows: Sequence[Row]) -> list[Problem]:
    """Rows that would be one area: the shape of one would silently replace the other's."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row.area is not None:
            groups[row.area.pk].append(row)
        else:
            groups[(row.parent.pk if row.parent else None, key(row.name))].append(row)
    problems = []
    for group in groups.values():
        others = ", ".join(str(row.number) for row in group)
        for row in group if len(group) > 1 else []:
            problems.append(
                Problem(
                    row.number, "name", row.name, gettext_noop("one row for each area"),
                    gettext_noop(
"Rows %(others)s are the same area here. Join (dissolve) them "
"into one shape, or tell them apart by name or with the option "
"same_as."
) % {"others": others},
                )
            )  # fmt: skip
    return problems
