import numpy as np
import pytest
from scipy import stats

from primacy.kernels.forecast import (
    BadSample,
    Baseline,
    Panel,
    baseline,
    baselines,
    grid_rings,
    mixed,
    no_neighbours,
    sample_of,
)
from tests.unit.forecast.panels import restless


def alone(counts: list[float]) -> Panel:
    return Panel(np.array([1]), 100, np.array([counts], dtype=float), np.array([100]))


def test_last_twelve_months_are_the_forecast_of_history() -> None:
    panel = alone([99, *range(12)])
    table = baseline(Baseline.LAST_12, panel, no_neighbours(1)).quantile_table(12)
    assert table[0, 0].tolist() == list(range(12))


def test_the_last_month_is_the_mean_of_a_poisson() -> None:
    forecast = baseline(Baseline.LAST, alone([0, 0, 4]), no_neighbours(1))
    assert forecast.mean()[0, 0] == pytest.approx(4, abs=0.02)
    assert forecast.probability(3)[0, 0] == pytest.approx(stats.poisson.sf(2, 4), abs=1e-3)


def test_the_neighbourhood_draws_on_all_nine_cells_alike() -> None:
    panel, rings = restless()
    forecast = baseline(Baseline.NEIGHBOURHOOD_12, panel, rings)
    near = rings.matrices[0].toarray() + np.eye(panel.units.size)
    events = (panel.counts[:, -12:] > 0).sum(axis=1)
    by_hand = near @ events / (near.sum(axis=1) * 12)
    np.testing.assert_allclose(forecast.probability()[:, 0], by_hand, atol=1e-12)


def test_the_pooled_bootstrap_says_the_same_everywhere() -> None:
    panel, rings = restless()
    forecast = baseline(Baseline.POOLED, panel, rings)
    chance = forecast.probability()
    assert (chance == chance[0, 0]).all()
    assert chance[0, 0] == pytest.approx((panel.counts > 0).mean(), abs=1e-3)


def test_every_benchmark_stands_beside_a_forecast() -> None:
    panel, rings = restless()
    made = baselines(panel, rings, (3, 14))
    assert [f.model for f in made] == [b.value for b in Baseline]
    for forecast in made:
        assert forecast.quantile_table(20).shape == (panel.units.size, 2, 20)
        assert forecast.months.tolist() == [panel.last_month + 3, panel.last_month + 14]
    assert made[0].mean().max() == 0


def test_a_table_of_draws_keeps_each_weight() -> None:
    sample = sample_of(3, [0, 2, 0], [5.0, 1.0, 2.0], [0.25, 1.0, 0.25])
    assert sample.table(8).tolist() == [
        [0, 0, 0, 0, 2, 2, 5, 5],
        [0] * 8,
        [1] * 8,
    ]
    assert sample.mean().tolist() == [1.75, 0, 1]
    assert sample.probability(3).tolist() == [0.25, 0, 0]


def test_tables_agree_with_weighted_quantiles_by_brute_force() -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        values = random.integers(1, 30, 15).astype(float)
        weights = random.dirichlet(np.ones(16))[:15]
        table = sample_of(1, np.zeros(15), values, weights).table(1000)[0]
        order = np.argsort(values)
        reached = 1 - weights.sum() + np.cumsum(weights[order])
        for j in (0, 100, 499, 750, 990, 999):
            level = (j + 0.5) / 1000
            above = np.flatnonzero(reached >= level - 1e-9)
            none = level <= 1 - weights.sum()
            assert table[j] == (0 if none else values[order][above[0]])


def test_a_mixture_adds_up_weights_and_refuses_more_than_one() -> None:
    one, two = sample_of(1, [0], [4.0], [1.0]), sample_of(1, [0], [4.0], [0.5])
    assert mixed([(one, 0.5), (two, 0.5)]).probability()[0] == 0.75
    with pytest.raises(BadSample):
        mixed([(one, 0.5), (two, 0.6)])
    with pytest.raises(BadSample):
        sample_of(1, [0, 0], [1.0, 2.0], [0.9, 0.9])


def test_rows_of_a_sample_can_be_taken_and_repeated() -> None:
    sample = sample_of(3, [0, 2, 2], [1.0, 2.0, 3.0], [0.5, 0.5, 0.5])
    wide = sample.spread(2)
    assert wide.table(4).tolist() == np.repeat(sample.table(4), 2, axis=0).tolist()
    assert wide.taken([1, 4]).table(4).tolist() == sample.table(4)[[0, 2]].tolist()


def test_units_without_neighbours_fall_back_on_their_own_past() -> None:
    panel, _ = restless()
    own = baseline(Baseline.LAST_12, panel, grid_rings(panel.units)).mean()
    alone_ = baseline(Baseline.NEIGHBOURHOOD_12, panel, no_neighbours(panel.units.size)).mean()
    np.testing.assert_array_equal(own, alone_)
