"""A model beside its benchmark: every difference with its interval, on the same drawn blocks."""

from dataclasses import dataclass

import numpy as np

from primacy.kernels.forecast.scores.bootstrap import (
    DEFAULT,
    Difference,
    Interval,
    Resampling,
    average_precision_difference,
    mean_difference,
    ratio,
)
from primacy.kernels.forecast.scores.errors import NotComparable
from primacy.kernels.forecast.scores.inputs import Flags
from primacy.kernels.forecast.scores.probability import brier
from primacy.kernels.forecast.scores.scorecard import Scorecard
from primacy.kernels.forecast.scores.unit_scores import UnitScores


@dataclass(frozen=True)
class Comparison:
    """Model less benchmark: below 0 is better for all but `average_precision`.

    `on_events` and `on_quiet` are the CRPS on unit-months with and without the event, None where
    there are none. `warned` is the number of events that the model's draws expect over the number
    that came, `benchmark_warned` that of the benchmark; None without events.
    """

    crps: Difference
    on_events: Difference | None
    on_quiet: Difference | None
    ignorance: Difference
    interval_score: Difference
    brier: Difference
    average_precision: Difference | None
    warned: Interval | None
    benchmark_warned: Interval | None
    resampling: Resampling


def compare(model: Scorecard, benchmark: Scorecard, resampling: Resampling = DEFAULT) -> Comparison:
    """The differences of two forecasters on the same unit-months, with block bootstrap intervals.

    Raises `NotComparable` where the two were not scored on the same outcomes, in the same order.
    """
    ours, theirs = model.scores, benchmark.scores
    check_same(ours, theirs)

    def between(name: str, within: Flags | None = None) -> Difference:
        pair = (getattr(ours, name), getattr(theirs, name))
        return mean_difference(*pair, ours.blocks, resampling, within)

    events = ours.events
    return Comparison(
        crps=between("crps"),
        on_events=between("crps", events) if events.any() else None,
        on_quiet=between("crps", ~events) if not events.all() else None,
        ignorance=between("ignorance"),
        interval_score=between("interval_score"),
        brier=mean_difference(
            brier(ours.probability, events),
            brier(theirs.probability, events),
            ours.blocks,
            resampling,
        ),
        average_precision=average_precision_difference(
            ours.probability, theirs.probability, events, ours.blocks, resampling
        ),
        warned=ratio(ours.drawn, events, ours.blocks, resampling),
        benchmark_warned=ratio(theirs.drawn, events, ours.blocks, resampling),
        resampling=resampling,
    )


def check_same(ours: UnitScores, theirs: UnitScores) -> None:
    """Refuses two sets of scores that are not of the same unit-months, scored alike."""
    same = np.array_equal(ours.outcomes, theirs.outcomes)
    if not same or not np.array_equal(ours.blocks, theirs.blocks):
        raise NotComparable(
            "The two forecasters were scored on different unit-months. Score both on the same "
            "outcomes and blocks, in the same order."
        )
    if (ours.level, ours.threshold) != (theirs.level, theirs.threshold):
        raise NotComparable("The two forecasters were scored with different levels or thresholds.")
    if ours.draws != theirs.draws:
        raise NotComparable(
            f"Ignorance depends on the number of draws: one has {ours.draws}, the other "
            f"{theirs.draws}. Give both as many, best 1,000."
        )
