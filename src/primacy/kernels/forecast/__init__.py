"""Forecasts of violence by area and month: panels, models, draws, reasons, backtests.

Counts by unit and month go in; weighted samples of what may happen come out, with the benchmarks
that stand beside every forecast. Pure: no database, no clock. Methods are described in
`docs/methods/forecast.md`; scores are in `primacy.kernels.forecast.scores`.
"""

from primacy.kernels.forecast.backtest import Backtest, Model, Origin, Plan, backtest
from primacy.kernels.forecast.baselines import Baseline, baseline, baselines
from primacy.kernels.forecast.change import Change, change
from primacy.kernels.forecast.climatology import CELLS, COUNTRIES, Climatology, climatology
from primacy.kernels.forecast.draws import Dependence, draws_by_horizon, joint_draws, totals
from primacy.kernels.forecast.errors import (
    BadMonth,
    BadNeighbours,
    BadPanel,
    BadSample,
    BadSettings,
    CannotResume,
    ForecastError,
    TooLittleHistory,
)
from primacy.kernels.forecast.explain import Explanation, Facts, explain_climatology, explain_pool
from primacy.kernels.forecast.features import Group
from primacy.kernels.forecast.forecast import HORIZONS, Forecast
from primacy.kernels.forecast.hurdle import Hurdle
from primacy.kernels.forecast.months import (
    first_day,
    last_complete_month,
    month_id,
    month_of,
    year_and_month,
)
from primacy.kernels.forecast.neighbours import (
    Rings,
    border_rings,
    distance_rings,
    grid_rings,
    no_neighbours,
    weighted_ring,
)
from primacy.kernels.forecast.panel import Panel, panel_of
from primacy.kernels.forecast.pool import (
    CELL_POOL,
    COUNTRY_POOL,
    BaselineModel,
    ClimatologyModel,
    FittedPool,
    Pool,
    PoolModel,
    fit_pool,
)
from primacy.kernels.forecast.sample import Sample, mixed, sample_of

__all__ = [
    "CELLS",
    "CELL_POOL",
    "COUNTRIES",
    "COUNTRY_POOL",
    "HORIZONS",
    "Backtest",
    "BadMonth",
    "BadNeighbours",
    "BadPanel",
    "BadSample",
    "BadSettings",
    "Baseline",
    "BaselineModel",
    "CannotResume",
    "Change",
    "Climatology",
    "ClimatologyModel",
    "Dependence",
    "Explanation",
    "Facts",
    "FittedPool",
    "Forecast",
    "ForecastError",
    "Group",
    "Hurdle",
    "Model",
    "Origin",
    "Panel",
    "Plan",
    "Pool",
    "PoolModel",
    "Rings",
    "Sample",
    "TooLittleHistory",
    "backtest",
    "baseline",
    "baselines",
    "border_rings",
    "change",
    "climatology",
    "distance_rings",
    "draws_by_horizon",
    "explain_climatology",
    "explain_pool",
    "first_day",
    "fit_pool",
    "grid_rings",
    "joint_draws",
    "last_complete_month",
    "mixed",
    "month_id",
    "month_of",
    "no_neighbours",
    "panel_of",
    "sample_of",
    "totals",
    "weighted_ring",
    "year_and_month",
]
