"""What a list of limited length finds: precision and recall of the top of the ranking.

Patrols are finite. A budget is a share of the unit-months or a number of them, over all together or
in each month by itself. Where equal probabilities straddle its end, the hits are those expected of
a fair draw among them, an exact fraction.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadSettings
from primacy.kernels.forecast.scores.inputs import (
    EVENT,
    Flags,
    Floats,
    draws_of,
    flags_of,
    labels_of,
    level_of,
    probabilities_of,
)
from primacy.kernels.forecast.scores.ranking import order_of

LIKELY = 0.90
"""Nominal level of the interval of hits."""

LONG = 4096
"""Longer distributions are convolved through Fourier transforms, to some 1e-15."""

ROUNDING = 1e-9
"""What sums of chances and products of shares may be off by."""


@dataclass(frozen=True)
class Budget:
    """How long the list may be: a share of the unit-months, or a count. Exactly one is given."""

    share: float | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.count is None):
            raise BadSettings("A budget is a share or a count: give one of them.")
        if self.share is not None and not 0 < self.share <= 1:
            raise BadSettings(f"A budget of {self.share} does not lie between 0 and 1.")
        if self.count is not None and self.count < 1:
            raise BadSettings(f"A list of {self.count} is none; give 1 or more.")

    def length(self, units: int) -> int:
        """How many of `units` fit: a share is rounded up, a count goes no further than there is."""
        if self.count is not None:
            return min(self.count, units)
        # The tiny step back keeps 7 % of 100 from becoming 8.
        return max(1, math.ceil((self.share or 0.0) * units - ROUNDING))


@dataclass(frozen=True)
class ExpectedHits:
    """How many of a list are expected to see the event, and the range that likely holds."""

    listed: int
    mean: float
    low: int
    high: int

    @property
    def precision(self) -> float:
        """The expected share of the list that sees the event."""
        return self.mean / self.listed


@dataclass(frozen=True)
class ListResult:
    """What the list of one budget found, beside what the forecast had led one to expect."""

    budget: Budget
    listed: int
    hits: float
    events: int
    expected: ExpectedHits

    @property
    def precision(self) -> float:
        """The share of the list that saw the event."""
        return self.hits / self.listed

    @property
    def recall(self) -> float | None:
        """The share of all events that were on the list; None without events."""
        return self.hits / self.events if self.events else None


def list_result(
    probabilities: npt.ArrayLike,
    events: npt.ArrayLike,
    budget: Budget,
    *,
    months: npt.ArrayLike | None = None,
    level: float = LIKELY,
) -> ListResult:
    """What the unit-months with the highest probabilities turned out to hold.

    With `months`, (n,) labels, the budget is spent in each month by itself, as a watch does.
    """
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    parts = [np.arange(stated.size)]
    if months is not None:
        _, at = np.unique(labels_of(months, stated.size, "month"), return_inverse=True)
        by_month = np.argsort(at, kind="stable")
        parts = np.split(by_month, np.cumsum(np.bincount(at))[:-1])
    hits, chosen = 0.0, list[Floats]()
    for part in parts:
        length = budget.length(part.size)
        hits += _hits(stated[part], happened[part], length)
        chosen.append(-np.sort(-stated[part])[:length])
    listed = np.concatenate(chosen)
    expected = expected_hits(listed, level)
    return ListResult(budget, listed.size, hits, int(happened.sum()), expected)


def expected_hits(probabilities: npt.ArrayLike, level: float = LIKELY) -> ExpectedHits:
    """How many events a list should see where they come independently: mean and central range.

    The range is that of the exact Poisson-binomial distribution. Events near each other come
    together, so it is too narrow for neighbours: `expected_hits_jointly` keeps their dependence.
    """
    stated = probabilities_of(probabilities)
    chances = hits_distribution(stated)
    # Rounding can leave a sum a hair under its value, the last one under 1.
    total = np.cumsum(chances) + ROUNDING
    tail = (1.0 - level_of(level)) / 2.0
    low, high = (int(np.searchsorted(total, chance)) for chance in (tail, 1.0 - tail))
    return ExpectedHits(stated.size, float(stated.sum()), low, high)


def expected_hits_jointly(
    draws: npt.ArrayLike, level: float = LIKELY, threshold: float = EVENT
) -> ExpectedHits:
    """How many of the listed units should see the event, from joint draws of them (n, m).

    Column j must be one and the same possible future for all rows.
    """
    table = draws_of(draws)
    hits = np.sort(np.greater_equal(table, threshold).sum(axis=0))
    tail = (1.0 - level_of(level)) / 2.0
    places = np.ceil(np.array([tail, 1.0 - tail]) * hits.size - ROUNDING).astype(int) - 1
    low, high = hits[np.maximum(places, 0)]
    return ExpectedHits(table.shape[0], float(hits.mean()), int(low), int(high))


def hits_distribution(probabilities: npt.ArrayLike) -> Floats:
    """The chance of each number of events, (n + 1,): the Poisson-binomial distribution."""
    stated = probabilities_of(probabilities)
    parts = [np.array([1.0 - chance, chance]) for chance in stated]
    while len(parts) > 1:
        paired = [_sum_of(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = paired + parts[2 * len(paired) :]
    return parts[0]


def _sum_of(one: Floats, other: Floats) -> Floats:
    """The distribution of the sum of two independent counts."""
    size = one.size + other.size - 1
    if size < LONG:
        return np.convolve(one, other)
    product = np.fft.rfft(one, size) * np.fft.rfft(other, size)
    return np.maximum(np.fft.irfft(product, size), 0.0)


def _hits(stated: Floats, happened: Flags, length: int) -> float:
    """Events among the first `length`, with a fair share of those that tie for the last place."""
    order = order_of(stated, happened)
    at = int(np.searchsorted(order.ends, length))
    above = int(order.ends[at - 1]) if at else 0
    sure = int(order.hits[at - 1]) if at else 0
    tied = int(order.ends[at]) - above
    return sure + (int(order.hits[at]) - sure) * (length - above) / tied
