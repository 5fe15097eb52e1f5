"""Funnels and compositions as they may leave: small counts held back, also against subtraction."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from primacy.kernels.disclosure import MINIMUM, CannotProtect, Protected, Sum, protect
from primacy.kernels.recruitment.errors import BadFunnel

Cell = tuple[str, ...]
"""One value of each dimension, such as ("women", "North")."""

ALL = ""


@dataclass(frozen=True)
class ShownFunnel:
    """Counts that may leave. A margin has `ALL` ("") where a dimension is summed over.

    None is held back. What dropped out is held back with what stayed, as the one gives the other.
    """

    stages: tuple[str, ...]
    reached: Mapping[tuple[str, Cell], int | None]
    dropped: Mapping[tuple[str, Cell], int | None]


def shown_funnel(
    stages: Sequence[str], counts: Mapping[tuple[str, Cell], int], minimum: int = MINIMUM
) -> ShownFunnel:
    """A funnel of joint cells with every margin, protected as one table.

    The cells are those who dropped out after each stage and those who reached the last; everything
    else is a sum of them, over the dimensions and over the stages that follow.
    """
    cells = sorted({cell for _, cell in counts})
    if not cells:
        return ShownFunnel(tuple(stages), {}, {})
    _check(stages, counts, cells)
    base: dict[str, int] = {}
    for at, stage in enumerate(stages):
        for cell in cells:
            later = counts.get((stages[at + 1], cell), 0) if at + 1 < len(stages) else 0
            base[_name(stage, "out", cell)] = counts.get((stage, cell), 0) - later
    sums: list[Sum] = []
    for at in reversed(range(len(stages))):
        stage = stages[at]
        for margin, members in _margins(cells).items():
            if members != (margin,):
                inside = tuple(_name(stage, "out", cell) for cell in members)
                sums.append(Sum(_name(stage, "out", margin), inside))
            if at + 1 < len(stages):
                two = (_name(stage, "out", margin), _reached(stages, at + 1, margin))
                sums.append(Sum(_reached(stages, at, margin), two))
    values = _protected(base, sums, minimum)
    margins = _margins(cells)
    reached = {
        (stage, cell): values[_reached(stages, at, cell)]
        for at, stage in enumerate(stages)
        for cell in margins
    }
    dropped = {
        (stage, cell): values[_name(stage, "out", cell)]
        for stage in stages[:-1]
        for cell in margins
    }
    return ShownFunnel(tuple(stages), reached, dropped)


def shown_counts(counts: Mapping[Cell, int], minimum: int = MINIMUM) -> dict[Cell, int | None]:
    """Counts by several dimensions with every margin, small ones held back."""
    if not counts:
        return {}
    cells = sorted(counts)
    base = {_name("", "", cell): counts[cell] for cell in cells}
    sums = [
        Sum(_name("", "", margin), tuple(_name("", "", cell) for cell in members))
        for margin, members in _margins(cells).items()
        if members != (margin,)
    ]
    values = _protected(base, sums, minimum)
    return {margin: values[_name("", "", margin)] for margin in _margins(cells)}


def _protected(
    base: Mapping[str, int], sums: Sequence[Sum], minimum: int
) -> Mapping[str, int | None]:
    """The values as they may leave; all held back where nothing protects the small ones."""
    try:
        shown: Protected = protect(base, sums, minimum=minimum)
    except CannotProtect:
        return {name: None for name in (*base, *(total.name for total in sums))}
    return shown.values


def _margins(cells: Sequence[Cell]) -> dict[Cell, tuple[Cell, ...]]:
    """Each cell and each margin → the cells in it. Cells of one come first, the whole last."""
    found: dict[Cell, list[Cell]] = {}
    for mask in range(1 << len(cells[0])):
        for cell in cells:
            margin = tuple(ALL if mask >> at & 1 else value for at, value in enumerate(cell))
            found.setdefault(margin, []).append(cell)
    return {margin: tuple(members) for margin, members in found.items()}


def _name(stage: str, what: str, cell: Cell) -> str:
    return "\x1f".join((stage, what, *cell))


def _reached(stages: Sequence[str], at: int, cell: Cell) -> str:
    """The quantity of who reached a stage: for the last stage, who is there at the end."""
    return _name(stages[at], "out" if at + 1 == len(stages) else "in", cell)


def _check(
    stages: Sequence[str], counts: Mapping[tuple[str, Cell], int], cells: Sequence[Cell]
) -> None:
    if len({len(cell) for cell in cells}) > 1 or any(ALL in cell for cell in cells):
        raise BadFunnel("Each cell needs a value, and not an empty one, for every dimension.")
    for stage, after in itertools.pairwise(stages):
        for cell in cells:
            if counts.get((after, cell), 0) > counts.get((stage, cell), 0):
                raise BadFunnel(
                    f"More of {' · '.join(cell)} reached {after} than the stage before it, {stage}."
                )
