"""One observation held against one threshold, with the doubt its interval or sample leaves.

Everything is decided on one careful figure: the value itself; with a sample or an interval, the
value that is reached with the standard's confidence where that is worse; and the lower or upper
bound where the criterion asks for it. It does not depend on the threshold, so a stricter
threshold can never be easier to meet.
"""

import math
from dataclasses import dataclass

from primacy.kernels.readiness.evidence import Observation, badness
from primacy.kernels.readiness.probability import (
    SampleShare,
    Uncertain,
    jeffreys_interval,
    two_piece_normal,
)
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.readiness.standard import SHARE, Comparison, Criterion

EXACTNESS = 1e-9
"""Differences below this, relative to 1 or the threshold, are rounding of the machine."""


@dataclass(frozen=True)
class Weighed:
    """One observation under one criterion.

    `careful` is the figure held against the threshold; `probability` that the threshold is met
    is None for a point without an interval.
    """

    seen: Observation
    figure: float
    careful: float
    low: float | None
    high: float | None
    probability: float | None
    meets: bool


@dataclass(frozen=True)
class Unweighable:
    """An observation that cannot be held against the threshold, and why."""

    seen: Observation
    because: str


def weigh(criterion: Criterion, seen: Observation, confidence: float) -> Weighed | Unweighable:
    """What one observation says about one criterion."""
    figure = seen.figure
    if figure is None:
        return Unweighable(seen, _why_no_value(seen))
    low, high = _interval(criterion, seen, figure)
    doubt = _doubt(criterion, seen, figure)
    compared = figure
    if criterion.bound != "value" and (seen.is_sample or seen.has_interval):
        bound = low if criterion.bound == "lower" else high
        if bound is None:
            return Unweighable(
                seen,
                Sentence(
                    "the lower bound is unknown: give an interval or the number of people asked"
                )
                if criterion.bound == "lower"
                else Sentence(
                    "the upper bound is unknown: give an interval or the number of people asked"
                ),
            )
        compared = bound
    careful = _more_careful(criterion, compared, doubt, confidence)
    chance = _probability(criterion, doubt)
    return Weighed(seen, figure, careful, low, high, chance, reaches(criterion, careful))


def _more_careful(
    criterion: Criterion, compared: float, doubt: Uncertain | None, confidence: float
) -> float:
    """The compared figure, or the one reached with the given confidence where that is worse."""
    if doubt is None:
        return compared
    tail = 1 - confidence if criterion.comparison is Comparison.AT_LEAST else confidence
    return max(compared, doubt.quantile(tail), key=lambda one: badness(criterion, one))


def reaches(criterion: Criterion, figure: float) -> bool:
    """True where a figure meets the threshold, rounding of the machine aside."""
    slack = EXACTNESS * max(1.0, abs(criterion.threshold))
    match criterion.comparison:
        case Comparison.AT_LEAST:
            return figure >= criterion.threshold - slack
        case Comparison.AT_MOST:
            return figure <= criterion.threshold + slack
    return math.isclose(figure, criterion.threshold, abs_tol=slack)


def _interval(
    criterion: Criterion, seen: Observation, figure: float
) -> tuple[float | None, float | None]:
    """The stated interval; for a sampled share without one, the Jeffreys interval."""
    if seen.has_interval:
        return seen.low, seen.high
    if _sampled_share(criterion, seen, figure):
        asked = seen.denominator or 0.0
        return jeffreys_interval(figure * asked, asked, seen.level)
    return None, None


def _doubt(criterion: Criterion, seen: Observation, figure: float) -> Uncertain | None:
    """The distribution behind an observation; None for a point or a comparison with 'equals'.

    A stated interval goes before the sample's size, because it knows the survey's design.
    """
    if criterion.comparison is Comparison.EQUALS:
        return None
    if seen.has_interval:
        share = criterion.unit == SHARE
        return two_piece_normal(figure, seen.low, seen.high, seen.level, share)
    if _sampled_share(criterion, seen, figure):
        asked = seen.denominator or 0.0
        return SampleShare(figure * asked, asked)
    return None


def _sampled_share(criterion: Criterion, seen: Observation, figure: float) -> bool:
    """True where the observation is a share among a known number of people or events asked."""
    return (
        criterion.unit == SHARE and seen.is_sample and bool(seen.denominator) and 0 <= figure <= 1
    )


def _probability(criterion: Criterion, doubt: Uncertain | None) -> float | None:
    """The probability that the threshold is met; None where there is no distribution."""
    if doubt is None:
        return None
    if criterion.comparison is Comparison.AT_LEAST:
        return doubt.at_least(criterion.threshold)
    return doubt.at_most(criterion.threshold)


def _why_no_value(seen: Observation) -> str:
    """Why an observation holds no value."""
    if seen.denominator == 0:
        return Sentence("no value: the denominator is zero")
    if seen.numerator is not None:
        return Sentence("no value: the denominator is missing")
    return Sentence("no value was stated")
