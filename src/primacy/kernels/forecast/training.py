"""The rows a model is fitted to: past cuts with what followed, all of it before the data cut.

Only months up to the cut serve as outcomes. Quiet places are nearly all of the grid and nearly all
alike, so some of them stand for all, with weights.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import TooLittleHistory
from primacy.kernels.forecast.features import Features, ahead, walk
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Floats

MEMORY = 120
"""Months for which a place counts as active after an event there or next door."""

ACTIVE_SHARE = 0.8
"""Share of the rows kept for active places."""


@dataclass(frozen=True)
class Rows:
    """Features (n x columns), outcomes, weights and the month of the cut of each row (n,).

    `latest` are the features of every unit at the data cut itself, without those of the month
    forecast.
    """

    features: Features
    outcomes: Floats
    weights: Floats
    cuts: npt.NDArray[np.int64]
    latest: Features


def training_rows(
    panel: Panel, rings: Rings, horizons: tuple[int, ...], most: int, burn_in: int, seed: int
) -> Rows:
    """About `most` rows at the most, of past cuts from `burn_in` months after the first month.

    Raises `TooLittleHistory` where no cut has an outcome yet.
    """
    width = panel.counts.shape[1]
    steps = np.asarray(horizons)
    cuts = range(burn_in, width - int(steps.min()))
    if not cuts:
        raise TooLittleHistory(
            f"{width} months are too few to fit a model for {int(steps.min())} months ahead; it "
            f"needs more than {burn_in + int(steps.min())}. Use the climatology."
        )
    chance = _chances(panel, rings, cuts, steps.size, most)
    random = np.random.default_rng(seed)
    parts: list[tuple[Features, Floats, Floats, npt.NDArray[np.int64]]] = []
    for month, features in walk(panel, rings):
        column = month - panel.first_month
        latest = features
        if column not in cuts:
            continue
        open_steps = steps[column + steps < width]
        drawn = random.random((panel.units.size, open_steps.size)) < chance[:, [column]]
        unit, step = np.nonzero(drawn)
        cut = np.full(unit.size, month, dtype=np.int64)
        outcome = panel.counts[unit, column + open_steps[step]]
        made = ahead(features[unit], cut, open_steps[step])
        parts.append((made, outcome, 1.0 / chance[unit, column], cut))
    columns = [np.concatenate(part) for part in zip(*parts, strict=True)]
    return Rows(columns[0], columns[1], columns[2], columns[3], latest)


def _chances(panel: Panel, rings: Rings, cuts: range, steps: int, most: int) -> Floats:
    """How likely a row of each unit and cut is kept, (units x months); 0 where not observed."""
    active, observed = active_places(panel, rings), panel.observed
    span = slice(cuts.start, cuts.stop)
    busy = int((active & observed)[:, span].sum()) * steps
    quiet = int((~active & observed)[:, span].sum()) * steps
    of_busy = min(1.0, ACTIVE_SHARE * most / max(busy, 1))
    of_quiet = min(of_busy, (1 - ACTIVE_SHARE) * most / max(quiet, 1))
    return np.where(active, of_busy, of_quiet) * observed


def active_places(panel: Panel, rings: Rings) -> npt.NDArray[np.bool_]:
    """Where an event fell in the unit or next door in the ten years to each month."""
    events = (panel.counts > 0).astype(np.float32)
    near = events.copy()
    for matrix in rings.matrices:
        near += (matrix > 0).astype(np.float32) @ events
    total = np.cumsum(near > 0, axis=1)
    before = np.zeros_like(total)
    before[:, MEMORY:] = total[:, :-MEMORY]
    return np.asarray(total > before)
