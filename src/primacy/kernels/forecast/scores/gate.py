"""Whether a model may be offered to users: only where its skill over the benchmark is shown.

A lower mean CRPS is not enough. Where events are rare, a forecast of nothing almost everywhere can
win it, because the many quiet unit-months outweigh the events it misses. So a model must also rank
no worse, surprise no more, and warn of the events that come.
"""

from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.forecast.scores.bootstrap import (
    DEFAULT,
    FEWEST_BLOCKS,
    Difference,
    Interval,
    Resampling,
)
from primacy.kernels.forecast.scores.comparison import Comparison, compare
from primacy.kernels.forecast.scores.errors import BadSettings
from primacy.kernels.forecast.scores.scorecard import Scorecard

FEWEST_EVENTS = 10
"""With fewer events neither ranking nor calibration can be told."""

LEAST_WARNED = 0.5
"""A model that expects surely less than half of the events that came is a confident zero."""

NEGLIGIBLE = 1e-9
"""Differences smaller than this share of the benchmark's score are rounding."""


class Code(StrEnum):
    """What the gate found. Each check leaves one: for the model, or against it."""

    CRPS_BETTER = "crps_better"
    CRPS_NOT_BETTER = "crps_not_better"
    AP_NOT_WORSE = "ap_not_worse"
    AP_WORSE = "ap_worse"
    IGNORANCE_NOT_WORSE = "ignorance_not_worse"
    IGNORANCE_WORSE = "ignorance_worse"
    EVENTS_WARNED = "events_warned"
    CONFIDENT_ZEROS = "confident_zeros"
    SPLIT_SHOWN = "split_shown"
    SPLIT_MISSING = "split_missing"
    ENOUGH_BLOCKS = "enough_blocks"
    TOO_FEW_BLOCKS = "too_few_blocks"
    ENOUGH_EVENTS = "enough_events"
    TOO_FEW_EVENTS = "too_few_events"


REFUSALS = frozenset(
    {
        Code.CRPS_NOT_BETTER,
        Code.AP_WORSE,
        Code.IGNORANCE_WORSE,
        Code.CONFIDENT_ZEROS,
        Code.SPLIT_MISSING,
        Code.TOO_FEW_BLOCKS,
        Code.TOO_FEW_EVENTS,
    }
)
"""The codes that keep a model from being offered."""


@dataclass(frozen=True)
class Reason:
    """One finding of the gate, with its figure and the interval of the figure where it has one."""

    code: Code
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def refuses(self) -> bool:
        """True where this alone keeps the model from being offered."""
        return self.code in REFUSALS


@dataclass(frozen=True)
class Verdict:
    """Whether a model is offered, every finding, and the comparison to be shown beside it."""

    offered: bool
    reasons: tuple[Reason, ...]
    comparison: Comparison

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """The findings that keep the model from being offered."""
        return tuple(reason for reason in self.reasons if reason.refuses)


def judge(
    model: Scorecard,
    benchmark: Scorecard,
    *,
    resampling: Resampling = DEFAULT,
    fewest_blocks: int = FEWEST_BLOCKS,
    fewest_events: int = FEWEST_EVENTS,
    least_warned: float = LEAST_WARNED,
) -> Verdict:
    """The verdict on a model beside its benchmark, from their cards on the same unit-months.

    Offered where the interval of the CRPS difference lies below 0, those of average precision and
    ignorance do not lie on the worse side, the model does not keep silent about events, and the
    split into unit-months with and without the event is there. Raises `NotComparable`.
    """
    if not 0 <= least_warned <= 1 or min(fewest_blocks, fewest_events) < 2:
        raise BadSettings(
            "The gate needs at least 2 blocks and 2 events, and a share of events from 0 to 1."
        )
    comparison = compare(model, benchmark, resampling)
    reasons = (
        _crps(comparison.crps),
        _average_precision(comparison.average_precision),
        _ignorance(comparison.ignorance),
        _warned(comparison, least_warned),
        _split(comparison),
        _enough(model.blocks, fewest_blocks, Code.ENOUGH_BLOCKS, Code.TOO_FEW_BLOCKS),
        _enough(model.events, fewest_events, Code.ENOUGH_EVENTS, Code.TOO_FEW_EVENTS),
    )
    return Verdict(not any(reason.refuses for reason in reasons), reasons, comparison)


def _crps(difference: Difference) -> Reason:
    better = difference.absolute.high < -NEGLIGIBLE * abs(difference.benchmark)
    return _reason(Code.CRPS_BETTER if better else Code.CRPS_NOT_BETTER, difference.absolute)


def _average_precision(difference: Difference | None) -> Reason:
    # Without events there is no ranking to be worse; the count of events refuses by itself.
    if difference is None:
        return Reason(Code.AP_NOT_WORSE)
    worse = difference.absolute.high < -NEGLIGIBLE * abs(difference.benchmark)
    return _reason(Code.AP_WORSE if worse else Code.AP_NOT_WORSE, difference.absolute)


def _ignorance(difference: Difference) -> Reason:
    worse = difference.absolute.low > NEGLIGIBLE * abs(difference.benchmark)
    code = Code.IGNORANCE_WORSE if worse else Code.IGNORANCE_NOT_WORSE
    return _reason(code, difference.absolute)


def _warned(comparison: Comparison, least: float) -> Reason:
    warned, benchmark = comparison.warned, comparison.benchmark_warned
    if warned is None or benchmark is None:
        return Reason(Code.EVENTS_WARNED)
    # In a month when violence breaks out everywhere an honest forecast expects too little too: it
    # is silence beyond the benchmark's that tells.
    silent = warned.high < least and warned.value < benchmark.value
    return _reason(Code.CONFIDENT_ZEROS if silent else Code.EVENTS_WARNED, warned)


def _split(comparison: Comparison) -> Reason:
    if comparison.on_events is None or comparison.on_quiet is None:
        return Reason(Code.SPLIT_MISSING)
    return _reason(Code.SPLIT_SHOWN, comparison.on_events.absolute)


def _enough(count: int, fewest: int, enough: Code, too_few: Code) -> Reason:
    return Reason(enough if count >= fewest else too_few, float(count))


def _reason(code: Code, interval: Interval) -> Reason:
    return Reason(code, interval.value, interval.low, interval.high)
