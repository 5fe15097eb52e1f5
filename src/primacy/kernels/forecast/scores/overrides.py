"""Analysts' adjustments scored beside the model, on the very unit-months they adjusted.

An analyst who knows more than the model should be seen to, and so should one who does not. What is
compared is the adjusted probability (or draws) with the model's own, once the month is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.bootstrap import (
    DEFAULT,
    FEWEST_BLOCKS,
    Difference,
    Resampling,
    mean_difference,
)
from primacy.kernels.forecast.scores.comparison import Comparison, check_same, compare
from primacy.kernels.forecast.scores.errors import BadOutcomes
from primacy.kernels.forecast.scores.inputs import Flags, Floats, flags_of, probabilities_of
from primacy.kernels.forecast.scores.probability import brier, log_score
from primacy.kernels.forecast.scores.ranking import area_under_curve, average_precision
from primacy.kernels.forecast.scores.scorecard import card_of
from primacy.kernels.forecast.scores.unit_scores import UnitScores, chosen


@dataclass(frozen=True)
class Override:
    """One adjustment: unit, month, the model's probability and the analyst's, and the reason.

    `happened` is None as long as nobody knows.
    """

    unit: str
    month: int
    model: float
    analyst: float
    reason: str
    happened: bool | None = None


@dataclass(frozen=True)
class Side:
    """The scores of one side, model or analyst; ranking is None where it has no meaning."""

    mean_probability: float
    brier: float
    log_score: float
    average_precision: float | None
    auc: float | None


@dataclass(frozen=True)
class OverrideScore:
    """Model and analyst side by side on `count` adjustments, of which `events` saw the event.

    `nearer` counts those that moved towards what came, `farther` those that moved away.
    `brier_difference` and `log_score_difference` are analyst less model, below 0 is better, drawn
    by unit; None where there are too few units for an interval.
    """

    count: int
    events: int
    nearer: int
    farther: int
    model: Side
    analyst: Side
    brier_difference: Difference | None
    log_score_difference: Difference | None


@dataclass(frozen=True)
class OverrideReport:
    """The scores of a ledger: all, those that raised, those that lowered, and by reason.

    A part is None where it has no adjustment with a known outcome; `pending` are without one.
    """

    pending: int
    overall: OverrideScore | None
    raised: OverrideScore | None
    lowered: OverrideScore | None
    by_reason: tuple[tuple[str, OverrideScore], ...]


@dataclass(frozen=True)
class SideBySide:
    """Analyst less model: on the unit-months adjusted, and on all of them."""

    changed: int
    on_changed: Comparison
    on_all: Comparison


def score_overrides(
    ledger: Sequence[Override],
    resampling: Resampling = DEFAULT,
    fewest_units: int = FEWEST_BLOCKS,
) -> OverrideReport:
    """The ledger scored: analyst beside model wherever the outcome is known.

    The last entry of a unit and month counts; raises `BadOutcomes` where two entries of one unit
    and month disagree on what happened, `BadProbabilities` for what is none.
    """
    entries = _last_of_each(ledger)
    known = [entry for entry in entries if entry.happened is not None]

    def scored(part: Sequence[Override]) -> OverrideScore | None:
        return _score(part, resampling, fewest_units) if part else None

    reasons = sorted({entry.reason for entry in known})
    parts = ((name, scored([e for e in known if e.reason == name])) for name in reasons)
    return OverrideReport(
        pending=len(entries) - len(known),
        overall=scored(known),
        raised=scored([entry for entry in known if entry.analyst > entry.model]),
        lowered=scored([entry for entry in known if entry.analyst < entry.model]),
        by_reason=tuple((name, score) for name, score in parts if score is not None),
    )


def side_by_side(
    analyst: UnitScores,
    model: UnitScores,
    changed: npt.ArrayLike,
    resampling: Resampling = DEFAULT,
) -> SideBySide:
    """Adjusted draws beside those of the model, on the `changed` (n,) unit-months and on all.

    Raises `BadOutcomes` where nothing is marked as changed, or what is not marked differs;
    `NotComparable` where the two were not scored on the same unit-months.
    """
    check_same(analyst, model)
    marked = flags_of(changed, model.outcomes.size, "change")
    if not marked.any():
        raise BadOutcomes("No unit-month is marked as changed: there is nothing to compare.")
    if not np.array_equal(analyst.crps[~marked], model.crps[~marked]):
        raise BadOutcomes("Draws differ on a unit-month that is not marked as changed. Mark it.")
    return SideBySide(
        changed=int(marked.sum()),
        on_changed=compare(
            card_of(chosen(analyst, marked)), card_of(chosen(model, marked)), resampling
        ),
        on_all=compare(card_of(analyst), card_of(model), resampling),
    )


def _last_of_each(ledger: Sequence[Override]) -> list[Override]:
    """The last entry of each unit and month, with what is known of its outcome."""
    last: dict[tuple[str, int], Override] = {}
    for entry in ledger:
        before = last.get((entry.unit, entry.month), entry).happened
        if entry.happened is None:
            entry = replace(entry, happened=before)
        elif before not in (None, entry.happened):
            raise BadOutcomes(
                f"Two adjustments of {entry.unit} in month {entry.month} disagree on what "
                "happened. Correct one of them."
            )
        last[entry.unit, entry.month] = entry
    return list(last.values())


def _score(entries: Sequence[Override], resampling: Resampling, fewest_units: int) -> OverrideScore:
    model = probabilities_of([entry.model for entry in entries])
    analyst = probabilities_of([entry.analyst for entry in entries])
    happened = flags_of([bool(entry.happened) for entry in entries], model.size)
    units = np.array([entry.unit for entry in entries])
    moved = np.abs(analyst - happened) - np.abs(model - happened)
    enough = np.unique(units).size >= fewest_units

    def between(ours: Floats, theirs: Floats) -> Difference | None:
        return mean_difference(ours, theirs, units, resampling) if enough else None

    return OverrideScore(
        count=model.size,
        events=int(happened.sum()),
        nearer=int((moved < 0).sum()),
        farther=int((moved > 0).sum()),
        model=_side(model, happened),
        analyst=_side(analyst, happened),
        brier_difference=between(brier(analyst, happened), brier(model, happened)),
        log_score_difference=between(log_score(analyst, happened), log_score(model, happened)),
    )


def _side(stated: Floats, happened: Flags) -> Side:
    return Side(
        mean_probability=float(stated.mean()),
        brier=float(brier(stated, happened).mean()),
        log_score=float(log_score(stated, happened).mean()),
        average_precision=average_precision(stated, happened),
        auc=area_under_curve(stated, happened),
    )
