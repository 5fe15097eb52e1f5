"""Confidence intervals by drawing whole blocks again: places near each other share their luck.

Blocks are drawn with replacement, as many as there are, and every score of both forecasters is
taken on the same blocks. Intervals are percentile intervals. With few blocks they are too narrow;
with one block they are without end.

References: B. Efron and R. Tibshirani, *An Introduction to the Bootstrap*, Chapman & Hall 1993;
H. R. Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of
Statistics 17 (1989).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from primacy.kernels.forecast.scores.errors import BadOutcomes, BadSettings
from primacy.kernels.forecast.scores.inputs import (
    Counts,
    Flags,
    Floats,
    flags_of,
    labels_of,
    level_of,
    outcomes_of,
    probabilities_of,
)
from primacy.kernels.forecast.scores.ranking import average_precision, order_of

AT_ONCE = 1 << 21
"""Values of a table of replicates worked on at a time."""


@dataclass(frozen=True)
class Resampling:
    """How blocks are drawn again: how often, the level of the intervals, and the seed."""

    replicates: int = 1000
    level: float = 0.95
    seed: int = 1989

    def __post_init__(self) -> None:
        level_of(self.level)
        if self.replicates < 100:
            raise BadSettings(f"{self.replicates} replicates tell no interval; take 100 or more.")


DEFAULT = Resampling()

FEWEST_BLOCKS = 10
"""With fewer blocks the intervals are too narrow to trust."""


@dataclass(frozen=True)
class Interval:
    """A figure with the interval of the bootstrap."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """True where the whole interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Difference:
    """A score of a model and of its benchmark, and model less benchmark with its interval.

    `relative` is that difference over the benchmark's score; None where that score can be 0.
    """

    model: float
    benchmark: float
    absolute: Interval
    relative: Interval | None
    blocks: int


def mean_difference(
    model: npt.ArrayLike,
    benchmark: npt.ArrayLike,
    blocks: npt.ArrayLike,
    resampling: Resampling = DEFAULT,
    within: npt.ArrayLike | None = None,
) -> Difference:
    """The difference of the mean scores of two forecasters, paired by unit-month.

    `model` and `benchmark` are (n,) scores of the same unit-months, `blocks` (n,) labels of any
    kind, `within` an optional (n,) mask of the unit-months the mean is taken over. Raises
    `BadOutcomes` where the lengths differ or nothing is within.
    """
    ours = outcomes_of(model, np.size(model))
    theirs = outcomes_of(benchmark, ours.size)
    at, count = numbered(blocks, ours.size)
    asked = np.ones(ours.size, dtype=bool) if within is None else flags_of(within, ours.size)
    if not asked.any():
        raise BadOutcomes("There is no unit-month to compare.")
    sums = np.stack(
        [
            np.bincount(at[asked], weights=values[asked], minlength=count)
            for values in (ours, theirs, np.ones(ours.size))
        ],
        axis=1,
    )
    drawn = np.concatenate([times @ sums for times in multiplicities(count, resampling)])
    # A mean over nothing is left out: none of the blocks drawn held a unit-month asked for.
    drawn = drawn[drawn[:, 2] > 0]
    totals = sums.sum(axis=0)
    return _difference(
        (totals[0] / totals[2], totals[1] / totals[2]),
        (drawn[:, 0] / drawn[:, 2], drawn[:, 1] / drawn[:, 2]),
        count,
        resampling.level,
    )


def average_precision_difference(
    model: npt.ArrayLike,
    benchmark: npt.ArrayLike,
    events: npt.ArrayLike,
    blocks: npt.ArrayLike,
    resampling: Resampling = DEFAULT,
) -> Difference | None:
    """The difference of the average precision of two forecasters; None without events."""
    ours = probabilities_of(model)
    theirs = probabilities_of(benchmark, ours.size)
    happened = flags_of(events, ours.size)
    at, count = numbered(blocks, ours.size)
    values = (average_precision(ours, happened), average_precision(theirs, happened))
    if values[0] is None or values[1] is None:
        return None
    drawn = [
        _average_precisions(stated, happened, at, count, resampling) for stated in (ours, theirs)
    ]
    seen = np.isfinite(drawn[0])
    return _difference(
        (values[0], values[1]), (drawn[0][seen], drawn[1][seen]), count, resampling.level
    )


