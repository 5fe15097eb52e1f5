"""Finding the area a row lies in: by the parent its columns name, else by where it lies."""

import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from django.utils.translation import gettext_noop

from primacy.platform.imports.actions import Problem
from primacy.rooms.places.imports.match import joined
from primacy.rooms.places.imports.records import Row
from primacy.rooms.places.models import Area, AreaBoundary
from primacy.rooms.places.rules import AreaLocator


def resolve_parents(
    rows: Sequence[Row],
    candidates: Sequence[Area],
    boundaries: Sequence[AreaBoundary],
    geometries: Mapping[uuid.UUID, Mapping[str, object]],
) -> tuple[list[Problem], list[str]]:
    """The undecided rows and remarks; puts the parent on each row where it can be told.

    `candidates` are the areas of the level above, `boundaries` their shapes in force.
    """
    if not candidates:
        return [], []
    _by_column(rows, candidates)
    by_place = [row for row in rows if row.parent is None]
    _by_point(by_place, candidates, boundaries, geometries)
    if len(candidates) == 1 and candidates[0].level == 0:
        # A board has one country: its counties lie in it even where it has no shape yet.
        for row in by_place:
            row.parent = row.parent or candidates[0]
    placed = [row for row in by_place if row.parent is not None and row.parent_name]
    pairs = sorted({f"'{row.parent_name}' → {row.parent}" for row in placed})
    notes = []
    if placed:
        notes.append(
            gettext_noop(
                "%(placed)s rows name a parent that is not on the board; it was told "
                "from where they lie: %(pairs)s."
            )
            % {"placed": len(placed), "pairs": ", ".join(pairs[:10])}
        )
    return [_undecided(row) for row in rows if row.parent is None], notes


def _by_column(rows: Sequence[Row], candidates: Sequence[Area]) -> None:
    """Parents by code, then by name or alias, where exactly one answers."""
    codes: dict[str, set[Area]] = {}
    names: dict[str, set[Area]] = {}
    for area in candidates:
        for code in filter(None, (area.code, area.p_code)):
            codes.setdefault(code.casefold(), set()).add(area)
        for name in (area.name, *(str(alias) for alias in area.aliases)):
            names.setdefault(joined(name), set()).add(area)
    for row in rows:
        # The name goes before the code: codes of another vintage may point to another area.
        tries = (
            names.get(joined(row.parent_name)) if row.parent_name else None,
            codes.get(row.parent_name.casefold()) if row.parent_name else None,
            codes.get(row.parent_code.casefold()) if row.parent_code else None,
        )
        found = next((areas for areas in tries if areas and len(areas) == 1), None)
        row.parent = next(iter(found)) if found else None


def _by_point(
    rows: Sequence[Row],
    candidates: Sequence[Area],
    boundaries: Sequence[AreaBoundary],
    geometries: Mapping[uuid.UUID, Mapping[str, object]],
) -> None:
    """Parents by the parent's shape that holds a point inside the row's shape."""
    if not rows or not boundaries:
        return
    by_id = {area.pk: area for area in candidates}
    locator = AreaLocator([(b.area_id, 0, geometries[b.area_id]) for b in boundaries])
    points = shapely.get_coordinates([row.shape.representative_point() for row in rows])
    found = locator.locate(np.asarray(points[:, 1]), np.asarray(points[:, 0]))
    for row, area_id in zip(rows, found, strict=True):
        row.parent = next((a for pk, a in by_id.items() if pk == area_id), None)


def _undecided(row: Row) -> Problem:
    said = f"'{row.parent_name}'" if row.parent_name else gettext_noop("no parent")
    return Problem(
        row.number,
        "parent",
        row.parent_name,
        gettext_noop("an area of the level above, by name, code or place"),
        gettext_noop(
            "The row '%(row)s' names %(said)s and lies in none that has a shape. It "
            "would be loaded without parent; load the level above first, or correct the "
            "column."
        )
        % {"row": row.name, "said": said},
        "warning",
    )
