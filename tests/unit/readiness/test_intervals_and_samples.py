"""Samples, intervals and bounds: how sure the evidence makes us."""

import math

import pytest
from scipy import stats

from primacy.kernels.readiness import (
    Comparison,
    Method,
    Result,
    SampleShare,
    evaluate_criterion,
    jeffreys_interval,
    two_piece_normal,
)
from tests.unit.readiness.builders import AS_OF, criterion, minutes, seen


@pytest.mark.parametrize(
    ("cases", "asked", "low", "high"),
    [
        # Quantiles of Beta(cases + 1/2, asked - cases + 1/2), found without scipy: the density
        # integrated by Simpson's rule after p = sin² t, inverted by bisection.
        (40, 80, 0.392068, 0.607932),
        (0, 20, 0.0, 0.116639),
        (20, 20, 0.883361, 1.0),
        (9, 10, 0.618685, 0.988988),
    ],
)
def test_jeffreys_interval_golden_values(cases: int, asked: int, low: float, high: float) -> None:
    assert jeffreys_interval(cases, asked) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("cases", "asked"), [(1, 7), (40, 80), (79, 112), (3, 400)])
def test_jeffreys_interval_is_the_beta_quantiles(cases: int, asked: int) -> None:
    posterior = stats.beta(cases + 0.5, asked - cases + 0.5)
    expected = (posterior.ppf(0.025), posterior.ppf(0.975))
    assert jeffreys_interval(cases, asked) == pytest.approx(expected, rel=1e-9)


