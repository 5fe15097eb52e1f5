from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from primacy.kernels.forecast import (
    Backtest,
    BadMonth,
    BadSettings,
    Baseline,
    BaselineModel,
    CannotResume,
    ClimatologyModel,
    Hurdle,
    Origin,
    Panel,
    Plan,
    Pool,
    PoolModel,
    backtest,
)
from tests.unit.forecast.panels import restless

PLAN = Plan((390, 400), (3, 8), draws=100)
MODELS = (
    BaselineModel(Baseline.NEIGHBOURHOOD_12),
    ClimatologyModel(),
    PoolModel(Pool(hurdle=Hurdle(rows=8000, chance_ridge=50, size_ridge=50))),
)


@pytest.fixture(scope="module")
def first() -> Backtest:
    return backtest(*restless(), MODELS, PLAN)


def with_future(panel: Panel, counts: np.ndarray) -> Panel:
    return replace(panel, counts=counts)


def test_outcomes_after_the_cut_change_no_forecast(first: Backtest) -> None:
    panel, rings = restless()
    after = 391 - panel.first_month
    shuffled, deleted = panel.counts.copy(), panel.counts.copy()
    shuffled[:, after:] = (
        np.random.default_rng(1)
        .permutation(shuffled[:, after:].ravel())
        .reshape(shuffled[:, after:].shape)
    )
    deleted[:, after:] = 0
    plan = replace(PLAN, cuts=(390,))
    for counts in (shuffled, deleted):
        again = backtest(with_future(panel, counts), rings, MODELS, plan)
        for model in MODELS:
            one, two = first.of(model.name)[0], again.of(model.name)[0]
            assert one.forecast_hash == two.forecast_hash
            assert one.probability.tobytes() == two.probability.tobytes()
            assert one.quantiles.tobytes() == two.quantiles.tobytes()
        assert again.hash != first.hash


def test_a_changed_past_changes_the_forecast(first: Backtest) -> None:
    panel, rings = restless()
    counts = panel.counts.copy()
    counts[0, 389 - panel.first_month] += 5
    again = backtest(with_future(panel, counts), rings, MODELS[1:2], PLAN)
    assert again.origins[0].forecast_hash != first.of("climatology")[0].forecast_hash


def test_the_same_run_has_the_same_hash_through_any_mapper(first: Backtest) -> None:
    with ThreadPoolExecutor(2) as pool:
        again = backtest(*restless(), MODELS, PLAN, mapper=pool.map)
    assert again.hash == first.hash
    assert [(o.cut, o.model) for o in again.origins] == [
        (cut, model.name) for cut in PLAN.cuts for model in MODELS
    ]


def test_a_broken_run_is_taken_up_where_it_stopped(first: Backtest) -> None:
    kept, told = list[Origin](), list[tuple[int, int, str, int]]()
    again = backtest(
        *restless(),
        MODELS,
        PLAN,
        done=first.origins[:4],
        keep=kept.append,
        progress=lambda *state: told.append(state),
    )
    assert again.hash == first.hash
    assert [(o.cut, o.model) for o in kept] == [(400, "climatology"), (400, "pool")]
    assert told == [(5, 6, "climatology", 400), (6, 6, "pool", 400)]


def test_origins_of_other_data_are_not_taken_over(first: Backtest) -> None:
    panel, rings = restless(seed=8)
    with pytest.raises(CannotResume):
        backtest(panel, rings, MODELS, PLAN, done=first.origins)
    with pytest.raises(CannotResume):
        backtest(*restless(), MODELS, replace(PLAN, draws=50), done=first.origins)


def test_scores_are_those_of_the_forecast_against_what_followed(first: Backtest) -> None:
    panel, _ = restless()
    origin = first.of("climatology")[1]
    np.testing.assert_array_equal(origin.outcomes, panel.at([403, 408]))
    assert origin.crps.shape == (64, 2)
    both = [o.crps for o in first.of("climatology")]
    assert first.mean_crps("climatology") == pytest.approx(np.mean(both))


def test_a_plan_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadSettings):
        Plan((), (1,))
    with pytest.raises(BadSettings):
        Plan((5, 4), (1,))
    with pytest.raises(BadSettings):
        backtest(*restless(), (MODELS[0], MODELS[0]), PLAN)
    with pytest.raises(BadMonth):
        backtest(*restless(), MODELS, Plan((418,), (3,)))
