"""Every score of one forecaster on one set of unit-months: all places show the same figures.

Pages, the command line and the benchmark read this object; none of them works out a score itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.budget import Budget, ListResult, list_result
from primacy.kernels.forecast.scores.ensemble import INTERVAL
from primacy.kernels.forecast.scores.event_split import EventSplit, coverage, split
from primacy.kernels.forecast.scores.inputs import EVENT
from primacy.kernels.forecast.scores.probability import brier
from primacy.kernels.forecast.scores.ranking import (
    area_under_curve,
    average_precision,
    onset_area_under_curve,
    onset_average_precision,
)
from primacy.kernels.forecast.scores.reliability import Reliability, reliability
from primacy.kernels.forecast.scores.unit_scores import UnitScores, score_units

BUDGETS = (Budget(share=0.01), Budget(share=0.05), Budget(share=0.10), Budget(count=10))
"""Lists that every card shows: a share of all unit-months, and ten units."""


@dataclass(frozen=True)
class Scorecard:
    """The scores of one forecaster. Figures are None where they have no meaning (no event seen).

    `crps` is its mean with the parts on unit-months with and without the event, `coverage` the
    share of outcomes inside the central interval, split the same way. `expected_events` is the sum
    of the probabilities. `scores` holds the unit-months themselves; a comparison needs them.
    """

    units: int
    blocks: int
    draws: int
    level: float
    events: int
    expected_events: float
    crps: EventSplit
    ignorance: float
    interval_score: float
    brier: float
    average_precision: float | None
    auc: float | None
    onset_units: int | None
    onset_events: int | None
    onset_average_precision: float | None
    onset_auc: float | None
    reliability: Reliability
    coverage: EventSplit
    lists: tuple[ListResult, ...]
    scores: UnitScores = field(repr=False, compare=False)

    @property
    def calibration_error(self) -> float:
        """The expected calibration error of the probability of the event."""
        return self.reliability.calibration_error

    @property
    def base_rate(self) -> float:
        """The share of unit-months with the event."""
        return self.events / self.units

    def figures(self) -> dict[str, float | int | None]:
        """The figures by name, flat, as files and tables keep them."""
        named: dict[str, float | int | None] = {
            "units": self.units,
            "blocks": self.blocks,
            "draws": self.draws,
            "events": self.events,
            "expected_events": self.expected_events,
            "crps": self.crps.on_all,
            "crps_on_events": self.crps.on_events,
            "crps_on_quiet": self.crps.on_quiet,
            "ignorance": self.ignorance,
            "interval_score": self.interval_score,
            "brier": self.brier,
            "average_precision": self.average_precision,
            "auc": self.auc,
            "onset_units": self.onset_units,
            "onset_events": self.onset_events,
            "onset_average_precision": self.onset_average_precision,
            "onset_auc": self.onset_auc,
            "calibration_error": self.calibration_error,
            "coverage": self.coverage.on_all,
            "coverage_on_events": self.coverage.on_events,
            "coverage_on_quiet": self.coverage.on_quiet,
        }
        for result in self.lists:
            named[f"precision_{_label(result.budget)}"] = result.precision
            named[f"recall_{_label(result.budget)}"] = result.recall
        return named


def scorecard(
    draws: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    *,
    blocks: npt.ArrayLike,
    onset: npt.ArrayLike | None = None,
    months: npt.ArrayLike | None = None,
    probabilities: npt.ArrayLike | None = None,
    level: float = INTERVAL,
    threshold: float = EVENT,
    budgets: Sequence[Budget] = BUDGETS,
) -> Scorecard:
    """Every score of draws (n, m) of counts against outcomes (n,).

    `blocks` (n,) label what the bootstrap draws; `onset` (n,) marks unit-months where an event
    would be an onset (`onset_mask`); `months` (n,) make counted budgets lists of each month;
    `probabilities` (n,) of the event replace the share of draws. Raises the errors of this package.
    """
    return card_of(
        score_units(
            draws,
            outcomes,
            blocks=blocks,
            onset=onset,
            months=months,
            probabilities=probabilities,
            level=level,
            threshold=threshold,
        ),
        budgets,
    )


def card_of(scores: UnitScores, budgets: Sequence[Budget] = BUDGETS) -> Scorecard:
    """The card of scores that are known unit-month by unit-month, such as several windows joined.

    A share is a share of all unit-months; a count is spent in each month where months are known.
    """
    stated, events, onset = scores.probability, scores.events, scores.onset
    return Scorecard(
        units=events.size,
        blocks=np.unique(scores.blocks).size,
        draws=scores.draws,
        level=scores.level,
        events=int(events.sum()),
        expected_events=float(stated.sum()),
        crps=split(scores.crps, events),
        ignorance=float(scores.ignorance.mean()),
        interval_score=float(scores.interval_score.mean()),
        brier=float(brier(stated, events).mean()),
        average_precision=average_precision(stated, events),
        auc=area_under_curve(stated, events),
        onset_units=None if onset is None else int(onset.sum()),
        onset_events=None if onset is None else int((onset & events).sum()),
        onset_average_precision=(
            None if onset is None else onset_average_precision(stated, events, onset)
        ),
        onset_auc=None if onset is None else onset_area_under_curve(stated, events, onset),
        reliability=reliability(stated, events),
        coverage=coverage(scores.inside, events),
        lists=tuple(
            list_result(
                stated, events, budget, months=None if budget.count is None else scores.months
            )
            for budget in budgets
        ),
        scores=scores,
    )


def _label(budget: Budget) -> str:
    if budget.count is not None:
        return f"top_{budget.count}"
    return f"top_{100 * (budget.share or 0.0):g}_percent"
