"""Ranking of units, and what a list of limited length finds."""

import math
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from primacy.kernels.forecast.scores import (
    BadOutcomes,
    BadSettings,
    Budget,
    area_under_curve,
    average_precision,
    expected_hits,
    expected_hits_jointly,
    list_result,
    onset_area_under_curve,
    onset_average_precision,
    onset_mask,
)
from primacy.kernels.forecast.scores.budget import hits_distribution

RANKINGS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=25)


def pairs(ranking: list[tuple[int, bool]]) -> tuple[list[float], list[bool]]:
    return [place / 6 for place, _ in ranking], [event for _, event in ranking]


@settings(deadline=None)
@given(RANKINGS)
def test_the_area_is_the_share_of_pairs_put_right(ranking: list[tuple[int, bool]]) -> None:
    chances, events = pairs(ranking)
    assume(0 < sum(events) < len(events))
    hits = [p for p, event in zip(chances, events, strict=True) if event]
    quiet = [p for p, event in zip(chances, events, strict=True) if not event]
    right = sum((p > q) + 0.5 * (p == q) for p, q in product(hits, quiet))
    assert area_under_curve(chances, events) == pytest.approx(right / len(hits) / len(quiet))


@settings(deadline=None)
@given(RANKINGS)
def test_average_precision_steps_through_distinct_probabilities(
    ranking: list[tuple[int, bool]],
) -> None:
    chances, events = pairs(ranking)
    assume(any(events))
    value, recall = 0.0, 0.0
    for threshold in sorted(set(chances), reverse=True):
        listed = [e for p, e in zip(chances, events, strict=True) if p >= threshold]
        reached = sum(listed) / sum(events)
        value += (reached - recall) * sum(listed) / len(listed)
        recall = reached
    assert average_precision(chances, events) == pytest.approx(value)


def test_average_precision_and_area_agree_with_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(5)
    chances, events = random.integers(0, 40, 500) / 40, random.random(500) < 0.1
    expected = metrics.average_precision_score(events, chances)
    assert average_precision(chances, events) == pytest.approx(expected)
    assert area_under_curve(chances, events) == pytest.approx(
        metrics.roc_auc_score(events, chances)
    )


def test_average_precision_by_hand() -> None:
    # Events at places 1 and 3: (1/1 + 2/3) / 2.
    assert average_precision([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0]) == pytest.approx(5 / 6)


def test_a_list_without_order_has_the_base_rate_and_one_half() -> None:
    events = [1, 0, 0, 0]
    assert average_precision([0.3] * 4, events) == 0.25
    assert area_under_curve([0.3] * 4, events) == 0.5


@settings(deadline=None)
@given(RANKINGS, st.randoms(use_true_random=False))
def test_no_score_depends_on_the_order_of_equals(
    ranking: list[tuple[int, bool]], random: Random
) -> None:
    shuffled = random.sample(ranking, len(ranking))
    for score in (average_precision, area_under_curve):
        assert score(*pairs(ranking)) == pytest.approx(score(*pairs(shuffled)))
    budget = Budget(share=0.3)
    one, other = list_result(*pairs(ranking), budget), list_result(*pairs(shuffled), budget)
    assert one.hits == pytest.approx(other.hits)


def test_ranking_has_no_meaning_without_events_or_with_nothing_else() -> None:
    assert average_precision([0.1, 0.2], [0, 0]) is None
    assert area_under_curve([0.1, 0.2], [0, 0]) is None
    assert area_under_curve([0.1, 0.2], [1, 1]) is None


def test_an_onset_needs_twelve_quiet_months_before_the_cut() -> None:
    history = np.zeros((4, 14))
    history[1, 1] = 5  # thirteen months before: long past
    history[2, 2] = 1  # twelve months before
    history[3, 13] = 1
    assert onset_mask(history).tolist() == [True, True, False, False]
    assert onset_mask(history, months=3).tolist() == [True, True, True, False]
    assert onset_mask(history, threshold=2).tolist() == [True] * 4


def test_an_onset_is_not_told_from_too_short_a_history() -> None:
    with pytest.raises(BadOutcomes, match="12 months of history"):
        onset_mask(np.zeros((3, 11)))
    with pytest.raises(BadOutcomes, match="is missing"):
        onset_mask([[0.0] * 11 + [np.nan]])


def test_onset_scores_see_the_onset_units_alone() -> None:
    chances, events = [0.9, 0.8, 0.4, 0.3, 0.2], [1, 0, 0, 1, 0]
    onset = [0, 0, 1, 1, 1]
    assert onset_area_under_curve(chances, events, onset) == 0.5
    assert onset_average_precision(chances, events, onset) == 0.5
    assert onset_area_under_curve(chances, events, [0] * 5) is None
    assert onset_average_precision(chances, events, [0] * 5) is None


