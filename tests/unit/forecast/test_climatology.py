import numpy as np
import pytest

from primacy.kernels.forecast import (
    CELLS,
    BadNeighbours,
    BadSettings,
    Climatology,
    Panel,
    TooLittleHistory,
    climatology,
    no_neighbours,
)
from primacy.kernels.forecast.scores import crps
from tests.unit.forecast.panels import restless


def test_the_chance_is_the_weighted_share_of_months_here_and_near() -> None:
    panel, rings = restless()
    settings = Climatology(60, 24.0, (0.3, 0.09))
    forecast = climatology(panel, rings, settings)
    age = np.arange(59, -1, -1)
    weights = 0.5 ** (age / 24)
    unit = 27
    chance = total = mean = 0.0
    places = [np.array([unit]), *(m[[unit]].indices for m in rings.matrices)]
    for weight, near in zip((1.0, 0.3, 0.09), places, strict=True):
        for other in near:
            past = panel.counts[other, -60:]
            chance += weight * (weights * (past > 0)).sum()
            mean += weight * (weights * past).sum()
            total += weight * weights.sum()
    assert forecast.probability()[unit, 0] == pytest.approx(chance / total, abs=1e-12)
    assert forecast.mean()[unit, 5] == pytest.approx(mean / total, abs=1e-9)


def test_a_thousand_draws_carry_the_mean() -> None:
    panel, rings = restless()
    forecast = climatology(panel, rings)
    np.testing.assert_allclose(
        forecast.quantile_table(1000).mean(axis=2), forecast.mean(), rtol=0.03, atol=0.02
    )


def test_months_before_a_record_begins_are_unknown_not_quiet() -> None:
    counts = np.zeros((1, 60))
    counts[0, 50:] = 1
    late = Panel(np.array([1]), 1, counts, np.array([51]))
    whole = Panel(np.array([1]), 1, counts, np.array([1]))
    settings = Climatology(60, None)
    assert climatology(late, no_neighbours(1), settings).probability()[0, 0] == 1
    assert climatology(whole, no_neighbours(1), settings).probability()[0, 0] == pytest.approx(
        1 / 6
    )


def test_a_unit_never_observed_is_refused_by_name() -> None:
    panel = Panel(np.array([77]), 1, np.zeros((1, 5)), np.array([9]))
    with pytest.raises(TooLittleHistory, match="77"):
        climatology(panel, no_neighbours(1), Climatology(5, None))


def test_rings_that_do_not_fit_are_refused() -> None:
    panel, rings = restless()
    with pytest.raises(BadNeighbours):
        climatology(panel, no_neighbours(3), CELLS)
    with pytest.raises(BadNeighbours, match="rings"):
        climatology(panel, rings.first(1), CELLS)
    with pytest.raises(BadSettings):
        Climatology(0, 3.0)


def test_it_beats_the_forecast_of_nothing_where_there_is_a_pattern() -> None:
    panel, rings = restless()
    actual = panel.at([panel.last_month])
    table = climatology(panel.until(panel.last_month - 1), rings).quantile_table(200)[:, 0]
    assert crps(table, actual[:, 0]).mean() < actual.mean()
