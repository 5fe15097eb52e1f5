"""Small panels that the tests of the forecast kernel share."""

import numpy as np

from primacy.kernels.forecast import Panel, Rings, grid_rings

SIDE = 8


def block_of_cells(side: int = SIDE) -> np.ndarray:
    """A square of PRIO-GRID cells."""
    return ((np.arange(side)[:, None] + 190) * 720 + np.arange(side) + 400).ravel()


def restless(months: int = 120, seed: int = 7) -> tuple[Panel, Rings]:
    """A square in which a third of the cells sees violence, in bouts."""
    random = np.random.default_rng(seed)
    cells = block_of_cells()
    level = np.where(random.random(cells.size) < 0.35, 0.25, 0.01)
    bouts = np.exp(np.cumsum(random.normal(0, 0.2, (cells.size, months)), axis=1) - 1)
    happened = random.random((cells.size, months)) < np.clip(level[:, None] * bouts, 0, 0.8)
    counts = happened * np.ceil(random.lognormal(1, 1, happened.shape))
    return Panel(cells, 300, counts, np.full(cells.size, 300)), grid_rings(cells)