def ratio(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    blocks: npt.ArrayLike,
    resampling: Resampling = DEFAULT,
) -> Interval | None:
    """One sum over unit-months divided by another, with its interval; None where it is over 0.

    Such as expected events over events: below 1 a forecaster warns of too few.
    """
    above = outcomes_of(numerators, np.size(numerators))
    below = outcomes_of(denominators, above.size)
    at, count = numbered(blocks, above.size)
    sums = np.stack(
        [np.bincount(at, weights=values, minlength=count) for values in (above, below)], axis=1
    )
    drawn = np.concatenate([times @ sums for times in multiplicities(count, resampling)])
    drawn = drawn[drawn[:, 1] != 0]
    totals = sums.sum(axis=0)
    if totals[1] == 0 or not drawn.size:
        return None
    return _interval(totals[0] / totals[1], drawn[:, 0] / drawn[:, 1], count, resampling.level)


def numbered(blocks: npt.ArrayLike, count: int) -> tuple[Counts, int]:
    """The number of the block of each unit-month, and how many blocks there are."""
    names, at = np.unique(labels_of(blocks, count), return_inverse=True)
    return at.astype(np.int64), names.size


def multiplicities(
    blocks: int, resampling: Resampling = DEFAULT, at_once: int = AT_ONCE
) -> Iterator[Floats]:
    """How often each block was drawn, (r, blocks), some replicates at a time.

    The draws depend on the seed and the number of blocks alone, not on `at_once`.
    """
    random = np.random.default_rng(resampling.seed)
    rows = max(1, at_once // blocks)
    for start in range(0, resampling.replicates, rows):
        part = range(start, min(start + rows, resampling.replicates))
        yield np.array(
            [np.bincount(random.integers(blocks, size=blocks), minlength=blocks) for _ in part],
            dtype=np.float64,
        )


def _average_precisions(
    stated: Floats, happened: Flags, at: Counts, count: int, resampling: Resampling
) -> Floats:
    """The average precision in each replicate, NaN where no event was drawn.

    The list is cut into stretches that each end with events, and the blocks are counted in each:
    a replicate is then a product with that small table, not a new walk down the list.
    """
    order = order_of(stated, happened)
    with_events = np.flatnonzero(np.diff(order.hits, prepend=0))
    group = np.repeat(np.arange(order.ends.size), np.diff(order.ends, prepend=0))
    stretch = np.searchsorted(with_events, group)
    counted = stretch < with_events.size
    places, stretch = order.places[counted], stretch[counted]
    shape = (with_events.size, count)
    listed = sparse.csr_array((np.ones(places.size), (stretch, at[places])), shape=shape)
    events = sparse.csr_array((happened[places] * 1.0, (stretch, at[places])), shape=shape)
    events.eliminate_zeros()
    values = list[Floats]()
    for times in multiplicities(count, resampling, min(AT_ONCE, AT_ONCE * count // shape[0])):
        hits = events @ times.T
        found = np.cumsum(hits, axis=0)
        length = np.cumsum(listed @ times.T, axis=0)
        precision = np.divide(found, length, out=np.zeros_like(found), where=length > 0)
        total = found[-1]
        summed = (hits * precision).sum(axis=0)
        values.append(np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0))
    return np.concatenate(values)


def _difference(
    values: tuple[float, float], drawn: tuple[Floats, Floats], blocks: int, level: float
) -> Difference:
    ours, theirs = float(values[0]), float(values[1])
    gaps = drawn[0] - drawn[1]
    relative = None
    if theirs != 0 and (drawn[1] != 0).all():
        relative = _interval((ours - theirs) / theirs, gaps / drawn[1], blocks, level)
    return Difference(ours, theirs, _interval(ours - theirs, gaps, blocks, level), relative, blocks)


def _interval(value: float, drawn: Floats, blocks: int, level: float) -> Interval:
    # One block drawn again is the same block: it tells nothing of chance, not that there is none.
    if blocks < 2:
        return Interval(float(value), -math.inf, math.inf)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, (tail, 1.0 - tail))
    return Interval(float(value), float(low), float(high))
