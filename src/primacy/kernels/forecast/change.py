"""What changed since an earlier forecast, and whether more than forecasts usually move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from primacy.kernels.forecast.errors import BadSettings
from primacy.kernels.forecast.forecast import Forecast
from primacy.kernels.forecast.sample import Floats

LEAST = 0.0005
BANDS = 4


@dataclass(frozen=True)
class Change:
    """The chance of an event in one month, before and now, (units,) each.

    `usual` is the change of log-odds that a unit of such a chance passes in 1 of 20 updates;
    `significant` where this change is larger.
    """

    month: int
    before: Floats
    now: Floats
    usual: Floats
    significant: npt.NDArray[np.bool_]


def change(
    now: Forecast,
    before: Forecast,
    month: int,
    earlier: Sequence[tuple[Forecast, Forecast]],
    level: float = 0.95,
) -> Change:
    """The change between two forecasts of the same month, against the usual changes.

    `earlier` are pairs (later, earlier forecast) of past updates of the same units, such as those
    of the last 12 months; each is compared on the month at the same distance. What is usual is the
    quantile at `level` of their absolute changes of log-odds, in bands of equal numbers by chance.
    Raises `BadSettings` where units or months do not fit.
    """
    if not earlier:
        raise BadSettings("Give past updates: without them no change can be called unusual.")
    distance = month - now.cut
    first, second = _odds(before, month), _odds(now, month)
    was, moved = list[Floats](), list[Floats]()
    for later, sooner in earlier:
        then = later.cut + distance
        was.append(_odds(sooner, then))
        moved.append(np.abs(_odds(later, then) - was[-1]))
        if not np.array_equal(later.units, now.units):
            raise BadSettings("All forecasts must be of the same units.")
    known, size = np.concatenate(was), np.concatenate(moved)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, BANDS + 1)[1:-1]))
    bands, mine = np.digitize(known, edges), np.digitize(first, edges)
    limits = np.array(
        [
            np.quantile(size[bands == b] if (bands == b).any() else size, level)
            for b in range(edges.size + 1)
        ]
    )
    usual = limits[mine]
    return Change(
        month,
        special.expit(first),
        special.expit(second),
        usual,
        np.abs(second - first) > usual,
    )


def _odds(forecast: Forecast, month: int) -> Floats:
    steps = np.flatnonzero(forecast.months == month)
    if not steps.size:
        raise BadSettings(f"The forecast of the cut {forecast.cut} does not reach month {month}.")
    chance = np.clip(forecast.probability()[:, steps[0]], LEAST, 1 - LEAST)
    return np.asarray(special.logit(chance), dtype=np.float64)
