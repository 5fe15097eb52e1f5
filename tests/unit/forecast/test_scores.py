"""Scores of draws: against brute force, another library, published figures, and by hand."""

import math
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primacy.kernels.forecast import scores
from primacy.kernels.forecast.scores import (
    BadDraws,
    BadOutcomes,
    BadProbabilities,
    BadSettings,
    NotComparable,
    brier,
    coverage,
    covered,
    crps,
    ignorance,
    interval,
    interval_score,
    joined,
    log_score,
    probability_of_event,
    score_units,
    scorecard,
    split,
)
from primacy.kernels.forecast.scores import inputs as scored_inputs

PUBLISHED_ZERO = {2018: 24.130, 2019: 23.019, 2020: 32.041, 2021: 87.339}
"""Mean CRPS of the forecast of nothing, country-months, as published with the VIEWS challenge."""

VALUES = st.floats(-1e4, 1e4, allow_subnormal=False) | st.integers(0, 5).map(float)
SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12)


def brute_crps(draws: np.ndarray, outcome: float, weights: np.ndarray | None = None) -> float:
    share = np.full(draws.size, 1 / draws.size) if weights is None else weights / weights.sum()
    near = sum(w * abs(x - outcome) for x, w in zip(draws, share, strict=True))
    apart = sum(
        v * w * abs(x - z)
        for x, v in zip(draws, share, strict=True)
        for z, w in zip(draws, share, strict=True)
    )
    return float(near - apart / 2)


