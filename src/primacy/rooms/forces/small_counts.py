"""Which strength figures an outsider is not given: the small ones, and those that show them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from primacy.kernels.disclosure import MINIMUM, CannotProtect, Sum, protect
from primacy.platform.policy import Marking
from primacy.rooms.forces.models import Strength

Occasion = tuple[object, ...]


def withheld_figures(rows: Iterable[Strength]) -> set[uuid.UUID]:
    """The figures below the minimum, and others so that no superior unit gives one away.

    Where the units under a unit add up to its own figure, that figure is their total. All figures
    of the mission are looked at together: what a filter leaves out could still be subtracted.
    """
    occasions: dict[Occasion, list[Strength]] = defaultdict(list)
    for row in rows:
        occasions[(row.kind, row.area_id, row.date_from, row.date_to)].append(row)
    held: set[uuid.UUID] = set()
    for found in occasions.values():
        held |= _held(found)
    return held


def _held(rows: list[Strength]) -> set[uuid.UUID]:
    """The figures of one kind, place and span that are held back."""
    stated = [row for row in rows if _is_count(row)]
    closed = {row.pk for row in rows if row.marking > Marking.PUBLIC}
    # A range has no place in a sum; it is held back whole where its lower end is small.
    held = {row.pk for row in rows if row.pk in closed and not _is_count(row) and _is_low(row)}
    cells, sums = _table(stated)
    facts = {str(row.pk) for row in stated if row.pk not in closed}
    try:
        shown = protect(cells, sums, published=facts)
    except CannotProtect:
        return held | {row.pk for row in stated if row.pk in closed}
    return held | {uuid.UUID(name) for name in shown.held_back}


def _table(rows: list[Strength]) -> tuple[dict[str, int], list[Sum]]:
    """Units as cells; a unit whose units add up to it as their sum, the lowest sums first."""
    by_unit = {row.unit_id: row for row in rows}
    below: dict[uuid.UUID, list[Strength]] = defaultdict(list)
    for row in by_unit.values():
        if row.unit.parent_id in by_unit:
            below[row.unit.parent_id].append(row)
    totals = {
        unit
        for unit, parts in below.items()
        if sum(_count(part) for part in parts) == _count(by_unit[unit])
    }
    cells = {str(row.pk): _count(row) for row in rows if by_unit[row.unit_id] is not row}
    cells |= {str(by_unit[u].pk): _count(by_unit[u]) for u in by_unit if u not in totals}
    sums: list[Sum] = []
    waiting = list(totals)
    named = set(cells)
    while waiting:
        ready = [u for u in waiting if all(str(part.pk) in named for part in below[u])]
        if not ready:
            # Units that command each other in a ring add nothing up.
            cells |= {str(by_unit[u].pk): _count(by_unit[u]) for u in waiting}
            break
        for unit in ready:
            name = str(by_unit[unit].pk)
            sums.append(Sum(name, tuple(str(part.pk) for part in below[unit])))
            named.add(name)
        waiting = [u for u in waiting if u not in ready]
    return cells, sums


def _is_count(row: Strength) -> bool:
    return row.value is not None and row.value_low is None and float(row.value).is_integer()


def _is_low(row: Strength) -> bool:
    given = [v for v in (row.value, row.value_low, row.value_high) if v is not None]
    return bool(given) and min(given) < MINIMUM


def _count(row: Strength) -> int:
    return int(row.value or 0)
