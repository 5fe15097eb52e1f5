"""The scores of one forecaster unit-month by unit-month, from one pass over its draws.

Draws are large and scores small: a backtest scores one window at a time, keeps this, and joins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.ensemble import (
    INTERVAL,
    covered,
    crps_of_sorted,
    ignorance_of_sorted,
    interval_of_sorted,
    interval_score,
)
from primacy.kernels.forecast.scores.errors import NotComparable
from primacy.kernels.forecast.scores.inputs import (
    EVENT,
    Flags,
    Floats,
    Labels,
    draws_of,
    flags_of,
    labels_of,
    outcomes_of,
    probabilities_of,
    sorted_chunks,
)


@dataclass(frozen=True, eq=False)
class UnitScores:
    """Scores of n unit-months, all (n,), in the order in which they were forecast.

    `probability` is that of the event as the forecaster states it, `drawn` the share of its draws
    with the event: the same unless it states one of its own. `onset` marks where an event would be
    an onset, `months` labels the lists; both may be None.
    """

    outcomes: Floats
    events: Flags
    probability: Floats
    drawn: Floats
    crps: Floats
    ignorance: Floats
    interval_score: Floats
    inside: Flags
    blocks: Labels
    onset: Flags | None
    months: Labels | None
    draws: int
    level: float
    threshold: float


def score_units(
    draws: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    *,
    blocks: npt.ArrayLike,
    onset: npt.ArrayLike | None = None,
    months: npt.ArrayLike | None = None,
    probabilities: npt.ArrayLike | None = None,
    level: float = INTERVAL,
    threshold: float = EVENT,
) -> UnitScores:
    """The scores of each unit-month of draws (n, m) against outcomes (n,), both counts.

    `blocks` are the labels (n,) that the bootstrap draws: regions, or countries. `probabilities`
    of the event are given where the forecaster knows them finer than its draws can tell.
    """
    table = draws_of(draws)
    count = table.shape[0]
    observed = outcomes_of(outcomes, count)
    low, high, drawn = np.empty(count), np.empty(count), np.empty(count)
    crps, ignorance = np.empty(count), np.empty(count)
    for part, ranked in sorted_chunks(table):
        crps[part] = crps_of_sorted(ranked, observed[part])
        ignorance[part] = ignorance_of_sorted(ranked, observed[part])
        low[part], high[part] = interval_of_sorted(ranked, level)
        drawn[part] = (ranked >= threshold).sum(axis=1) / ranked.shape[1]
    return UnitScores(
        outcomes=observed,
        events=observed >= threshold,
        probability=drawn if probabilities is None else probabilities_of(probabilities, count),
        drawn=drawn,
        crps=crps,
        ignorance=ignorance,
        interval_score=interval_score(low, high, observed, level),
        inside=covered(low, high, observed),
        blocks=labels_of(blocks, count),
        onset=None if onset is None else flags_of(onset, count, "onset"),
        months=None if months is None else labels_of(months, count, "month"),
        draws=table.shape[1],
        level=level,
        threshold=threshold,
    )


def chosen(scores: UnitScores, where: npt.ArrayLike) -> UnitScores:
    """The scores of the unit-months that a mask (n,) marks, in their order."""
    asked = flags_of(where, scores.outcomes.size, "mask")
    parts: dict[str, Any] = {field.name: getattr(scores, field.name) for field in fields(scores)}
    kept = {name: part[asked] for name, part in parts.items() if isinstance(part, np.ndarray)}
    return UnitScores(**{**parts, **kept})


def joined(parts: Sequence[UnitScores]) -> UnitScores:
    """The scores of several windows as those of one set of unit-months, in the order given.

    Raises `NotComparable` where the windows differ in draws, level or threshold, or some lack
    onsets or months.
    """
    if not parts:
        raise NotComparable("There is no window to join.")
    first = parts[0]
    merged: dict[str, Any] = {}
    for field in fields(first):
        values = [getattr(part, field.name) for part in parts]
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        if len(arrays) == len(values):
            merged[field.name] = np.concatenate(arrays)
        elif arrays:
            raise NotComparable(f"Some windows have {field.name} and others have none.")
        elif any(value != values[0] for value in values):
            raise NotComparable(f"The windows were not scored alike: {field.name} differs.")
        else:
            merged[field.name] = values[0]
    return UnitScores(**merged)
