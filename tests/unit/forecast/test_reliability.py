"""Reliability tables and the calibration error."""

import numpy as np
import pytest

from primacy.kernels.forecast.scores import BadSettings, reliability


def test_a_table_by_hand() -> None:
    table = reliability([0.1, 0.2, 0.6, 0.9], [0, 1, 1, 1], edges=(0, 0.5, 1))
    low, high = table.bins
    assert (low.count, low.events, low.predicted, low.observed) == (2, 1, pytest.approx(0.15), 0.5)
    assert (high.count, high.events, high.observed) == (2, 2, 1.0)
    assert high.predicted == pytest.approx(0.75)
    # (2 * |.15 - .5| + 2 * |.75 - 1|) / 4
    assert table.calibration_error == pytest.approx(0.3)


def test_every_probability_is_in_one_bin_with_its_lower_edge() -> None:
    table = reliability([0.0, 0.001, 0.5, 1.0], [0, 0, 0, 1])
    counts = {(bin_.low, bin_.high): bin_.count for bin_ in table.bins}
    assert counts[(0.0, 0.001)] == 1
    assert counts[(0.001, 0.005)] == 1
    assert counts[(0.5, 1.0)] == 2
    assert table.count == 4


def test_an_empty_bin_has_no_rate() -> None:
    empty = reliability([0.9], [1]).bins[0]
    assert (empty.count, empty.predicted, empty.observed) == (0, None, None)


def test_calibrated_probabilities_have_a_small_error_and_squeezed_ones_a_large_one() -> None:
    random = np.random.default_rng(4)
    chances = random.beta(0.4, 3.0, 40_000)
    events = random.random(chances.size) < chances
    assert reliability(chances, events).calibration_error < 0.006
    squeezed = reliability(chances / 10, events).calibration_error
    assert squeezed == pytest.approx(0.9 * chances.mean(), rel=0.05)


@pytest.mark.parametrize("edges", [(0, 1, 0.5), (0.1, 1), (0, 0.9), (0,)])
def test_bins_that_do_not_cover_all_probabilities_are_refused(edges: tuple[float, ...]) -> None:
    with pytest.raises(BadSettings, match="bins of probability"):
        reliability([0.5], [1], edges)
