"""The default model: what happened here and next door, the recent past and the near counting more.

The forecast of a unit is the distribution of past counts of the unit and its rings of neighbours,
each weighted by 0.5 ** (age / half-life) and by its ring. It is fitted to nothing, needs numpy
alone, and its probability of an event is a weighted share of past months, which anyone can check.
With equal weights over 12 months it is the "conflictology" of Hegre et al. (2025).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from primacy.kernels.forecast.errors import BadNeighbours, BadSettings, TooLittleHistory
from primacy.kernels.forecast.forecast import HORIZONS, Forecast, forecast_of
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Floats, Sample, sample_of


@dataclass(frozen=True)
class Climatology:
    """How the past is weighted.

    `window` months back; `half_life` in months (None: all months alike); `rings` the weight of a
    neighbour of ring 1, 2, ... beside 1 for the unit itself.
    """

    window: int
    half_life: float | None
    rings: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.window < 1:
            raise BadSettings("A climatology needs a window of 1 month at least.")
        if self.half_life is not None and not self.half_life > 0:
            raise BadSettings("A half-life must be above 0 months.")
        if any(not weight >= 0 for weight in self.rings):
            raise BadSettings("Weights of rings must not be below 0.")

    def ages(self, months: int) -> Floats:
        """The weight of each of the last `months` months, oldest first."""
        age = np.arange(months - 1, -1, -1, dtype=np.float64)
        return np.ones(months) if self.half_life is None else 0.5 ** (age / self.half_life)


CELLS = Climatology(window=60, half_life=24.0, rings=(0.3, 0.09))
"""For grid cells, where one cell's own past is too little."""

COUNTRIES = Climatology(window=36, half_life=6.0)
"""For countries and other large areas, which have a past of their own."""


def climatology(
    panel: Panel,
    rings: Rings,
    settings: Climatology = CELLS,
    horizons: npt.ArrayLike = HORIZONS,
    name: str = "climatology",
) -> Forecast:
    """The forecast of the weighted past, the same for all horizons.

    Raises `BadNeighbours` where the rings are of other units, `TooLittleHistory` where a unit and
    its neighbours were never observed in the window.
    """
    return forecast_of(name, panel, horizons, past_sample(panel, rings, settings))


def past_sample(panel: Panel, rings: Rings, settings: Climatology) -> Sample:
    """The weighted past counts above zero of each unit and its neighbours."""
    reach = reach_of(panel, rings, settings)
    width = min(settings.window, panel.counts.shape[1])
    ages = settings.ages(width)
    counts = panel.counts[:, -width:]
    total = reach @ (panel.observed[:, -width:] @ ages)
    if not total.min() > 0:
        raise TooLittleHistory(
            f"Unit {panel.units[int(np.argmin(total))]} and its neighbours were not observed in "
            f"the last {width} months. Leave it out, or load its past."
        )
    happened = np.where(panel.observed[:, -width:], counts, 0.0) > 0
    source, month = np.nonzero(happened)
    return _joined(reach, total, source, counts[source, month], ages[month])


def reach_of(panel: Panel, rings: Rings, settings: Climatology) -> sparse.csr_array:
    """The weight of every unit for every unit (units x units), the unit itself at 1."""
    if rings.size != panel.units.size:
        raise BadNeighbours(
            f"Neighbours of {rings.size} units do not fit a panel of {panel.units.size}."
        )
    if len(rings) < len(settings.rings):
        raise BadNeighbours(
            f"The climatology weighs {len(settings.rings)} rings of neighbours, but {len(rings)} "
            "are given."
        )
    reach = sparse.eye_array(rings.size, format="csr")
    for weight, matrix in zip(settings.rings, rings.matrices, strict=False):
        reach = reach + weight * matrix
    return sparse.csr_array(reach)


def _joined(
    reach: sparse.csr_array,
    total: Floats,
    source: npt.NDArray[np.intp],
    values: Floats,
    ages: Floats,
) -> Sample:
    """Every past event handed to every unit that it counts for."""
    back = reach.tocsc()
    lengths = np.diff(back.indptr)[source]
    start = np.repeat(back.indptr[source], lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    at = start + within
    rows = back.indices[at].astype(np.int64)
    weights = back.data[at] * np.repeat(ages, lengths) / total[rows]
    return sample_of(total.size, rows, np.repeat(values, lengths), weights)