def test_half_of_a_sample_makes_a_half_an_even_chance() -> None:
    assert SampleShare(40, 80).at_least(0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(("have", "asked"), [(41, 80), (90, 112), (8, 10)])
def test_sample_probability_agrees_with_the_beta_distribution(have: int, asked: int) -> None:
    posterior = stats.beta(have + 0.5, asked - have + 0.5)
    for threshold in (0.3, 0.5, 0.8):
        share = SampleShare(have, asked)
        assert share.at_least(threshold) == pytest.approx(posterior.sf(threshold), rel=1e-9)
        assert share.at_most(threshold) == pytest.approx(posterior.cdf(threshold), rel=1e-9)


def test_sample_probability_by_hand() -> None:
    # One of one: Beta(3/2, 1/2); P(p >= 1/2) = 1/2 + 1/pi.
    assert SampleShare(1, 1).at_least(0.5) == pytest.approx(0.5 + 1 / math.pi)


def test_a_small_sample_above_the_threshold_is_not_enough() -> None:
    outcome = evaluate_criterion(
        criterion(), [seen(numerator=9, denominator=11, sample=True)], AS_OF
    )
    assert outcome.value is not None
    assert outcome.value > 0.8
    assert outcome.probability == pytest.approx(stats.beta(9.5, 2.5).sf(0.8))
    assert outcome.result is Result.NOT_MET
    assert outcome.margin is not None
    assert outcome.margin < 0
    assert any(line.startswith("probability 0.5") for line in outcome.reasons)


def test_a_large_sample_with_the_same_share_is_enough() -> None:
    outcome = evaluate_criterion(
        criterion(), [seen(numerator=900, denominator=1100, sample=True)], AS_OF
    )
    assert outcome.probability is not None
    assert outcome.probability > 0.8
    assert outcome.result is Result.MET


def test_the_verdict_changes_where_the_probability_crosses_the_confidence() -> None:
    row = [seen(numerator=88, denominator=106, sample=True)]
    chance = evaluate_criterion(criterion(), row, AS_OF).probability
    assert chance is not None
    assert 0.5 < chance < 0.99
    assert evaluate_criterion(criterion(), row, AS_OF, chance - 1e-6).result is Result.MET
    assert evaluate_criterion(criterion(), row, AS_OF, chance + 1e-6).result is Result.NOT_MET


def test_the_prior_alone_never_meets_a_threshold() -> None:
    # The posterior of 0 of 1 puts 0.87 on shares above 0.01; the sample itself shows none.
    outcome = evaluate_criterion(
        criterion(threshold=0.01), [seen(numerator=0, denominator=1, sample=True)], AS_OF
    )
    assert outcome.probability is not None
    assert outcome.probability > 0.8
    assert outcome.result is Result.NOT_MET


def test_a_complete_count_has_no_probability() -> None:
    outcome = evaluate_criterion(criterion(), [seen(numerator=90, denominator=112)], AS_OF)
    assert outcome.probability is None
    assert (outcome.low, outcome.high) == (None, None)


def test_the_two_piece_normal_keeps_the_stated_ends_and_the_value() -> None:
    curve = two_piece_normal(50, 40, 70, level=0.9)
    assert curve.at_most(40) == pytest.approx(0.05)
    assert curve.at_most(50) == pytest.approx(0.5)
    assert curve.at_least(70) == pytest.approx(0.05)
    assert curve.quantile(0.05) == pytest.approx(40)
    assert curve.quantile(0.95) == pytest.approx(70)


def test_a_missing_end_is_taken_as_symmetric() -> None:
    assert two_piece_normal(50, 40, None, 0.9) == two_piece_normal(50, 40, 60, 0.9)


def test_shares_are_clipped_to_nothing_and_all() -> None:
    curve = two_piece_normal(0.95, 0.85, 1.0, 0.95, share=True)
    assert curve.at_least(0.0) == 1.0
    assert curve.at_most(1.0) == 1.0
    assert curve.at_most(-0.01) == 0.0
    assert curve.quantile(0.999) <= 1.0


@pytest.mark.parametrize(("high", "expected"), [(62, Result.MET), (90, Result.NOT_MET)])
def test_an_interval_must_leave_the_threshold_with_the_standards_confidence(
    high: float, expected: Result
) -> None:
    row = seen(55, low=45, high=high, indicator="response_minutes")
    outcome = evaluate_criterion(minutes(), [row], AS_OF)
    spread = (high - 55) / stats.norm.ppf(0.975)
    assert outcome.probability == pytest.approx(stats.norm.cdf(5 / spread))
    assert outcome.result is expected


def test_a_survey_is_held_by_its_stated_lower_bound() -> None:
    one = criterion(threshold=0.5, bound="lower", methods=frozenset({Method.SURVEY}))
    below = seen(0.54, low=0.48, high=0.60, method=Method.SURVEY)
    above = seen(0.58, low=0.51, high=0.64, method=Method.SURVEY)
    outcome = evaluate_criterion(one, [below], AS_OF)
    assert outcome.result is Result.NOT_MET
    assert outcome.margin == pytest.approx(-2)
    assert outcome.margin_text == (
        "2 percentage points short (54 %; lower bound 48 %; at least 50 % needed)"
    )
    assert evaluate_criterion(one, [above], AS_OF).result is Result.MET


def test_a_survey_with_only_its_size_gets_the_jeffreys_lower_bound() -> None:
    one = criterion(threshold=0.5, bound="lower")
    counts = seen(numerator=240, denominator=400, method=Method.SURVEY)
    share = seen(0.6, denominator=400, method=Method.SURVEY)
    for row in (counts, share):
        outcome = evaluate_criterion(one, [row], AS_OF)
        assert outcome.low == pytest.approx(jeffreys_interval(240, 400)[0])
        assert outcome.result is Result.MET
    small = seen(numerator=6, denominator=10, method=Method.SURVEY)
    assert evaluate_criterion(one, [small], AS_OF).result is Result.NOT_MET


def test_a_survey_without_interval_or_size_has_no_lower_bound_and_is_unknown() -> None:
    one = criterion(threshold=0.5, bound="lower")
    outcome = evaluate_criterion(one, [seen(0.9, method=Method.SURVEY)], AS_OF)
    assert outcome.result is Result.UNKNOWN
    assert "lower bound is unknown" in outcome.margin_text


def test_the_upper_bound_is_held_against_an_upper_limit() -> None:
    one = minutes(bound="upper")
    row = seen(50, low=45, high=61, indicator="response_minutes")
    assert evaluate_criterion(one, [row], AS_OF).result is Result.NOT_MET
    assert evaluate_criterion(minutes(), [row], AS_OF).result is Result.MET


def test_a_stated_interval_goes_before_the_sample_size() -> None:
    # A clustered survey: its interval is wider than the number of people asked suggests.
    wide = seen(0.6, low=0.35, high=0.85, denominator=400, method=Method.SURVEY)
    one = criterion(threshold=0.5)
    outcome = evaluate_criterion(one, [wide], AS_OF)
    assert outcome.result is Result.NOT_MET
    assert (outcome.low, outcome.high) == (0.35, 0.85)


def test_an_interval_without_a_point_stands_for_its_middle() -> None:
    outcome = evaluate_criterion(criterion(), [seen(low=0.85, high=0.95)], AS_OF)
    assert outcome.value == pytest.approx(0.9)
    assert outcome.result is Result.MET


def test_a_sampled_share_at_most_counts_the_upper_side() -> None:
    one = criterion(comparison=Comparison.AT_MOST, threshold=0.1)
    outcome = evaluate_criterion(one, [seen(numerator=1, denominator=12, sample=True)], AS_OF)
    assert outcome.probability == pytest.approx(stats.beta(1.5, 11.5).cdf(0.1))
    assert outcome.result is Result.NOT_MET
