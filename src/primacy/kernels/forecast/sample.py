"""A forecast as a weighted sample: what each unit and month may see, and how likely.

Only what is above zero is kept; the weight that is missing to 1 is the chance of none. So 13,110
quiet cells cost next to nothing, and mixing two forecasts is putting their samples together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import BadSample

Floats = npt.NDArray[np.float64]
Table = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

ROUNDING = 1e-9
"""What weights of a row may pass 1 by, from adding up."""


@dataclass(frozen=True)
class Sample:
    """Outcomes above zero with their weights, sorted by row and value.

    `rows` (k,) is the row of each outcome, of `size` rows. The weights of a row sum to 1 at most.
    """

    size: int
    rows: Rows
    values: Floats
    weights: Floats

    def probability(self, threshold: float = 1.0) -> Floats:
        """The chance that the outcome reaches a threshold above 0, (size,)."""
        if threshold <= 0:
            raise BadSample("A threshold must be above 0: at 0 every forecast is sure.")
        return self._sum(np.where(self.values >= threshold, self.weights, 0.0))

    def mean(self) -> Floats:
        """The expected outcome, (size,)."""
        return self._sum(self.values * self.weights)

    def table(self, levels: int = 1000) -> Table:
        """Equally likely outcomes, rising along each row, (size, levels).

        They are the quantiles at (j + 0.5) / levels, and so the draws of one unit and month with
        the least noise that so many draws can have.
        """
        if levels < 1:
            raise BadSample(f"{levels} draws are none; ask for 1,000.")
        if not self.size:
            return np.zeros((0, levels), np.float32)
        total = np.minimum(self._sum(self.weights), 1.0)
        reached = self._reached(total, levels)
        first = np.r_[True, self.rows[1:] != self.rows[:-1]] if self.rows.size else np.empty(0, "?")
        zeros = np.ceil((1.0 - total) * levels - 0.5 - ROUNDING).astype(np.int64)
        zeros[self._sum(np.ones(self.rows.size)) == 0] = levels
        counts = np.diff(reached, prepend=0)
        counts[first] = reached[first] - zeros[self.rows[first]]
        place = np.searchsorted(self.rows, np.arange(self.size))
        values = np.insert(self.values.astype(np.float32), place, 0.0)
        repeats = np.insert(counts, place, zeros)
        return np.repeat(values, repeats).reshape(self.size, levels)

    def _reached(self, total: Floats, levels: int) -> Rows:
        """How many levels lie at or below each outcome."""
        running = np.cumsum(self.weights)
        last = np.searchsorted(self.rows, np.arange(self.size), side="right") - 1
        ends = running[last[self.rows]] if self.rows.size else running
        above = ends - running
        reached = np.ceil((1.0 - above) * levels - 0.5 - ROUNDING).astype(np.int64)
        lowest = np.ceil((1.0 - total) * levels - 0.5 - ROUNDING).astype(np.int64)[self.rows]
        reached = np.clip(reached, lowest, levels)
        if self.rows.size:
            reached[last[np.unique(self.rows)]] = levels
        return reached

    def _sum(self, values: Floats) -> Floats:
        return np.bincount(self.rows, weights=values, minlength=self.size).astype(np.float64)

    def taken(self, rows: npt.ArrayLike) -> "Sample":
        """The sample of some rows, in rising order of the row, each at most once."""
        asked = np.unique(np.asarray(rows, dtype=np.int64))
        place = np.full(self.size, -1, dtype=np.int64)
        place[asked] = np.arange(asked.size)
        kept = place[self.rows] >= 0
        return Sample(asked.size, place[self.rows[kept]], self.values[kept], self.weights[kept])

    def spread(self, times: int) -> "Sample":
        """The sample with each row repeated `times` over, one behind the other."""
        starts = np.searchsorted(self.rows, np.arange(self.size + 1))
        lengths = np.repeat(np.diff(starts), times)
        offsets = np.repeat(np.repeat(starts[:-1], times), lengths)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at = offsets + within
        rows = np.repeat(np.arange(self.size * times), lengths)
        return Sample(self.size * times, rows, self.values[at], self.weights[at])


def sample_of(
    size: int, rows: npt.ArrayLike, values: npt.ArrayLike, weights: npt.ArrayLike
) -> Sample:
    """The sample of unsorted outcomes; those of 0 are dropped, their weight is that of none.

    Equal outcomes of a row are joined. Raises `BadSample` for weights below 0 or above 1 in sum.
    """
    where = np.asarray(rows, dtype=np.int64)
    what = np.asarray(values, dtype=np.float64)
    chance = np.asarray(weights, dtype=np.float64)
    if chance.size and not chance.min() >= 0:
        raise BadSample("Weights of a sample must be finite and not below 0.")
    kept = (what > 0) & (chance > 0)
    where, what, chance = where[kept], what[kept], chance[kept]
    order = np.lexsort((what, where))
    where, what, chance = where[order], what[order], chance[order]
    if where.size:
        new = np.r_[True, (where[1:] != where[:-1]) | (what[1:] != what[:-1])]
        chance = np.add.reduceat(chance, np.flatnonzero(new))
        where, what = where[new], what[new]
    made = Sample(size, where, what, chance)
    if size and where.size and made._sum(chance).max() > 1 + 1e-6:
        raise BadSample("The weights of a row come to more than 1.")
    return made


def mixed(parts: Sequence[tuple[Sample, float | Floats]]) -> Sample:
    """The mixture of samples of the same rows, with weights that sum to 1 (a number, or one a row).

    Raises `BadSample` where the sizes differ or the weights do not sum to 1.
    """
    sizes = {part.size for part, _ in parts}
    if len(sizes) != 1:
        raise BadSample("Only samples of the same rows can be mixed.")
    size = sizes.pop()
    shares = [np.broadcast_to(np.asarray(share, dtype=np.float64), (size,)) for _, share in parts]
    if not np.allclose(np.sum(shares, axis=0), 1.0):
        raise BadSample("The weights of the forecasts in a mixture must sum to 1.")
    return sample_of(
        size,
        np.concatenate([part.rows for part, _ in parts]),
        np.concatenate([part.values for part, _ in parts]),
        np.concatenate([p.weights * s[p.rows] for (p, _), s in zip(parts, shares, strict=True)]),
    )
