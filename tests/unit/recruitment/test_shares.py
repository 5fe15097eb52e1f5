"""Shares, indexes and funnels agree with reference values, and their intervals keep their word."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from scipy.stats.contingency import relative_risk

from primacy.kernels.recruitment import (
    BadFunnel,
    BadShares,
    Population,
    funnel,
    ratio_of_shares,
    representation,
    share,
)


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 3_000))
    return draw(st.integers(0, whole)), whole


@given(parts(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_shares_have_the_interval_of_wilson(counted: tuple[int, int], confidence: float) -> None:
    found = share(*counted, confidence)
    known = binomtest(*counted).proportion_ci(confidence, method="wilson")
    assert found.value == counted[0] / counted[1]
    assert found.low == pytest.approx(known.low, abs=1e-9)
    assert found.high == pytest.approx(known.high, abs=1e-9)


@given(parts(), parts())
def test_ratios_of_shares_have_the_interval_of_katz(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found = ratio_of_shares(*one, *other)
    if other[0] == 0:
        assert found is None
        return
    assert found is not None
    if one[0] == 0:
        assert (found.value, found.low) == (0, 0)
        assert found.high > 0
        return
    known = relative_risk(*one, *other)
    ends = known.confidence_interval(0.95)
    assert found.value == pytest.approx(known.relative_risk)
    assert found.low == pytest.approx(ends.low)
    assert found.high == pytest.approx(ends.high)


def test_an_index_beside_a_census_by_hand() -> None:
    # 24 women of 200, in a population that is half women: 0.12 / 0.5; Wilson (0.0820, 0.1723).
    women, men = representation({"women": 24, "men": 176}, Population({"women": 500, "men": 500}))
    assert women.index is not None
    assert women.index.value == pytest.approx(0.24)
    assert women.index.low == pytest.approx(0.1640, abs=2e-4)
    assert women.index.high == pytest.approx(0.3446, abs=2e-4)
    assert women.below
    assert men.above


def test_an_index_beside_a_survey_is_less_certain() -> None:
    counted = {"women": 24, "men": 176}
    census = representation(counted, Population({"women": 40, "men": 60}))[0].index
    survey = representation(counted, Population({"women": 40, "men": 60}, sampled=True))[0].index
    assert census is not None
    assert survey is not None
    assert survey.value == census.value
    assert survey.high / survey.low > census.high / census.low
    known = relative_risk(24, 200, 40, 100).confidence_interval(0.95)
    assert (survey.low, survey.high) == pytest.approx((known.low, known.high))


def test_a_group_nobody_has_or_nobody_is_of() -> None:
    none, nobody = representation({"a": 0, "b": 0, "c": 50}, Population({"a": 9, "b": 0, "c": 9}))[
        :2
    ]
    assert none.index is not None
    assert none.index.value == 0 < none.index.high
    assert nobody.index is None
    with pytest.raises(BadShares, match="no figure for d"):
        representation({"d": 3}, Population({"a": 9}))
    with pytest.raises(BadShares, match="at least one person"):
        representation({"a": 0}, Population({"a": 9}))


def test_ninety_five_of_a_hundred_intervals_hold_the_true_index() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(2_000):
        women = int(rng.binomial(400, 0.15))
        found = representation(
            {"women": women, "men": 400 - women}, Population({"women": 50_000, "men": 50_000})
        )[0].index
        assert found is not None
        held += found.contains(0.3)
    assert 0.93 < held / 2_000 < 0.97


STAGES = ("applied", "tests", "vetting")


def test_a_funnel_says_where_a_group_drops_out() -> None:
    counts = {
        ("applied", "women"): 100, ("applied", "men"): 400,
        ("tests", "women"): 50, ("tests", "men"): 320,
        ("vetting", "women"): 45, ("vetting", "men"): 290,
    }  # fmt: skip
    found = funnel(STAGES, counts)
    assert found.total("tests") == 370
    tests = {step.group: step for step in found.steps if step.next_stage == "tests"}
    assert tests["women"].dropped_out == 50
    assert tests["women"].dropped is not None
    assert tests["women"].dropped.value == 0.5
    assert tests["women"].against_others is not None
    assert tests["women"].against_others.value == pytest.approx(0.625)
    assert tests["women"].below_others
    assert not tests["men"].below_others
    vetting = {step.group: step for step in found.steps if step.next_stage == "vetting"}
    assert not vetting["women"].below_others


def test_a_group_nobody_of_whom_came_has_no_share() -> None:
    found = funnel(("a", "b"), {("a", "x"): 0, ("a", "y"): 12, ("b", "y"): 6})
    empty = found.steps[0]
    assert empty.dropped is None
    assert empty.against_others is None
    assert not math.isnan(found.steps[1].dropped.value if found.steps[1].dropped else 0)


@pytest.mark.parametrize(
    ("stages", "counts", "words"),
    [
        (("a", "b"), {("a", "x"): 3, ("b", "x"): 4}, "joined later"),
        (("a", "a"), {("a", "x"): 3}, "each once"),
        (("a", "b"), {("c", "x"): 3}, "none of the stages: c"),
        (("a", "b"), {("a", "x"): -1, ("b", "x"): -2}, "below zero"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_words(
    stages: tuple[str, ...], counts: dict[tuple[str, str], int], words: str
) -> None:
    with pytest.raises(BadFunnel, match=words):
        funnel(stages, counts)


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 4), (0, 0)])
def test_no_share_of_a_part_above_its_whole(part: int, whole: int) -> None:
    with pytest.raises(BadShares, match="is no share"):
        share(part, whole)
    with pytest.raises(BadShares, match="confidence"):
        share(1, 2, 1.0)
