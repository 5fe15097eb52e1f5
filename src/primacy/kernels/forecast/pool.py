"""The better model: a fitted hurdle and the climatology, mixed.

Each is wrong in its own way: the climatology can't see a war coming next door, the hurdle
overstates wars that are about to end. Their mixture scores better than either.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.baselines import Baseline, baseline
from primacy.kernels.forecast.climatology import (
    CELLS,
    COUNTRIES,
    Climatology,
    climatology,
    past_sample,
)
from primacy.kernels.forecast.errors import BadSettings
from primacy.kernels.forecast.forecast import (
    HORIZONS,
    Forecast,
    checked_horizons,
    forecast_of,
)
from primacy.kernels.forecast.hurdle import FittedHurdle, Hurdle, fit_hurdle
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import mixed


@dataclass(frozen=True)
class Pool:
    """The share of the hurdle in the mixture, and the settings of both parts."""

    share: float = 0.7
    climatology: Climatology = CELLS
    hurdle: Hurdle = field(default_factory=Hurdle)

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise BadSettings("The share of the hurdle in a pool must lie between 0 and 1.")


CELL_POOL = Pool(hurdle=Hurdle(bins=3))
"""For grid cells, which see few events: fewer bins hold more of them."""

COUNTRY_POOL = Pool(share=0.5, climatology=COUNTRIES)
"""For countries and other large areas."""


@dataclass(frozen=True)
class FittedPool:
    """A pool fitted at a cut: the forecast, and the hurdle that explains its part of it."""

    forecast: Forecast
    hurdle: FittedHurdle
    settings: Pool


def fit_pool(
    panel: Panel,
    rings: Rings,
    settings: Pool = CELL_POOL,
    horizons: npt.ArrayLike = HORIZONS,
    name: str = "pool",
) -> FittedPool:
    """The pool fitted to a panel, with its forecast. Raises `TooLittleHistory`, `BadSettings`."""
    steps = checked_horizons(horizons)
    fitted = fit_hurdle(panel, rings, steps, settings.hurdle)
    past = past_sample(panel, rings, settings.climatology).spread(len(steps))
    sample = mixed([(fitted.sample(), settings.share), (past, 1.0 - settings.share)])
    return FittedPool(forecast_of(name, panel, np.array(steps), sample), fitted, settings)


@dataclass(frozen=True)
class ClimatologyModel:
    """The climatology as a model of a backtest."""

    settings: Climatology = CELLS
    name: str = "climatology"

    def __call__(self, panel: Panel, rings: Rings, horizons: tuple[int, ...]) -> Forecast:
        """The forecast at the cut of the panel."""
        return climatology(panel, rings, self.settings, horizons, self.name)


@dataclass(frozen=True)
class PoolModel:
    """The pool as a model of a backtest."""

    settings: Pool = CELL_POOL
    name: str = "pool"

    def __call__(self, panel: Panel, rings: Rings, horizons: tuple[int, ...]) -> Forecast:
        """The forecast at the cut of the panel."""
        return fit_pool(panel, rings, self.settings, horizons, self.name).forecast


@dataclass(frozen=True)
class BaselineModel:
    """A benchmark as a model of a backtest."""

    which: Baseline

    @property
    def name(self) -> str:
        """The name of the benchmark."""
        return self.which.value

    def __call__(self, panel: Panel, rings: Rings, horizons: tuple[int, ...]) -> Forecast:
        """The forecast at the cut of the panel."""
        return baseline(self.which, panel, rings, horizons)
