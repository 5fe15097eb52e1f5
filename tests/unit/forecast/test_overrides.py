"""Analysts' adjustments beside the model."""

from dataclasses import replace

import numpy as np
import pytest

from primacy.kernels.forecast.scores import (
    BadOutcomes,
    BadProbabilities,
    NotComparable,
    Override,
    chosen,
    score_overrides,
    score_units,
    side_by_side,
)

LEDGER = [
    Override("north", 1, 0.1, 0.5, "elders", True),
    Override("north", 2, 0.1, 0.3, "elders", False),
    Override("south", 1, 0.6, 0.2, "truce", False),
    Override("south", 2, 0.6, 0.2, "truce", None),
]


def many(seed: int, knows: bool) -> list[Override]:
    random = np.random.default_rng(seed)
    ledger = []
    for place in range(600):
        risk = random.random()
        said = risk if knows else random.random()
        entry = Override(f"area {place % 40}", place // 40, 0.5, said, "seen", None)
        ledger.append(replace(entry, happened=bool(random.random() < risk)))
    return ledger


def test_a_ledger_by_hand() -> None:
    report = score_overrides(LEDGER)
    found = report.overall
    assert found is not None
    kept = score_overrides([*LEDGER, Override("west", 1, 0.4, 0.4, "seen", True)]).overall
    assert kept is not None
    assert (kept.count, kept.nearer, kept.farther) == (4, 2, 1)
    assert (report.pending, found.count, found.events) == (1, 3, 1)
    assert (found.nearer, found.farther) == (2, 1)
    assert found.model.brier == pytest.approx((0.81 + 0.01 + 0.36) / 3)
    assert found.analyst.brier == pytest.approx((0.25 + 0.09 + 0.04) / 3)
    assert (found.model.auc, found.analyst.auc) == (0.25, 1.0)
    assert found.analyst.mean_probability == pytest.approx(1 / 3)


def test_raised_and_lowered_and_each_reason_stand_apart() -> None:
    report = score_overrides(LEDGER)
    assert report.raised is not None
    assert report.lowered is not None
    assert (report.raised.count, report.raised.events) == (2, 1)
    assert (report.lowered.count, report.lowered.events) == (1, 0)
    assert [(name, score.count) for name, score in report.by_reason] == [
        ("elders", 2),
        ("truce", 1),
    ]


def test_an_analyst_who_knows_more_is_better_with_an_interval_and_one_who_guesses_is_not() -> None:
    better = score_overrides(many(1, knows=True)).overall
    worse = score_overrides(many(1, knows=False)).overall
    assert better is not None
    assert worse is not None
    assert better.brier_difference is not None
    assert better.log_score_difference is not None
    assert worse.brier_difference is not None
    assert better.brier_difference.absolute.high < 0
    assert better.log_score_difference.absolute.high < 0
    assert worse.brier_difference.absolute.low > 0
    assert better.brier_difference.absolute.value == pytest.approx(
        better.analyst.brier - better.model.brier
    )


def test_few_units_give_no_interval() -> None:
    found = score_overrides(LEDGER).overall
    assert found is not None
    assert found.brier_difference is None


def test_the_last_adjustment_of_a_month_counts_and_keeps_what_is_known() -> None:
    again = replace(LEDGER[0], analyst=0.9, happened=None)
    found = score_overrides([LEDGER[0], again]).overall
    assert found is not None
    assert (found.count, found.analyst.mean_probability, found.events) == (1, 0.9, 1)


def test_adjustments_that_disagree_on_what_happened_are_refused() -> None:
    with pytest.raises(BadOutcomes, match="north in month 1 disagree"):
        score_overrides([LEDGER[0], replace(LEDGER[0], happened=False)])


def test_a_probability_that_is_none_is_refused() -> None:
    with pytest.raises(BadProbabilities):
        score_overrides([replace(LEDGER[0], analyst=50.0)])


def test_a_ledger_without_outcomes_has_no_score() -> None:
    report = score_overrides([LEDGER[3]])
    assert (report.pending, report.overall, report.by_reason) == (1, None, ())


def test_adjusted_draws_are_compared_where_they_were_adjusted_and_everywhere() -> None:
    random = np.random.default_rng(3)
    outcomes = random.poisson(1.0, 60)
    model = random.poisson(1.0, (60, 40))
    changed = np.arange(60) < 12
    analyst = np.where(changed[:, None], outcomes[:, None], model)
    blocks = np.arange(60) % 12
    units = [score_units(draws, outcomes, blocks=blocks) for draws in (analyst, model)]
    found = side_by_side(*units, changed)
    assert found.changed == 12
    assert found.on_changed.crps.model == 0.0
    assert found.on_changed.crps.absolute.high < 0
    assert found.on_all.crps.absolute.value == pytest.approx(
        found.on_changed.crps.absolute.value * 12 / 60
    )
    assert chosen(units[1], changed).crps.tolist() == units[1].crps[:12].tolist()
    with pytest.raises(BadOutcomes, match="not marked as changed"):
        side_by_side(*units, np.arange(60) < 11)
    with pytest.raises(BadOutcomes, match="nothing to compare"):
        side_by_side(units[0], units[0], np.zeros(60))
    with pytest.raises(NotComparable):
        side_by_side(units[0], chosen(units[1], changed), changed)
