"""The fitted model: first the chance of an event, then how grave it is where there is one.

Both are linear in the features of `features.py` and their roots. The size of an event is its
predicted logarithm plus what such predictions were off by in the past, in bins of the prediction:
so the spread is that of the data, and the tail is the tail that was seen, scaled.

Reference: J. Mullahy, "Specification and testing of some modified count data models", Journal of
Econometrics 33 (1986), for the hurdle.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from primacy.kernels.forecast.errors import BadSettings, TooLittleHistory
from primacy.kernels.forecast.features import (
    Features,
    Group,
    ahead,
    feature_list,
)
from primacy.kernels.forecast.linear import Columns, Linear, fit_chance, fit_mean
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Floats, Sample, sample_of
from primacy.kernels.forecast.training import training_rows

SHORTEST_BURN_IN = 12
"""Months of history that any row fitted to has."""

FEWEST_EVENTS = 60
"""Rows with an event below which nothing can be fitted."""


@dataclass(frozen=True)
class Hurdle:
    """Settings of the fit. The defaults were chosen on windows before 2018 (see the method page).

    `rows` fitted to at the most; `burn_in` months before the first cut, or a third of a short
    record; ridges of the two parts; `size_half_life` in months, for older events to count less for
    sizes; `bins` of the predicted size, and `points` that stand for the distribution in each;
    `seed` of the choice of rows.
    """

    rows: int = 200_000
    burn_in: int = 48
    chance_ridge: float = 1000.0
    size_ridge: float = 5000.0
    size_half_life: float = 120.0
    bins: int = 6
    points: int = 60
    seed: int = 1989

    def __post_init__(self) -> None:
        if min(self.rows, self.burn_in, self.bins, self.points) < 1:
            raise BadSettings("Rows, burn-in, bins and points of a hurdle must be 1 at least.")
        if not min(self.chance_ridge, self.size_ridge, self.size_half_life) > 0:
            raise BadSettings("Ridges and half-life of a hurdle must be above 0.")


@dataclass(frozen=True)
class Sizes:
    """How grave events are: predicted log size, and the errors of such predictions by bin."""

    mean: Linear
    edges: Floats
    errors: Floats


@dataclass(frozen=True)
class FittedHurdle:
    """A hurdle fitted at one cut, with the features of every unit at that cut."""

    horizons: tuple[int, ...]
    cut: int
    rings: int
    chance: Linear
    sizes: Sizes
    latest: Features
    rows: int
    events: int

    def columns(self) -> Columns:
        """The columns of every unit and horizon, the horizons of a unit together."""
        units, steps = self.latest.shape[0], len(self.horizons)
        table = ahead(
            np.repeat(self.latest, steps, axis=0),
            np.full(units * steps, self.cut),
            np.tile(np.asarray(self.horizons), units),
        )
        return with_roots(table, self.rings)

    def probability(self) -> Floats:
        """The chance of an event, (units * horizons,)."""
        return np.asarray(special.expit(self.chance.predict(self.columns())), dtype=np.float64)

    def sample(self) -> Sample:
        """The forecast as a sample with a row for each unit and horizon."""
        columns = self.columns()
        chance = special.expit(self.chance.predict(columns))
        size = self.sizes.mean.predict(columns)
        errors = self.sizes.errors[np.digitize(size, self.sizes.edges)]
        values = np.maximum(1.0, np.round(np.exp(size[:, None] + errors)))
        points = errors.shape[1]
        rows = np.repeat(np.arange(chance.size), points)
        return sample_of(chance.size, rows, values.ravel(), np.repeat(chance / points, points))

    def contributions(self) -> dict[Group, Floats]:
        """What each group of features adds to the log-odds, (units, horizons) each.

        The base is the intercept and the horizon; all together are the log-odds.
        """
        terms = self.chance.terms(self.columns())
        shape = (self.latest.shape[0], len(self.horizons))
        groups = np.array(column_groups(self.rings))
        found = {g: terms[:, groups == g].sum(axis=1).reshape(shape) for g in Group}
        found[Group.BASE] = found[Group.BASE] + self.chance.intercept
        return found


def fit_hurdle(
    panel: Panel, rings: Rings, horizons: tuple[int, ...], settings: Hurdle = Hurdle()
) -> FittedHurdle:
    """The hurdle fitted to all complete months of a panel, for direct forecasts at each horizon.

    Raises `TooLittleHistory` with too few months or events.
    """
    # Long memories need years to fill, but a young record must not be used up by waiting.
    burn_in = min(settings.burn_in, max(SHORTEST_BURN_IN, panel.counts.shape[1] // 3))
    rows = training_rows(panel, rings, horizons, settings.rows, burn_in, settings.seed)
    happened = rows.outcomes > 0
    if happened.sum() < FEWEST_EVENTS:
        raise TooLittleHistory(
            f"Only {int(happened.sum())} rows before the cut saw an event; a fitted model needs "
            f"{FEWEST_EVENTS}. Use the climatology."
        )
    columns = with_roots(rows.features, len(rings))
    chance = fit_chance(columns, happened.astype(np.float64), rows.weights, settings.chance_ridge)
    age = panel.last_month - rows.cuts[happened]
    weights = rows.weights[happened] * 0.5 ** (age / settings.size_half_life)
    sizes = _sizes(columns[happened], rows.outcomes[happened], weights / weights.mean(), settings)
    return FittedHurdle(
        horizons,
        panel.last_month,
        len(rings),
        chance,
        sizes,
        rows.latest,
        happened.size,
        int(happened.sum()),
    )


def _sizes(columns: Columns, values: Floats, weights: Floats, settings: Hurdle) -> Sizes:
    mean = fit_mean(columns, np.log(values), weights, settings.size_ridge)
    predicted = mean.predict(columns)
    edges = np.quantile(predicted, np.linspace(0, 1, settings.bins + 1)[1:-1])
    at = np.digitize(predicted, edges)
    errors = np.log(values) - predicted
    levels = (np.arange(settings.points) + 0.5) / settings.points
    table = [
        np.quantile(errors[at == b] if (at == b).any() else errors, levels)
        for b in range(settings.bins)
    ]
    return Sizes(mean, np.asarray(edges, dtype=np.float64), np.array(table))


def with_roots(features: npt.NDArray[np.float32], rings: int) -> Columns:
    """The features, preceded by the roots of those that are averages: the first event says most."""
    return np.concatenate([np.sqrt(features[:, _averages(rings)]), features], axis=1)


def column_groups(rings: int) -> tuple[Group, ...]:
    """The reason that each column of `with_roots` belongs to."""
    groups = [feature.group for feature in feature_list(rings)]
    return tuple([groups[i] for i in _averages(rings)] + groups)


def _averages(rings: int) -> list[int]:
    own = feature_list(rings)[:-3]
    return [i for i, feature in enumerate(own) if "since" not in feature.name]
