"""How sure a sample or an interval makes us that a value reaches a threshold.

Samples use the Jeffreys prior: with k of n, the share has the posterior Beta(k + 1/2, n - k + 1/2)
(Brown, Cai and DasGupta, Interval Estimation for a Binomial Proportion, Statistical Science 16,
2001). Stated intervals use a two-piece normal whose median is the value and whose quantiles at
the interval's level are exactly its two ends.

scipy.special is loaded by the first sample that is weighed: most boards have none, and loading it
takes longer than reading a board.
"""

from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()


def jeffreys_interval(cases: float, asked: float, level: float = 0.95) -> tuple[float, float]:
    """The Jeffreys interval of a share: equal tails; 0 at no cases and 1 at all cases."""
    tail = (1 - level) / 2
    share = SampleShare(cases, asked)
    low = 0.0 if cases == 0 else share.quantile(tail)
    high = 1.0 if cases == asked else share.quantile(1 - tail)
    return low, high


@dataclass(frozen=True)
class SampleShare:
    """What a sample of `cases` among `asked` says about the share among all."""

    cases: float
    asked: float

    @property
    def _shape(self) -> tuple[float, float]:
        return self.cases + 0.5, self.asked - self.cases + 0.5

    def at_most(self, threshold: float) -> float:
        """The probability that the share is at most the threshold."""
        from scipy.special import betainc  # type: ignore[import-untyped, unused-ignore]

        return float(betainc(*self._shape, min(max(threshold, 0.0), 1.0)))

    def at_least(self, threshold: float) -> float:
        """The probability that the share is at least the threshold."""
        from scipy.special import betaincc  # type: ignore[import-untyped, unused-ignore]

        return float(betaincc(*self._shape, min(max(threshold, 0.0), 1.0)))

    def quantile(self, probability: float) -> float:
        """The share below which the posterior holds this probability."""
        from scipy.special import betaincinv  # type: ignore[import-untyped, unused-ignore]

        return float(betaincinv(*self._shape, probability))


@dataclass(frozen=True)
class TwoPieceNormal:
    """A value with one spread downwards and another upwards; half the mass on either side.

    `share` clips the distribution to 0 and 1: what would lie outside sits on the edge.
    """

    median: float
    spread_down: float
    spread_up: float
    share: bool = False

    def at_most(self, threshold: float) -> float:
        """The probability that the quantity is at most the threshold."""
        if self.share and threshold >= 1:
            return 1.0
        if self.share and threshold < 0:
            return 0.0
        spread = self.spread_up if threshold >= self.median else self.spread_down
        if spread == 0:
            return 1.0 if threshold >= self.median else 0.0
        return _NORMAL.cdf((threshold - self.median) / spread)

    def at_least(self, threshold: float) -> float:
        """The probability that the quantity is at least the threshold."""
        if self.share and threshold <= 0:
            return 1.0
        if self.share and threshold > 1:
            return 0.0
        spread = self.spread_down if threshold <= self.median else self.spread_up
        if spread == 0:
            return 1.0 if threshold <= self.median else 0.0
        return _NORMAL.cdf((self.median - threshold) / spread)

    def quantile(self, probability: float) -> float:
        """The quantity below which the distribution holds this probability."""
        spread = self.spread_down if probability < 0.5 else self.spread_up
        quantity = self.median + spread * _NORMAL.inv_cdf(probability)
        return min(max(quantity, 0.0), 1.0) if self.share else quantity


Uncertain = SampleShare | TwoPieceNormal


def two_piece_normal(
    value: float, low: float | None, high: float | None, level: float, share: bool = False
) -> TwoPieceNormal:
    """The two-piece normal of a stated interval; a missing end is taken as symmetric."""
    width = _NORMAL.inv_cdf((1 + level) / 2)
    down = None if low is None else max(value - low, 0.0) / width
    up = None if high is None else max(high - value, 0.0) / width
    spread_down = down if down is not None else up if up is not None else 0.0
    spread_up = up if up is not None else spread_down
    return TwoPieceNormal(value, spread_down, spread_up, share)
