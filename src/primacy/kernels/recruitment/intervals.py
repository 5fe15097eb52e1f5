"""Intervals for shares and for ratios of shares: Wilson, and Katz on the logarithm.

References: E. B. Wilson, JASA 22 (1927); D. Katz, J. Baptista, S. P. Azen and M. C. Pike,
Biometrics 34 (1978).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from primacy.kernels.recruitment.errors import BadShares

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise BadShares(f"{self.value} does not lie between {self.low} and {self.high}.")

    def contains(self, value: float) -> bool:
        """True where the interval holds a value."""
        return self.low <= value <= self.high


def share(part: int, whole: int, confidence: float = CONFIDENCE) -> Estimate:
    """A share with Wilson's interval; it holds also for none and for all."""
    _check(part, whole)
    z = _z(confidence)
    p, spread = part / whole, z * z / whole
    middle = (p + spread / 2) / (1 + spread)
    half = z * math.sqrt(p * (1 - p) / whole + spread / (4 * whole)) / (1 + spread)
    # Rounding must not push the ends past what was counted.
    low = 0.0 if part == 0 else min(middle - half, p)
    high = 1.0 if part == whole else max(middle + half, p)
    return Estimate(p, low, high)


def ratio_of_shares(
    part: int, whole: int, other_part: int, other_whole: int, confidence: float = CONFIDENCE
) -> Estimate | None:
    """One share divided by another, with Katz's interval; None where the other share is zero.

    Where the first part is zero the ratio is 0, and its upper end is that of one case seen.
    """
    _check(part, whole)
    _check(other_part, other_whole)
    if other_part == 0:
        return None
    value = (part / whole) / (other_part / other_whole)
    seen = max(part, 1)
    error = math.sqrt(max(1 / seen - 1 / whole, 0) + max(1 / other_part - 1 / other_whole, 0))
    at_least_one = (seen / whole) / (other_part / other_whole)
    factor = math.exp(_z(confidence) * error)
    return Estimate(value, value / factor, at_least_one * factor)


def _check(part: int, whole: int) -> None:
    if whole < 1 or not 0 <= part <= whole:
        raise BadShares(
            f"{part} of {whole} is no share: the part must lie between 0 and the whole, and the "
            "whole must be 1 or more."
        )


def _z(confidence: float) -> float:
    if not 0.5 < confidence < 1:
        raise BadShares(f"A confidence of {confidence} does not lie between 0.5 and 1.")
    return NormalDist().inv_cdf(0.5 + confidence / 2)
