import numpy as np
import pytest
from scipy import special

from primacy.kernels.forecast import (
    CELLS,
    BadSettings,
    Group,
    Hurdle,
    Pool,
    change,
    climatology,
    explain_climatology,
    explain_pool,
    fit_pool,
)
from tests.unit.forecast.panels import restless

POOL = Pool(hurdle=Hurdle(rows=20_000, chance_ridge=50, size_ridge=50))


def test_reasons_of_a_pool_sum_to_the_log_odds_shown() -> None:
    panel, rings = restless()
    fitted = fit_pool(panel, rings, POOL, (1, 6))
    found = explain_pool(panel, rings, fitted)
    total = sum(found.contributions.values())
    shown = special.logit(np.clip(fitted.forecast.probability(), 0.0005, 0.9995))
    np.testing.assert_allclose(total, found.log_odds, atol=1e-9)
    np.testing.assert_allclose(total, shown, atol=1e-6)
    assert set(found.contributions) == set(Group)


def test_reasons_of_the_climatology_sum_to_its_log_odds() -> None:
    panel, rings = restless()
    found = explain_climatology(panel, rings, CELLS, horizons=2)
    chance = climatology(panel, rings, CELLS, (1, 2)).probability()
    np.testing.assert_allclose(
        sum(found.contributions.values()), special.logit(np.clip(chance, 0.0005, 0.9995)), atol=1e-6
    )
    assert np.abs(found.contributions[Group.SEASON]).max() == 0


def test_linear_terms_of_the_hurdle_sum_to_its_log_odds() -> None:
    panel, rings = restless()
    fitted = fit_pool(panel, rings, POOL, (1, 6)).hurdle
    total = sum(fitted.contributions().values())
    np.testing.assert_allclose(total.ravel(), special.logit(fitted.probability()), atol=1e-6)


def test_a_violent_year_next_door_is_named_as_the_reason() -> None:
    panel, rings = restless()
    counts = np.zeros_like(panel.counts)
    counts[28, -6:] = 10
    quiet = type(panel)(panel.units, panel.first_month, counts, panel.since)
    found = explain_climatology(quiet, rings, CELLS)
    assert found.ranked(28, 0)[0][0] is Group.OWN_RECENT
    assert max(found.contributions, key=lambda g: found.contributions[g][29, 0]) is Group.NEIGHBOURS
    assert found.contributions[Group.NEIGHBOURS][29, 0] > 0
    facts = found.facts
    assert (facts.count_12[28], facts.months_12[28], facts.since_event[28]) == (60, 6, 0)
    assert (facts.near_months_12[29], facts.since_event[29]) == (6, -1)


def test_a_forecast_is_explained_with_its_own_panel_only() -> None:
    panel, rings = restless()
    fitted = fit_pool(panel.until(400), rings, POOL, (1, 6))
    with pytest.raises(BadSettings, match="cut"):
        explain_pool(panel, rings, fitted)


def test_only_a_change_larger_than_usual_is_significant() -> None:
    panel, rings = restless()
    made = {c: climatology(panel.until(c), rings) for c in range(405, 419)}
    earlier = [(made[c], made[c - 1]) for c in range(406, 418)]
    counts = panel.until(418).counts.copy()
    counts[5, -1] = 0
    before = made[417]
    shocked = type(panel)(panel.units, panel.first_month, counts, panel.since)
    same = change(before, before, 421, earlier)
    assert not same.significant.any()
    counts[9, -12:] = 30
    found = change(climatology(shocked, rings), before, 421, earlier)
    assert found.significant[9]
    assert found.now[9] > found.before[9]
    assert found.significant.mean() < 0.5
    with pytest.raises(BadSettings, match="past updates"):
        change(before, before, 421, [])
    with pytest.raises(BadSettings, match="reach"):
        change(before, before, 999, earlier)
