"""Intervals of differences by drawing blocks again."""

import numpy as np
import pytest

from primacy.kernels.forecast.scores import (
    BadOutcomes,
    BadSettings,
    Resampling,
    average_precision,
    average_precision_difference,
    mean_difference,
    ratio,
)
from primacy.kernels.forecast.scores.bootstrap import multiplicities

QUICK = Resampling(replicates=400)


def repeated(times: np.ndarray, blocks: np.ndarray) -> np.ndarray:
    """The unit-months of the blocks drawn, each as often as its block."""
    return np.repeat(np.arange(blocks.size), times[blocks].astype(int))


def test_the_value_is_the_difference_of_the_means() -> None:
    found = mean_difference([1.0, 2.0, 6.0], [2.0, 4.0, 6.0], ["a", "b", "b"])
    assert (found.model, found.benchmark, found.blocks) == (3.0, 4.0, 2)
    assert found.absolute.value == -1.0
    assert found.relative is not None
    assert found.relative.value == -0.25


def test_the_interval_is_that_of_blocks_drawn_one_by_one() -> None:
    random = np.random.default_rng(2)
    blocks = random.integers(0, 12, 90)
    model, benchmark = random.gamma(1, 2, 90), random.gamma(1, 3, 90)
    within = random.random(90) < 0.7
    gaps, shares = [], []
    for times in np.concatenate(list(multiplicities(12, QUICK))):
        drawn = [unit for unit in repeated(times, blocks) if within[unit]]
        gaps.append(model[drawn].mean() - benchmark[drawn].mean())
        shares.append(gaps[-1] / benchmark[drawn].mean())
    found = mean_difference(model, benchmark, blocks, QUICK, within)
    ends = np.quantile(gaps, (0.025, 0.975))
    assert (found.absolute.low, found.absolute.high) == pytest.approx(tuple(ends))
    assert found.relative is not None
    ends = np.quantile(shares, (0.025, 0.975))
    assert (found.relative.low, found.relative.high) == pytest.approx(tuple(ends))


def test_average_precision_is_taken_anew_on_the_drawn_blocks() -> None:
    random = np.random.default_rng(6)
    blocks = random.integers(0, 9, 120)
    ours, theirs = random.integers(0, 15, 120) / 15, random.integers(0, 15, 120) / 15
    events = random.random(120) < 0.15
    gaps = []
    for times in np.concatenate(list(multiplicities(9, QUICK))):
        drawn = repeated(times, blocks)
        values = [average_precision(stated[drawn], events[drawn]) for stated in (ours, theirs)]
        if values[0] is not None and values[1] is not None:
            gaps.append(values[0] - values[1])
    found = average_precision_difference(ours, theirs, events, blocks, QUICK)
    assert found is not None
    ends = np.quantile(gaps, (0.025, 0.975))
    assert (found.absolute.low, found.absolute.high) == pytest.approx(tuple(ends))


def test_average_precision_has_no_difference_without_events() -> None:
    assert average_precision_difference([0.1, 0.2], [0.2, 0.1], [0, 0], [1, 2]) is None


def test_the_same_seed_gives_the_same_interval_however_it_is_cut() -> None:
    one = np.concatenate(list(multiplicities(7, QUICK)))
    other = np.concatenate(list(multiplicities(7, QUICK, at_once=30)))
    assert (one == other).all()
    assert (one.sum(axis=1) == 7).all()
    another = np.concatenate(list(multiplicities(7, Resampling(400, seed=5))))
    assert not (one == another).all()


def test_two_of_the_same_have_no_difference() -> None:
    scores = np.random.default_rng(1).gamma(1, 1, 60)
    found = mean_difference(scores, scores, np.arange(60) // 3)
    assert (found.absolute.low, found.absolute.value, found.absolute.high) == (0, 0, 0)
    assert not found.absolute.excludes_zero


def test_the_interval_holds_the_truth_as_often_as_it_says_with_correlated_blocks() -> None:
    random = np.random.default_rng(11)
    blocks = np.arange(40 * 25) // 25
    held, naive = 0, 0
    for trial in range(200):
        shared = np.repeat(random.normal(0.0, 1.0, 40), 25)
        gaps = 0.5 + shared + random.normal(0.0, 1.0, blocks.size)
        settings = Resampling(replicates=300, seed=trial)
        zero = np.zeros(gaps.size)
        found = mean_difference(gaps, zero, blocks, settings).absolute
        held += found.low <= 0.5 <= found.high
        alone = mean_difference(gaps, zero, np.arange(gaps.size), settings).absolute
        naive += alone.low <= 0.5 <= alone.high
    assert 0.89 <= held / 200 <= 0.99
    # As if each unit-month were its own witness: far too sure.
    assert naive / 200 < 0.6


def test_one_block_tells_nothing() -> None:
    found = mean_difference([1.0, 2.0], [3.0, 4.0], ["a", "a"]).absolute
    assert (found.value, found.excludes_zero) == (-2.0, False)


def test_blocks_may_have_any_labels() -> None:
    model, benchmark = [1.0, 3.0, 2.0, 5.0], [2.0, 2.0, 2.0, 2.0]
    by_name = mean_difference(model, benchmark, ["x", "x", "y", "y"])
    assert mean_difference(model, benchmark, [4, 4, 9, 9]) == by_name


def test_a_relative_difference_needs_a_benchmark_that_is_never_zero() -> None:
    assert mean_difference([1.0, 1.0], [0.0, 1.0], ["a", "b"]).relative is None


def test_a_ratio_of_sums_by_hand() -> None:
    found = ratio([1.0, 1.0, 2.0], [2.0, 2.0, 4.0], ["a", "b", "c"])
    assert found is not None
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)
    assert ratio([1.0], [0.0], ["a"]) is None


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(BadOutcomes, match="one outcome for each of the 2"):
        mean_difference([1.0, 2.0], [1.0], ["a", "b"])
    with pytest.raises(BadOutcomes, match="block label"):
        mean_difference([1.0, 2.0], [1.0, 2.0], ["a"])
    with pytest.raises(BadOutcomes, match="no unit-month to compare"):
        mean_difference([1.0], [1.0], ["a"], within=[False])
    with pytest.raises(BadSettings, match="100 or more"):
        Resampling(replicates=20)
