"""Who is next to whom: rings of neighbours of every unit, from the grid or from any matrix.

Ring 1 of a grid is the 8 cells around a cell, ring 2 the 16 around those; between areas, rings are
given by borders (ring 2: neighbours of neighbours) or by bands of travel time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from primacy.kernels.forecast.errors import BadNeighbours
from primacy.kernels.forecast.panel import Ids
from primacy.kernels.grid.priogrid import CELLS, COLUMNS, ROWS


@dataclass(frozen=True)
class Rings:
    """Neighbour matrices (units x units, sparse), nearest ring first; the unit is in none.

    The entry (i, j) is the weight of unit j among the neighbours of unit i, 1 for plain
    neighbours.
    """

    matrices: tuple[sparse.csr_array, ...]
    size: int

    def __post_init__(self) -> None:
        for matrix in self.matrices:
            if matrix.shape != (self.size, self.size):
                raise BadNeighbours(
                    f"A neighbour matrix of shape {matrix.shape} does not fit {self.size} units."
                )
            if matrix.nnz and not (np.isfinite(matrix.data).all() and matrix.data.min() >= 0):
                raise BadNeighbours("Weights of neighbours must be finite and not below 0.")

    def __len__(self) -> int:
        return len(self.matrices)

    def first(self, count: int) -> "Rings":
        """The nearest `count` rings, or all where there are fewer."""
        return Rings(self.matrices[:count], self.size)


def no_neighbours(size: int) -> Rings:
    """Rings of units that stand alone."""
    return Rings((), size)


def grid_rings(gids: npt.ArrayLike, count: int = 2) -> Rings:
    """The rings of PRIO-GRID cells among those given; the grid joins up at 180 degrees.

    Raises `BadNeighbours` for a number that is no cell.
    """
    cells = np.asarray(gids, dtype=np.int64)
    if cells.size and (cells.min() < 1 or cells.max() > CELLS):
        raise BadNeighbours(f"PRIO-GRID cells are numbered 1 to {CELLS}.")
    place = np.full(CELLS + 1, -1, dtype=np.int64)
    place[cells] = np.arange(cells.size)
    row, column = np.divmod(cells - 1, COLUMNS)
    return Rings(
        tuple(_ring(place, row, column, distance) for distance in range(1, count + 1)), cells.size
    )


def _ring(place: Ids, row: Ids, column: Ids, distance: int) -> sparse.csr_array:
    """The cells exactly `distance` steps (of a king) away."""
    span = range(-distance, distance + 1)
    steps = [(a, b) for a in span for b in span if max(abs(a), abs(b)) == distance]
    ones, others = [], []
    for up, right in steps:
        to_row, to_column = row + up, (column + right) % COLUMNS
        real = (to_row >= 0) & (to_row < ROWS)
        other = np.where(real, place[np.where(real, to_row * COLUMNS + to_column + 1, 0)], -1)
        there = other >= 0
        ones.append(np.flatnonzero(there))
        others.append(other[there])
    return _matrix(np.concatenate(ones), np.concatenate(others), row.size)


def border_rings(pairs: npt.ArrayLike, size: int, count: int = 1) -> Rings:
    """The rings of areas that share a border: `pairs` (n, 2) are rows of the panel, either way.

    Ring 2 is the neighbours of neighbours, and so on, each area in its nearest ring only.
    """
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if table.size and (table.min() < 0 or table.max() >= size):
        raise BadNeighbours(f"A border names a unit outside 0..{size - 1}.")
    table = table[table[:, 0] != table[:, 1]]
    step = _matrix(np.r_[table[:, 0], table[:, 1]], np.r_[table[:, 1], table[:, 0]], size)
    seen = (step + sparse.eye_array(size)).tocsr()
    rings = [step]
    while len(rings) < count:
        reached = (rings[-1] @ step).tocsr()
        reached.data[:] = 1.0
        new = (reached - reached.multiply(seen > 0)).tocsr()
        new.eliminate_zeros()
        rings.append(new)
        seen = (seen + new).tocsr()
    return Rings(tuple(rings[:count]), size)


def distance_rings(distances: npt.ArrayLike, limits: Sequence[float]) -> Rings:
    """The rings of units by distance or travel time (n, n): up to the first limit, the next, ...

    A value that is not finite means "no way there", never "next door".
    """
    table = np.asarray(distances, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise BadNeighbours("Distances must be a square table, one row and column a unit.")
    if sorted(limits) != list(limits):
        raise BadNeighbours("Limits of rings must rise.")
    other = ~np.eye(table.shape[0], dtype=bool) & np.isfinite(table)
    low, rings = -np.inf, []
    for limit in limits:
        ones, others = np.nonzero(other & (table > low) & (table <= limit))
        rings.append(_matrix(ones, others, table.shape[0]))
        low = limit
    return Rings(tuple(rings), table.shape[0])


def weighted_ring(matrix: sparse.sparray | npt.ArrayLike) -> Rings:
    """One ring with the weights given (n x n); a unit's weight for itself is dropped."""
    table = sparse.coo_array(matrix)
    away = table.row != table.col
    made = sparse.coo_array((table.data[away], (table.row[away], table.col[away])), table.shape)
    return Rings((made.tocsr(),), int(table.shape[0]))


def _matrix(ones: npt.NDArray[np.int64], others: npt.NDArray[np.int64], n: int) -> sparse.csr_array:
    made = sparse.coo_array((np.ones(ones.size), (ones, others)), (n, n)).tocsr()
    made.data[:] = 1.0
    made.sort_indices()
    return made
