"""A forecast: for each unit and each month ahead what may happen, with the cut it was made at."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import BadSettings
from primacy.kernels.forecast.panel import Ids, Panel
from primacy.kernels.forecast.sample import Floats, Sample, Table

HORIZONS = tuple(range(1, 15))
"""Months ahead of the data cut."""


@dataclass(frozen=True)
class Forecast:
    """What one model says at one data cut, for (units x horizons).

    The sample has a row a unit where the model says the same of all horizons (`same`), else a row
    for each unit and horizon, the horizons of a unit together.
    """

    model: str
    units: Ids
    cut: int
    horizons: tuple[int, ...]
    sample: Sample
    measure: str = "deaths"
    vintage: str = ""
    known_on: str = ""

    @property
    def same(self) -> bool:
        """True where one row of the sample serves all horizons of a unit."""
        return self.sample.size == self.units.size and len(self.horizons) != 1

    @property
    def months(self) -> Ids:
        """The months forecast, one a horizon."""
        return self.cut + np.asarray(self.horizons, dtype=np.int64)

    def probability(self, threshold: float = 1.0) -> Floats:
        """The chance of reaching a threshold, (units x horizons)."""
        return self._wide(self.sample.probability(threshold))

    def mean(self) -> Floats:
        """The expected count, (units x horizons)."""
        return self._wide(self.sample.mean())

    def quantile_table(self, levels: int = 1000) -> Table:
        """Equally likely outcomes in rising order, (units x horizons x levels).

        For scores, which look at one unit-month at a time. Sums over units or months need the joint
        draws of `draws.joint_draws`.
        """
        table = self.sample.table(levels)
        shape = (self.units.size, len(self.horizons), levels)
        if self.same:
            return np.broadcast_to(table[:, None, :], shape)
        return table.reshape(shape)

    def by_horizon(self) -> Sample:
        """The sample with one row for each unit and horizon."""
        return self.sample.spread(len(self.horizons)) if self.same else self.sample

    def _wide(self, values: Floats) -> Floats:
        shape = (self.units.size, len(self.horizons))
        if self.same:
            return np.array(np.broadcast_to(values[:, None], shape))
        return values.reshape(shape)


def forecast_of(model: str, panel: Panel, horizons: npt.ArrayLike, sample: Sample) -> Forecast:
    """The forecast of a sample made from a panel at its cut. Raises `BadSettings`."""
    ahead = checked_horizons(horizons)
    if sample.size not in (panel.units.size, panel.units.size * len(ahead)):
        raise BadSettings(f"{sample.size} rows do not fit {panel.units.size} units.")
    return Forecast(
        model,
        panel.units,
        panel.last_month,
        ahead,
        sample,
        panel.measure,
        panel.vintage,
        panel.known_on,
    )


def checked_horizons(horizons: npt.ArrayLike) -> tuple[int, ...]:
    """The horizons as rising whole numbers from 1. Raises `BadSettings` where they are none."""
    ahead = tuple(int(h) for h in np.atleast_1d(np.asarray(horizons)))
    if not ahead or min(ahead) < 1 or list(ahead) != sorted(set(ahead)):
        raise BadSettings("Horizons must be months ahead from 1 on, each once, in rising order.")
    return ahead
