"""Scores of forecasts: draws or probabilities against what happened, and the gate for a model.

Draws and outcomes go in; scores, tables, differences with intervals and a verdict with its reasons
come out. Pure: no database, no clock. Methods are described in `docs/methods/forecast-scores.md`.
"""

from primacy.kernels.forecast.scores.bootstrap import (
    Difference,
    Interval,
    Resampling,
    average_precision_difference,
    mean_difference,
    ratio,
)
from primacy.kernels.forecast.scores.budget import (
    Budget,
    ExpectedHits,
    ListResult,
    expected_hits,
    expected_hits_jointly,
    list_result,
)
from primacy.kernels.forecast.scores.comparison import Comparison, compare
from primacy.kernels.forecast.scores.decision import (
    Cheapest,
    NetBenefit,
    Prices,
    Worth,
    cheapest_threshold,
    decision_curve,
    expense,
    net_benefit,
    patrol_value,
    worth,
)
from primacy.kernels.forecast.scores.ensemble import (
    VIEWS_BINS,
    covered,
    crps,
    ignorance,
    interval,
    interval_score,
    probability_of_event,
)
from primacy.kernels.forecast.scores.errors import (
    BadDraws,
    BadOutcomes,
    BadProbabilities,
    BadSettings,
    NotComparable,
    ScoreError,
)
from primacy.kernels.forecast.scores.event_split import EventSplit, coverage, split
from primacy.kernels.forecast.scores.gate import Code, Reason, Verdict, judge
from primacy.kernels.forecast.scores.overrides import (
    Override,
    OverrideReport,
    OverrideScore,
    Side,
    SideBySide,
    score_overrides,
    side_by_side,
)
from primacy.kernels.forecast.scores.probability import brier, log_score
from primacy.kernels.forecast.scores.ranking import (
    area_under_curve,
    average_precision,
    onset_area_under_curve,
    onset_average_precision,
    onset_mask,
)
from primacy.kernels.forecast.scores.reliability import Bin, Reliability, reliability
from primacy.kernels.forecast.scores.scorecard import BUDGETS, Scorecard, card_of, scorecard
from primacy.kernels.forecast.scores.unit_scores import UnitScores, chosen, joined, score_units

__all__ = [
    "BUDGETS",
    "VIEWS_BINS",
    "BadDraws",
    "BadOutcomes",
    "BadProbabilities",
    "BadSettings",
    "Bin",
    "Budget",
    "Cheapest",
    "Code",
    "Comparison",
    "Difference",
    "EventSplit",
    "ExpectedHits",
    "Interval",
    "ListResult",
    "NetBenefit",
    "NotComparable",
    "Override",
    "OverrideReport",
    "OverrideScore",
    "Prices",
    "Reason",
    "Reliability",
    "Resampling",
    "ScoreError",
    "Scorecard",
    "Side",
    "SideBySide",
    "UnitScores",
    "Verdict",
    "Worth",
    "area_under_curve",
    "average_precision",
    "average_precision_difference",
    "brier",
    "card_of",
    "cheapest_threshold",
    "chosen",
    "compare",
    "coverage",
    "covered",
    "crps",
    "decision_curve",
    "expected_hits",
    "expected_hits_jointly",
    "expense",
    "ignorance",
    "interval",
    "interval_score",
    "joined",
    "judge",
    "list_result",
    "log_score",
    "mean_difference",
    "net_benefit",
    "onset_area_under_curve",
    "onset_average_precision",
    "onset_mask",
    "patrol_value",
    "probability_of_event",
    "ratio",
    "reliability",
    "score_overrides",
    "score_units",
    "scorecard",
    "side_by_side",
    "split",
    "worth",
]
