import numpy as np
import pytest

from primacy.kernels.forecast import (
    CELLS,
    BadSettings,
    Climatology,
    Hurdle,
    Panel,
    Pool,
    TooLittleHistory,
    climatology,
    fit_pool,
    no_neighbours,
)
from primacy.kernels.forecast.features import ahead, feature_list, walk
from primacy.kernels.forecast.hurdle import fit_hurdle
from primacy.kernels.forecast.linear import fit_chance, fit_mean
from primacy.kernels.forecast.scores import area_under_curve
from primacy.kernels.forecast.training import training_rows
from tests.unit.forecast.panels import restless

STEPS = (1, 3, 6)
SMALL = Hurdle(rows=20_000, chance_ridge=50, size_ridge=50)


def test_features_of_a_month_know_nothing_later() -> None:
    panel, rings = restless()
    whole = dict(walk(panel, rings))
    part = dict(walk(panel.until(350), rings))
    for month in (300, 320, 350):
        np.testing.assert_array_equal(whole[month], part[month])


def test_a_decayed_average_is_the_weighted_mean_of_the_past() -> None:
    panel, rings = restless()
    features = list(walk(panel, rings))[-1][1]
    names = [f.name for f in feature_list(2)]
    weights = 0.5 ** (np.arange(119, -1, -1) / 12)
    by_hand = (panel.counts > 0) @ weights / weights.sum()
    np.testing.assert_allclose(features[:, names.index("events_12")], by_hand, rtol=1e-5)
    near = rings.matrices[0] @ by_hand
    np.testing.assert_allclose(features[:, names.index("ring_1_events_12")], near, rtol=1e-5)
    since = np.argmax(panel.counts[:, ::-1] > 0, axis=1)
    ever = panel.counts.any(axis=1)
    found = np.expm1(features[:, names.index("since_event")])
    np.testing.assert_allclose(found[ever], since[ever], rtol=1e-4, atol=1e-5)
    assert ahead(features, np.full(64, 12), np.full(64, 1)).shape[1] == len(names)


def test_training_rows_hold_no_outcome_after_the_cut_and_weigh_as_the_whole() -> None:
    panel, rings = restless()
    rows = training_rows(panel, rings, STEPS, 5000, 24, 1)
    steps = rows.features[:, -3]
    assert (rows.cuts + steps).max() <= panel.last_month
    all_rows = sum((panel.counts.shape[1] - 24 - h) for h in STEPS) * panel.units.size
    assert rows.weights.sum() == pytest.approx(all_rows, rel=0.05)
    assert len(rows.outcomes) < 6000


def test_the_chance_of_events_is_found_again() -> None:
    random = np.random.default_rng(2)
    columns = random.normal(size=(20_000, 3)).astype(np.float32)
    odds = -1 + columns @ np.array([1.0, -0.5, 0.0])
    happened = (random.random(odds.size) < 1 / (1 + np.exp(-odds))).astype(float)
    fitted = fit_chance(columns, happened, np.ones(odds.size), 1.0)
    np.testing.assert_allclose(fitted.predict(columns), odds, atol=0.2)
    mean = fit_mean(columns, odds, np.ones(odds.size), 1e-6)
    np.testing.assert_allclose(mean.predict(columns), odds, atol=1e-4)


def test_a_column_that_never_varies_has_no_say() -> None:
    columns = np.ones((50, 1), np.float32)
    assert fit_mean(columns, np.arange(50.0), np.ones(50), 1.0).predict(columns)[0] == 24.5


def test_the_mean_chance_fitted_is_the_share_of_events() -> None:
    panel, rings = restless()
    chance = fit_hurdle(panel, rings, STEPS, SMALL).probability().reshape(-1, 3)
    share = (panel.counts[:, -40:] > 0).mean()
    assert 0.5 * share < chance.mean() < 2 * share
    actual = (panel.counts[:, -12:] > 0).any(axis=1)
    assert area_under_curve(chance[:, 0], actual) > 0.8


def test_a_pool_is_the_mixture_of_its_parts() -> None:
    panel, rings = restless()
    settings = Pool(share=0.6, hurdle=SMALL)
    fitted = fit_pool(panel, rings, settings, STEPS)
    past = climatology(panel, rings, CELLS, STEPS).probability()
    own = fitted.hurdle.probability().reshape(past.shape)
    np.testing.assert_allclose(fitted.forecast.probability(), 0.6 * own + 0.4 * past, atol=1e-9)
    assert fitted.forecast.quantile_table(100).shape == (64, 3, 100)


def test_the_same_seed_gives_the_same_fit() -> None:
    panel, rings = restless()
    one, two = (fit_pool(panel, rings, Pool(hurdle=SMALL), STEPS).forecast for _ in range(2))
    np.testing.assert_array_equal(one.sample.weights, two.sample.weights)
    np.testing.assert_array_equal(one.sample.values, two.sample.values)


def test_too_little_to_learn_from_is_refused_and_names_the_way_out() -> None:
    panel, rings = restless(months=12)
    with pytest.raises(TooLittleHistory, match="climatology"):
        fit_hurdle(panel, rings, STEPS)
    quiet = Panel(np.array([1]), 1, np.zeros((1, 100)), np.array([1]))
    with pytest.raises(TooLittleHistory, match="event"):
        fit_hurdle(quiet, no_neighbours(1), STEPS)


def test_settings_that_cannot_be_are_refused() -> None:
    for wrong in ({"rows": 0}, {"chance_ridge": 0.0}):
        with pytest.raises(BadSettings):
            Hurdle(**wrong)
    with pytest.raises(BadSettings):
        Pool(share=1.0, climatology=Climatology(12, None))
