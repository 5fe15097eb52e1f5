import numpy as np
import pytest

from primacy.kernels.forecast import (
    BadNeighbours,
    BadSettings,
    Dependence,
    climatology,
    joint_draws,
    no_neighbours,
    totals,
)
from primacy.kernels.forecast.draws import INDEPENDENT
from tests.unit.forecast.panels import restless


def test_joint_draws_keep_the_distribution_of_each_unit_and_month() -> None:
    panel, rings = restless()
    forecast = climatology(panel, rings, horizons=(1, 2))
    draws = joint_draws(forecast, rings, 300, seed=4)
    np.testing.assert_array_equal(np.sort(draws, axis=2), forecast.quantile_table(300))


def test_draws_repeat_with_their_seed_only() -> None:
    panel, rings = restless()
    forecast = climatology(panel, rings, horizons=(1, 2))
    one, same, other = (joint_draws(forecast, rings, 50, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_totals_are_sums_of_draws() -> None:
    panel, rings = restless()
    draws = joint_draws(climatology(panel, rings, horizons=(1, 2)), rings, 40)
    areas = np.arange(64) % 3
    names, found = totals(draws, areas)
    assert names.tolist() == [0, 1, 2]
    for area in names:
        np.testing.assert_allclose(found[area], draws[areas == area].sum(axis=0), rtol=1e-6)


def test_shared_luck_widens_totals_and_leaves_their_mean() -> None:
    panel, rings = restless()
    forecast = climatology(panel, rings, horizons=(1, 2, 3))
    spread = {}
    for name, dependence in {"shared": Dependence(0.2, 0.3, 0.5), "own": INDEPENDENT}.items():
        drawn = joint_draws(forecast, rings, 1000, 3, dependence).sum(axis=(0, 1))
        assert drawn.mean() == pytest.approx(
            forecast.quantile_table(1000).mean(axis=2).sum(), rel=1e-5
        )
        spread[name] = drawn.std()
    assert spread["shared"] > 1.5 * spread["own"]


def test_dependence_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadSettings):
        Dependence(common=0.7, near=0.7)
    panel, rings = restless()
    with pytest.raises(BadNeighbours):
        joint_draws(climatology(panel, rings), no_neighbours(2), 10)