def test_a_budget_by_hand() -> None:
    chances = [0.9, 0.8, 0.7, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    events = [1, 0, 1, 1, 0, 0, 0, 0, 0, 0]
    found = list_result(chances, events, Budget(count=3))
    assert (found.listed, found.hits, found.precision) == (3, 2.0, pytest.approx(2 / 3))
    assert found.recall == pytest.approx(2 / 3)
    assert found.expected.mean == pytest.approx(2.4)
    assert list_result(chances, events, Budget(share=0.3)).hits == 2.0


def test_equals_at_the_end_of_the_list_count_by_their_chance_to_be_on_it() -> None:
    # One sure place, then one place for four equals, one of which saw the event.
    found = list_result([0.9, 0.5, 0.5, 0.5, 0.5], [1, 0, 1, 0, 0], Budget(count=2))
    assert found.hits == 1.25
    assert found.precision == 0.625


def test_a_list_of_each_month_takes_its_places_in_each_month() -> None:
    chances, events = [0.9, 0.8, 0.2, 0.1], [1, 1, 1, 0]
    months = ["May", "May", "June", "June"]
    assert list_result(chances, events, Budget(count=2)).hits == 2
    monthly = list_result(chances, events, Budget(count=1), months=months)
    assert (monthly.listed, monthly.hits) == (2, 2.0)
    assert monthly.expected.mean == pytest.approx(1.1)


def test_a_share_is_rounded_up_without_being_fooled_by_rounding() -> None:
    assert Budget(share=0.07).length(100) == 7
    assert Budget(share=0.05).length(101) == 6
    assert Budget(share=0.001).length(10) == 1
    assert Budget(count=50).length(10) == 10


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_the_number_of_hits_has_the_distribution_of_all_cases(chances: list[float]) -> None:
    expected = np.zeros(len(chances) + 1)
    for case in product((0, 1), repeat=len(chances)):
        expected[sum(case)] += np.prod(
            [p if hit else 1 - p for p, hit in zip(chances, case, strict=True)]
        )
    assert hits_distribution(chances) == pytest.approx(expected, abs=1e-12)


def test_long_lists_are_summed_as_exactly_as_short_ones() -> None:
    found, size = hits_distribution([0.2] * 6000), 6000
    for hits in (0, 1000, 1200, 1201, 1300, 6000):
        ways = math.lgamma(size + 1) - math.lgamma(hits + 1) - math.lgamma(size - hits + 1)
        chance = math.exp(ways + hits * math.log(0.2) + (size - hits) * math.log(0.8))
        assert found[hits] == pytest.approx(chance, rel=1e-9, abs=1e-12)
    assert found.sum() == pytest.approx(1)


def test_expected_hits_of_ten_even_chances() -> None:
    # P(0 or 1) = 11/1024 < .05 <= P(at most 2) = 56/1024.
    found = expected_hits([0.5] * 10)
    assert (found.listed, found.mean, found.low, found.high) == (10, 5.0, 2, 8)
    assert found.precision == 0.5
    assert (expected_hits([1.0] * 3).low, expected_hits([1.0] * 3).high) == (3, 3)


def test_joint_draws_keep_that_neighbours_suffer_together() -> None:
    random = np.random.default_rng(8)
    together = np.repeat(random.random((1, 1000)) < 0.5, 10, axis=0)
    apart = random.random((10, 1000)) < 0.5
    joint, single = expected_hits_jointly(together, 0.8), expected_hits_jointly(apart, 0.8)
    assert (joint.low, joint.high) == (0, 10)
    assert joint.mean == pytest.approx(together.sum() / 1000)
    assert (single.low, single.high) == (3, 7)


def test_the_range_of_hits_holds_what_comes_as_often_as_it_says() -> None:
    random = np.random.default_rng(21)
    chances = random.beta(0.5, 2.0, 40)
    found = expected_hits(chances, 0.8)
    counts = (random.random((4000, 40)) < chances).sum(axis=1)
    inside = ((counts >= found.low) & (counts <= found.high)).mean()
    # Whole numbers cannot give 80 % exactly; the range is the shortest that gives it.
    assert 0.8 <= inside <= 0.93
    for low, high in pairwise((0.5, 0.8, 0.95)):
        assert expected_hits(chances, low).high <= expected_hits(chances, high).high


@pytest.mark.parametrize(
    "wrong", [{}, {"share": 0.1, "count": 3}, {"share": 0.0}, {"share": 5.0}, {"count": 0}]
)
def test_budgets_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadSettings):
        Budget(**wrong)