def toy(units: int = 400, draws: int = 50, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    risk = random.beta(0.3, 2.0, units)
    table = (random.random((units, draws)) < risk[:, None]) * random.geometric(0.2, (units, draws))
    return table, (random.random(units) < risk) * random.geometric(0.2, units)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_crps_is_that_of_all_pairs_of_draws(data: st.DataObject) -> None:
    draws = data.draw(hnp.arrays(np.float64, SHAPES, elements=VALUES))
    outcomes = data.draw(hnp.arrays(np.float64, draws.shape[0], elements=VALUES))
    expected = [brute_crps(row, y) for row, y in zip(draws, outcomes, strict=True)]
    assert crps(draws, outcomes) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_weighted_crps_is_that_of_all_weighted_pairs(data: st.DataObject) -> None:
    draws = data.draw(hnp.arrays(np.float64, SHAPES, elements=VALUES))
    outcomes = data.draw(hnp.arrays(np.float64, draws.shape[0], elements=VALUES))
    shape = draws.shape if data.draw(st.booleans()) else draws.shape[1]
    weights = data.draw(hnp.arrays(np.float64, shape, elements=st.floats(0.01, 5)))
    rows = np.broadcast_to(weights, draws.shape)
    expected = [brute_crps(x, y, w) for x, y, w in zip(draws, outcomes, rows, strict=True)]
    assert crps(draws, outcomes, weights) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_whole_weights_are_repeated_draws() -> None:
    once = crps([[0, 3, 10]], [4], weights=[2, 1, 3])
    assert once == pytest.approx(crps([[0, 0, 3, 10, 10, 10]], [4]), abs=1e-12)


def test_crps_agrees_with_scoringrules() -> None:
    library = pytest.importorskip("scoringrules")
    draws, outcomes = toy()
    expected = library.crps_ensemble(
        outcomes.astype(float), draws.astype(float), estimator="nrg", backend="numpy"
    )
    assert crps(draws, outcomes) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_interval_score_and_brier_agree_with_scoringrules() -> None:
    library = pytest.importorskip("scoringrules")
    draws, outcomes = toy()
    low, high = np.quantile(draws, (0.05, 0.95), axis=1)
    expected = library.interval_score(outcomes, low, high, 0.1, backend="numpy")
    assert interval_score(*interval(draws), outcomes) == pytest.approx(expected, abs=1e-9)
    chances, events = probability_of_event(draws), outcomes >= 1
    expected = library.brier_score(events.astype(float), chances, backend="numpy")
    assert brier(chances, events) == pytest.approx(expected, abs=1e-12)


def test_crps_of_certain_draws_is_the_distance() -> None:
    assert crps([[7, 7, 7], [0, 0, 0]], [4, 0]).tolist() == [3.0, 0.0]


def test_crps_by_hand() -> None:
    # mean |x - 2| = (2 + 1 + 3) / 3 = 2; pairs: 1 + 5 + 4 = 10, twice, over 9, half: 10 / 9.
    assert crps([[0, 1, 5]], [2]) == pytest.approx([2 - 10 / 9], abs=1e-12)


def test_scores_do_not_depend_on_how_rows_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    draws, outcomes = toy(units=101)
    whole = crps(draws, outcomes), ignorance(draws, outcomes), probability_of_event(draws)
    monkeypatch.setattr(scored_inputs, "CHUNK", 7 * draws.shape[1])
    monkeypatch.setattr("primacy.kernels.forecast.scores.ensemble.CHUNK", 7 * draws.shape[1])
    cut = crps(draws, outcomes), ignorance(draws, outcomes), probability_of_event(draws)
    for one, other in zip(whole, cut, strict=True):
        assert one == pytest.approx(other, abs=1e-13)


@pytest.mark.parametrize("kind", [np.int16, np.uint8, np.int64, np.float32, np.bool_])
def test_draws_of_any_number_type_score_alike(kind: type) -> None:
    draws, outcomes = toy()
    draws = np.minimum(draws, 1)
    assert crps(draws.astype(kind), outcomes) == pytest.approx(crps(draws, outcomes), abs=1e-12)
    assert crps(draws.astype(kind), outcomes, np.ones(draws.shape[1])) == pytest.approx(
        crps(draws, outcomes), abs=1e-12
    )


def test_draws_are_left_as_they_were() -> None:
    draws, outcomes = toy()
    before = draws.copy()
    scorecard(draws, outcomes, blocks=np.zeros(outcomes.size))
    assert (draws == before).all()


def test_ignorance_by_hand() -> None:
    # 3 + 1 of 4 + 11 draws lie in the first bin, 1 + 1 in that of 3 to 5, 0 + 1 in that of 6 to 10.
    draws = [[0, 0, 0, 4]] * 3
    expected = [-math.log2(4 / 15), -math.log2(2 / 15), -math.log2(1 / 15)]
    assert ignorance(draws, [0, 5, 6]) == pytest.approx(expected, abs=1e-12)


def test_every_bin_of_ignorance_starts_at_its_left_edge() -> None:
    borders = [
        1,
        2,
        3,
        5,
        6,
        10,
        11,
        25,
        26,
        50,
        51,
        100,
        101,
        250,
        251,
        500,
        501,
        1000,
        1001,
        9**9,
    ]
    pairs = list(zip(borders[::2], borders[1::2], strict=True))
    hit = -math.log2(3 / 13)
    for low, high in pairs:
        assert ignorance([[low, high]], [low]) == pytest.approx([hit])
        assert ignorance([[low, high]], [high]) == pytest.approx([hit])
    for (_, high), (low, _) in pairwise(pairs):
        assert ignorance([[high, high]], [low]) == pytest.approx([-math.log2(1 / 13)])
    assert ignorance([[2.5, 2.5]], [2]) == pytest.approx([-math.log2(1 / 13)])
    assert ignorance([[2.5, 2.5]], [3]) == pytest.approx([-math.log2(3 / 13)])


@pytest.mark.parametrize(
    ("events", "published"),
    [(1220, 0.09163581098832738), (1264, None), (1473, None), (1649, None)],
)
def test_ignorance_of_nothing_is_the_published_one(events: int, published: float | None) -> None:
    # 13,110 cells of twelve months; the published mean of 2018 comes of 1,220 months with deaths.
    nothing = ignorance(np.zeros((2, 1000), np.int8), [0, 1])
    mean = (nothing[0] * (157_320 - events) + nothing[1] * events) / 157_320
    if published is None:
        assert mean == pytest.approx(-math.log2(1001 / 1011) + events / 157_320 * math.log2(1001))
    else:
        assert mean == pytest.approx(published, abs=1e-12)


def test_interval_score_by_hand() -> None:
    # Eleven draws 0 to 10: ends 0.5 and 9.5. Inside: the width; 2 above: 20 for each death more.
    draws = [list(range(11))] * 3
    low, high = interval(draws)
    assert (low.tolist(), high.tolist()) == ([0.5] * 3, [9.5] * 3)
    assert interval_score(low, high, [5, 11.5, 0]) == pytest.approx([9, 9 + 40, 9 + 10])
    assert covered(low, high, [0.5, 9.5, 9.6]).tolist() == [True, True, False]


@pytest.mark.parametrize(("count", "level"), [(21, 0.9), (41, 0.7), (91, 0.4), (181, 0.3)])
def test_an_outcome_equal_to_the_draw_at_the_end_lies_inside(count: int, level: float) -> None:
    # Both ends are draws, but for rounding, which must not push them inwards.
    draws = np.arange(count) / 3
    low, high = interval([draws], level)
    first = round((1 - level) / 2 * (count - 1))
    for place in (first, count - 1 - first):
        assert covered(low, high, [draws[place]]).all()


def test_interval_score_takes_the_nominal_level_as_it_is_given() -> None:
    draws = [list(range(11))]
    low, high = interval(draws, level=0.5)
    assert (low[0], high[0]) == (2.5, 7.5)
    assert interval_score(low, high, [9.5], level=0.5) == pytest.approx([5 + 4 * 2])


@given(hnp.arrays(np.float64, SHAPES, elements=VALUES), st.floats(0.02, 0.98))
def test_interval_ends_are_the_empirical_quantiles(draws: np.ndarray, level: float) -> None:
    low, high = interval(draws, level)
    expected = np.quantile(draws, ((1 - level) / 2, 1 - (1 - level) / 2), axis=1)
    assert low == pytest.approx(expected[0], rel=1e-9, abs=1e-9)
    assert high == pytest.approx(expected[1], rel=1e-9, abs=1e-9)


def test_interval_score_of_nothing_is_twenty_deaths_for_one() -> None:
    # Published for the cells of 2018: CRPS 0.144413, MIS 2.888253.
    nothing = interval(np.zeros((1, 1000)))
    assert interval_score(*nothing, [0.14441266209000764]) == pytest.approx([2.888253241800153])


def test_brier_and_log_score_by_hand() -> None:
    assert brier([0.2, 0.7], [0, 1]) == pytest.approx([0.04, 0.09])
    assert log_score([0.25, 0.25], [1, 0]) == pytest.approx([2.0, -math.log2(0.75)])
    assert log_score([0.0], [1], floor=2**-6) == pytest.approx([6.0])


def test_the_probability_of_an_event_is_the_share_of_draws_that_reach_it() -> None:
    assert probability_of_event([[0, 1, 2, 9]]).tolist() == [0.75]
    assert probability_of_event([[0, 1, 2, 9]], threshold=9).tolist() == [0.25]


def test_the_split_adds_up_to_the_whole() -> None:
    draws, outcomes = toy()
    found = crps(draws, outcomes)
    parts = split(found, outcomes >= 1)
    assert parts.on_all == pytest.approx(found.mean())
    assert parts.on_events == pytest.approx(found[outcomes >= 1].mean())
    assert parts.on_quiet == pytest.approx(found[outcomes < 1].mean())
    assert parts.from_events + parts.from_quiet == pytest.approx(parts.on_all)
    assert parts.complete


def test_a_split_without_events_says_so() -> None:
    parts = split([0.1, 0.3], [False, False])
    assert (parts.events, parts.on_events, parts.complete) == (0, None, False)
    assert parts.from_events == 0


def test_a_forecast_of_nothing_covers_all_quiet_months_and_no_event() -> None:
    outcomes = np.array([0] * 98 + [3, 1])
    inside = covered(*interval(np.zeros((100, 20))), outcomes)
    shares = coverage(inside, outcomes >= 1)
    assert (shares.on_all, shares.on_events, shares.on_quiet) == (0.98, 0.0, 1.0)


@pytest.mark.parametrize("year", PUBLISHED_ZERO)
def test_the_forecast_of_nothing_scores_as_published(year: int) -> None:
    shared = Path(
        os.environ.get("PRIMACY_SHARED_DATA")
        or Path(__file__).resolve().parents[4] / "shared" / "data"
    )
    path = shared / "views" / "actuals" / f"window=Y{year}" / f"cm_actuals_{year}.parquet"
    if not path.exists():
        pytest.skip("no VIEWS actuals; set PRIMACY_SHARED_DATA to the folder of real data sets")
    parquet = pytest.importorskip("pyarrow.parquet")
    outcomes = parquet.ParquetFile(path).read(["outcome"])["outcome"].to_numpy()
    assert outcomes.size == 191 * 12
    found = crps(np.zeros((outcomes.size, 5), np.int8), outcomes).mean()
    assert found == pytest.approx(PUBLISHED_ZERO[year], abs=1e-3)


def test_a_card_holds_what_the_single_scores_say() -> None:
    draws, outcomes = toy()
    chances, events = probability_of_event(draws), outcomes >= 1
    onset, blocks = np.arange(outcomes.size) % 3 > 0, np.arange(outcomes.size) // 20
    card = scorecard(draws, outcomes, blocks=blocks, onset=onset)
    assert card.crps.on_all == pytest.approx(crps(draws, outcomes).mean())
    assert card.ignorance == pytest.approx(ignorance(draws, outcomes).mean())
    assert card.interval_score == pytest.approx(interval_score(*interval(draws), outcomes).mean())
    assert card.brier == pytest.approx(brier(chances, events).mean())
    assert card.average_precision == scores.average_precision(chances, events)
    assert card.auc == scores.area_under_curve(chances, events)
    assert card.onset_auc == scores.onset_area_under_curve(chances, events, onset)
    assert card.onset_average_precision == scores.onset_average_precision(chances, events, onset)
    assert (card.onset_units, card.onset_events) == (onset.sum(), (onset & events).sum())
    assert card.calibration_error == scores.reliability(chances, events).calibration_error
    assert (card.blocks, card.draws, card.events) == (20, 50, events.sum())
    assert card.expected_events == pytest.approx(chances.sum())


def test_the_figures_of_a_card_name_every_budget() -> None:
    draws, outcomes = toy()
    figures = scorecard(draws, outcomes, blocks=np.zeros(outcomes.size)).figures()
    assert figures["crps"] == pytest.approx(crps(draws, outcomes).mean())
    assert figures["onset_auc"] is None
    assert {"precision_top_1_percent", "recall_top_5_percent", "precision_top_10"} <= set(figures)


def test_a_card_without_events_leaves_open_what_has_no_meaning() -> None:
    card = scorecard(np.zeros((6, 4)), np.zeros(6), blocks=np.zeros(6), onset=np.zeros(6))
    assert (card.average_precision, card.auc, card.crps.on_events) == (None, None, None)
    assert (card.onset_auc, card.onset_average_precision) == (None, None)
    assert card.lists[0].recall is None


def test_windows_joined_score_as_one() -> None:
    draws, outcomes = toy()
    blocks = np.arange(outcomes.size) // 20
    first, second = (
        score_units(draws[part], outcomes[part], blocks=blocks[part], onset=outcomes[part] < 9)
        for part in (slice(0, 150), slice(150, None))
    )
    whole = scorecard(draws, outcomes, blocks=blocks, onset=outcomes < 9)
    assert scores.card_of(joined([first, second])) == whole


def test_windows_scored_otherwise_are_not_joined() -> None:
    draws, outcomes = toy()
    one = score_units(draws, outcomes, blocks=outcomes)
    with pytest.raises(NotComparable, match="level differs"):
        joined([one, score_units(draws, outcomes, blocks=outcomes, level=0.5)])
    with pytest.raises(NotComparable, match="draws differs"):
        joined([one, score_units(draws[:, :9], outcomes, blocks=outcomes)])
    with pytest.raises(NotComparable, match="onset"):
        joined([one, score_units(draws, outcomes, blocks=outcomes, onset=outcomes > 2)])
    with pytest.raises(NotComparable, match="no window"):
        joined([])


def test_a_card_spends_a_count_in_each_month_and_a_share_over_all() -> None:
    outcomes, months = np.array([3, 2, 0, 0, 0, 1]), np.repeat([1, 2], 3)
    chances = np.array([0.9, 0.8, 0.7, 0.1, 0.2, 0.3])
    budgets = (scores.Budget(count=1), scores.Budget(share=1 / 3))
    card = scorecard(
        np.zeros((6, 4)),
        outcomes,
        blocks=months,
        months=months,
        probabilities=chances,
        budgets=budgets,
    )
    assert [(found.listed, found.hits) for found in card.lists] == [(2, 2.0), (2, 2.0)]
    assert [found.expected.mean for found in card.lists] == pytest.approx([1.2, 1.7])


def test_stated_probabilities_rank_where_draws_cannot_tell() -> None:
    outcomes, stated = np.array([0, 0, 1]), [0.0001, 0.0002, 0.0003]
    nothing = np.zeros((3, 100))
    assert scorecard(nothing, outcomes, blocks=outcomes).auc == 0.5
    card = scorecard(nothing, outcomes, blocks=outcomes, probabilities=stated)
    assert card.auc == 1.0
    assert card.scores.drawn.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("draws", "outcomes", "error", "says"),
    [
        ([1, 2, 3], [1], BadDraws, "table of unit-months by draws"),
        (np.zeros((2, 0)), [1, 2], BadDraws, "table of unit-months by draws"),
        ([["a", "b"]], [1], BadDraws, "must be numbers"),
        ([[0.0, math.nan]], [1], BadDraws, "missing or infinite"),
        ([[-math.inf, 0.0]], [1], BadDraws, "missing or infinite"),
        ([[0, 1]], [1, 2], BadOutcomes, "one outcome for each of the 1 unit-months"),
        ([[0, 1]], [math.nan], BadOutcomes, "missing or infinite"),
    ],
)
def test_what_cannot_be_scored_is_refused(
    draws: object, outcomes: object, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        crps(draws, outcomes)
    with pytest.raises(error, match=says):
        ignorance(draws, outcomes)


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(BadDraws, match="below the first bin"):
        ignorance([[-1, 2]], [0])
    with pytest.raises(BadOutcomes, match="below the first bin"):
        ignorance([[1, 2]], [-1])


@pytest.mark.parametrize("weights", [[1, 2], [0, 0, 0], [1, -1, 3], [1, math.nan, 1]])
def test_weights_that_cannot_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(BadDraws, match=r"^Weights"):
        crps([[0, 1, 2]], [1], weights)


def test_settings_that_cannot_be_are_refused() -> None:
    for level in (0.0, 1.0, 90.0):
        with pytest.raises(BadSettings, match="between 0 and 1"):
            interval([[0, 1]], level)
    with pytest.raises(BadSettings, match="must rise"):
        ignorance([[0, 1]], [0], bins=(0, 2, 1))
    with pytest.raises(BadProbabilities, match="outside 0 to 1"):
        brier([1.2], [1])
    with pytest.raises(BadOutcomes, match="neither yes nor no"):
        brier([0.2], [2])
    with pytest.raises(BadDraws, match="above its upper end"):
        interval_score([2], [1], [1])
