"""The benchmarks that stand beside every forecast: zero, last, last-12, neighbourhood-12, pooled.

They are those of the VIEWS prediction challenge 2023/24 (H. Hegre et al., Journal of Peace Research
62 (2025), arXiv 2407.11045): `zero`, `last` (Poisson around the last month), `conflictology` (the
unit's last 12 months), `conflictology_n` (with its 8 neighbours) and `boot_240` (any unit's last
240 months).
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

from primacy.kernels.forecast.climatology import Climatology, climatology
from primacy.kernels.forecast.forecast import HORIZONS, Forecast, forecast_of
from primacy.kernels.forecast.neighbours import Rings, no_neighbours
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Sample, sample_of

LEVELS = 1000
"""Points that stand for a distribution given by a formula."""

POOLED_MONTHS = 240
"""How far back the pooled bootstrap draws."""


class Baseline(StrEnum):
    """The benchmarks, in the order of their ambition."""

    ZERO = "zero"
    POOLED = "pooled"
    LAST = "last"
    LAST_12 = "last_12"
    NEIGHBOURHOOD_12 = "neighbourhood_12"


def baseline(
    which: Baseline, panel: Panel, rings: Rings, horizons: npt.ArrayLike = HORIZONS
) -> Forecast:
    """One benchmark at the cut of the panel, the same for all horizons.

    Where there are no neighbours, `neighbourhood_12` equals `last_12`.
    """
    if which is Baseline.LAST_12:
        return climatology(
            panel, no_neighbours(panel.units.size), Climatology(12, None), horizons, which
        )
    if which is Baseline.NEIGHBOURHOOD_12:
        near = rings.first(1)
        weights = (1.0,) * len(near)
        return climatology(panel, near, Climatology(12, None, weights), horizons, which)
    return forecast_of(which, panel, horizons, _SAMPLES[which](panel))


def baselines(
    panel: Panel, rings: Rings, horizons: npt.ArrayLike = HORIZONS
) -> tuple[Forecast, ...]:
    """All benchmarks at the cut of the panel, in the order of `Baseline`."""
    return tuple(baseline(which, panel, rings, horizons) for which in Baseline)


def _zero(panel: Panel) -> Sample:
    return sample_of(panel.units.size, (), (), ())


def _last(panel: Panel) -> Sample:
    """Poisson draws around the count of the last month."""
    last = np.where(panel.observed[:, -1], panel.counts[:, -1], 0.0)
    units = np.flatnonzero(last > 0)
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    values = stats.poisson.ppf(levels[None, :], last[units][:, None])
    rows = np.repeat(units, LEVELS)
    return sample_of(last.size, rows, values.ravel(), np.full(rows.size, 1.0 / LEVELS))


def _pooled(panel: Panel) -> Sample:
    """What any unit saw in any of the last 240 months, the same for every unit."""
    width = min(POOLED_MONTHS, panel.counts.shape[1])
    counts = panel.counts[:, -width:][panel.observed[:, -width:]]
    levels = sample_of(1, np.zeros(counts.size), counts, np.full(counts.size, 1.0 / counts.size))
    above = levels.table(LEVELS)[0]
    above = above[above > 0]
    n = panel.units.size
    return sample_of(
        n,
        np.repeat(np.arange(n), above.size),
        np.tile(above, n),
        np.full(n * above.size, 1 / LEVELS),
    )


_SAMPLES = {Baseline.ZERO: _zero, Baseline.LAST: _last, Baseline.POOLED: _pooled}
