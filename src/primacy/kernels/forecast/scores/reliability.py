"""Whether stated probabilities come true: the reliability table and the expected calibration error.

References: A. H. Murphy and R. L. Winkler, Applied Statistics 26 (1977); M. P. Naeini, G. F. Cooper
and M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadSettings
from primacy.kernels.forecast.scores.inputs import flags_of, probabilities_of

EDGES = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
"""Edges of the bins of probability: narrow where most unit-months lie."""


@dataclass(frozen=True)
class Bin:
    """The unit-months whose probability is at least `low` and below `high` (at most, in the last).

    `predicted` is their mean probability, `observed` the share with the event; None when empty.
    """

    low: float
    high: float
    count: int
    events: int
    predicted: float | None
    observed: float | None


@dataclass(frozen=True)
class Reliability:
    """A reliability table: its bins from low to high, and what they sum up to."""

    bins: tuple[Bin, ...]

    @property
    def count(self) -> int:
        """Unit-months in all bins."""
        return sum(bin_.count for bin_ in self.bins)

    @property
    def calibration_error(self) -> float:
        """The mean distance of predicted and observed over unit-months (ECE); 0 is best."""
        gaps = (
            bin_.count * abs(bin_.predicted - bin_.observed)
            for bin_ in self.bins
            if bin_.predicted is not None and bin_.observed is not None
        )
        return sum(gaps) / self.count


def reliability(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, edges: Sequence[float] = EDGES
) -> Reliability:
    """The reliability table of probabilities, with the count of each bin.

    `edges` rise from 0 to 1. Raises `BadProbabilities`, `BadOutcomes`, `BadSettings`.
    """
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    borders = np.asarray(edges, dtype=np.float64)
    if borders.ndim != 1 or borders.size < 2 or not (np.diff(borders) > 0).all():
        raise BadSettings("The edges of the bins of probability must rise, and be two or more.")
    if borders[0] != 0 or borders[-1] != 1:
        raise BadSettings("The bins of probability must cover 0 to 1.")
    at = np.minimum(np.searchsorted(borders, stated, side="right") - 1, borders.size - 2)
    counts = np.bincount(at, minlength=borders.size - 1)
    sums = np.bincount(at, weights=stated, minlength=borders.size - 1)
    hits = np.bincount(at[happened], minlength=borders.size - 1)
    return Reliability(
        tuple(
            Bin(
                low=float(borders[place]),
                high=float(borders[place + 1]),
                count=int(count),
                events=int(hits[place]),
                predicted=float(sums[place] / count) if count else None,
                observed=float(hits[place] / count) if count else None,
            )
            for place, count in enumerate(counts)
        )
    )
