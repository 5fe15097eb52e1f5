"""Which models the gate offers: an honest better one, and no confident zeros."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from primacy.kernels.forecast.scores import (
    BadSettings,
    Code,
    NotComparable,
    Scorecard,
    Verdict,
    compare,
    judge,
    probability_of_event,
    scorecard,
)

BLOCKS, CELLS, DRAWS = 60, 40, 200
UNITS = BLOCKS * CELLS


@dataclass(frozen=True)
class World:
    """Unit-months with a true risk, shared in part by the cells of a block."""

    risk: np.ndarray
    outcomes: np.ndarray
    blocks: np.ndarray
    seed: int

    def draws(self, risk: np.ndarray, mean_size: float = 10.0, salt: int = 1) -> np.ndarray:
        random = np.random.default_rng((self.seed, salt))
        hit = random.random((UNITS, DRAWS)) < risk[:, None]
        return hit * random.geometric(1 / mean_size, (UNITS, DRAWS))

    def card(self, draws: np.ndarray, probabilities: np.ndarray | None = None) -> Scorecard:
        return scorecard(draws, self.outcomes, blocks=self.blocks, probabilities=probabilities)


@pytest.fixture(scope="module")
def world() -> World:
    random = np.random.default_rng(77)
    level = np.repeat(random.normal(-4.2, 1.3, BLOCKS), CELLS)
    risk = 1 / (1 + np.exp(-(level + random.normal(0, 1.2, UNITS))))
    outcomes = (random.random(UNITS) < risk) * random.geometric(0.1, UNITS)
    return World(risk, outcomes, np.repeat(np.arange(BLOCKS), CELLS), 77)


@pytest.fixture(scope="module")
def smoothed(world: World) -> np.ndarray:
    """What a benchmark knows: the risk of the block, not of the cell."""
    return np.repeat(world.risk.reshape(BLOCKS, CELLS).mean(axis=1), CELLS)


@pytest.fixture(scope="module")
def too_large(world: World, smoothed: np.ndarray) -> Scorecard:
    """A benchmark that ranks well and expects far too many deaths where it expects any."""
    return world.card(world.draws(smoothed, mean_size=60.0))


def codes(verdict: Verdict) -> set[Code]:
    return {reason.code for reason in verdict.refusals}


def test_an_honest_better_forecaster_is_offered(world: World, smoothed: np.ndarray) -> None:
    verdict = judge(world.card(world.draws(world.risk)), world.card(world.draws(smoothed, salt=2)))
    assert verdict.offered
    assert verdict.refusals == ()
    assert [reason.code for reason in verdict.reasons] == [
        Code.CRPS_BETTER,
        Code.AP_NOT_WORSE,
        Code.IGNORANCE_NOT_WORSE,
        Code.EVENTS_WARNED,
        Code.SPLIT_SHOWN,
        Code.ENOUGH_BLOCKS,
        Code.ENOUGH_EVENTS,
    ]
    first = verdict.reasons[0]
    assert first.high is not None
    assert first.high < 0


def test_a_forecaster_that_differs_by_noise_alone_is_refused(
    world: World, smoothed: np.ndarray
) -> None:
    for salt in range(3, 8):
        verdict = judge(
            world.card(world.draws(smoothed, salt=salt)), world.card(world.draws(smoothed, salt=2))
        )
        assert not verdict.offered
        assert codes(verdict) == {Code.CRPS_NOT_BETTER}


def test_the_benchmark_does_not_beat_itself(world: World, smoothed: np.ndarray) -> None:
    draws = world.draws(smoothed, mean_size=60.0)
    benchmark = world.card(draws)
    assert codes(judge(benchmark, benchmark)) == {Code.CRPS_NOT_BETTER}
    # A hair less everywhere is a sure gain, and none: it is rounding.
    hair = judge(world.card(draws * (1 - 1e-12)), benchmark, fewest_events=2)
    assert hair.reasons[0].high is not None
    assert hair.reasons[0].high < 0
    assert Code.CRPS_NOT_BETTER in codes(hair)


@pytest.mark.parametrize("squeeze", [0.02, 0.1, 0.3])
def test_squeezed_probabilities_win_crps_and_are_refused(
    world: World, smoothed: np.ndarray, too_large: Scorecard, squeeze: float
) -> None:
    # It keeps the very ranking of the benchmark, so average precision sees nothing.
    chances = smoothed * squeeze
    model = world.card(world.draws(chances), probabilities=chances)
    verdict = judge(model, too_large)
    assert Code.CRPS_BETTER in {reason.code for reason in verdict.reasons}
    assert not verdict.offered
    assert Code.CONFIDENT_ZEROS in codes(verdict)
    assert Code.AP_WORSE not in codes(verdict)


def test_zero_everywhere_wins_crps_and_is_refused(world: World, too_large: Scorecard) -> None:
    verdict = judge(world.card(np.zeros((UNITS, DRAWS))), too_large)
    assert Code.CRPS_BETTER in {reason.code for reason in verdict.reasons}
    assert codes(verdict) == {Code.AP_WORSE, Code.CONFIDENT_ZEROS}


def test_zero_but_in_the_worst_cells_is_refused(
    world: World, smoothed: np.ndarray, too_large: Scorecard
) -> None:
    # Silent in nineteen cells of twenty, as it should be in the rest.
    loud = smoothed >= np.quantile(smoothed, 0.95)
    model = world.card(world.draws(np.where(loud, smoothed, 0.0)))
    verdict = judge(model, too_large)
    assert Code.CRPS_BETTER in {reason.code for reason in verdict.reasons}
    assert codes(verdict) == {Code.AP_WORSE, Code.CONFIDENT_ZEROS}


def test_zeros_are_refused_beside_a_benchmark_that_surprises_more(
    world: World, smoothed: np.ndarray
) -> None:
    # The benchmark warns five times too often: worse in CRPS and in ignorance than near silence.
    shouting = world.card(world.draws(np.minimum(5 * smoothed, 0.95), mean_size=60.0))
    chances = smoothed * 0.1
    verdict = judge(world.card(world.draws(chances), probabilities=chances), shouting)
    found = {reason.code for reason in verdict.reasons}
    assert {Code.CRPS_BETTER, Code.IGNORANCE_NOT_WORSE, Code.AP_NOT_WORSE} <= found
    assert codes(verdict) == {Code.CONFIDENT_ZEROS}


def test_honest_words_beside_silent_draws_are_refused(
    world: World, smoothed: np.ndarray, too_large: Scorecard
) -> None:
    silent = world.card(world.draws(smoothed * 0.05), probabilities=world.risk)
    assert Code.CONFIDENT_ZEROS in codes(judge(silent, too_large))


def test_a_forecaster_that_ranks_worse_is_refused(
    world: World, smoothed: np.ndarray, too_large: Scorecard
) -> None:
    # The right number of events and of deaths, everywhere alike.
    flat = np.full(UNITS, world.risk.mean())
    verdict = judge(world.card(world.draws(flat), probabilities=flat), too_large)
    assert Code.CRPS_BETTER in {reason.code for reason in verdict.reasons}
    assert Code.AP_WORSE in codes(verdict)


def test_a_forecaster_that_surprises_more_is_refused(world: World, smoothed: np.ndarray) -> None:
    # Both know the same risk. The benchmark expects a massacre in each seventh event, which is dear
    # in CRPS; the model is never in doubt that an event means eleven deaths.
    usual = world.draws(smoothed)
    benchmark = world.card(np.where(np.arange(DRAWS) % 7 == 0, 100 * usual, usual))
    model = world.card(np.where(world.draws(smoothed) > 0, 11, 0))
    assert codes(judge(model, benchmark)) == {Code.IGNORANCE_WORSE}


def test_an_outbreak_nobody_foresaw_does_not_make_an_honest_model_a_silent_one(
    world: World, smoothed: np.ndarray
) -> None:
    # Four times the violence that model and benchmark expect; the model still knows where.
    random = np.random.default_rng(5)
    outcomes = (random.random(UNITS) < np.minimum(4 * world.risk, 1)) * random.geometric(0.1, UNITS)
    later = replace(world, outcomes=outcomes)
    model = later.card(later.draws(1.05 * world.risk))
    verdict = judge(model, later.card(later.draws(smoothed, salt=2)))
    assert verdict.comparison.warned is not None
    assert verdict.comparison.warned.high < 0.5
    assert verdict.offered


def test_the_split_is_part_of_the_verdict(world: World, smoothed: np.ndarray) -> None:
    model, benchmark = world.card(world.draws(world.risk)), world.card(world.draws(smoothed))
    comparison = judge(model, benchmark).comparison
    assert comparison.on_events is not None
    assert comparison.on_quiet is not None
    assert comparison.on_events.model == pytest.approx(model.crps.on_events)
    assert comparison.on_quiet.benchmark == pytest.approx(benchmark.crps.on_quiet)


def test_without_events_there_is_no_split_and_no_offer(world: World, smoothed: np.ndarray) -> None:
    quiet = replace(world, outcomes=np.zeros(UNITS))
    nothing = quiet.card(np.zeros((UNITS, DRAWS)))
    verdict = judge(nothing, quiet.card(quiet.draws(smoothed)))
    assert Code.CRPS_BETTER in {reason.code for reason in verdict.reasons}
    assert {Code.SPLIT_MISSING, Code.TOO_FEW_EVENTS} == codes(verdict)


def test_few_blocks_are_no_ground_for_an_offer(world: World, smoothed: np.ndarray) -> None:
    coarse = replace(world, blocks=world.blocks // 7)
    cards = coarse.card(coarse.draws(world.risk)), coarse.card(coarse.draws(smoothed, salt=2))
    assert codes(judge(*cards)) == {Code.TOO_FEW_BLOCKS}
    assert judge(*cards, fewest_blocks=9).offered


def test_the_same_cards_give_the_same_verdict(world: World, smoothed: np.ndarray) -> None:
    cards = world.card(world.draws(world.risk)), world.card(world.draws(smoothed))
    assert judge(*cards) == judge(*cards)


def test_forecasters_of_different_unit_months_are_not_compared(
    world: World, smoothed: np.ndarray
) -> None:
    draws = world.draws(smoothed)
    card = world.card(draws)
    with pytest.raises(NotComparable, match="different unit-months"):
        compare(card, replace(world, outcomes=world.outcomes[::-1]).card(draws))
    with pytest.raises(NotComparable, match="number of draws"):
        compare(card, world.card(draws[:, :50]))
    with pytest.raises(NotComparable, match="levels or thresholds"):
        compare(card, scorecard(draws, world.outcomes, blocks=world.blocks, threshold=5))
    with pytest.raises(BadSettings, match="at least 2 blocks"):
        judge(card, card, fewest_blocks=1)


def test_chances_of_the_world_are_what_its_draws_say(world: World) -> None:
    # Guards the tests above: the draws of this module carry the risk they are given.
    drawn = probability_of_event(world.draws(world.risk))
    assert np.abs(drawn - world.risk).mean() < 0.02
    assert 60 <= (world.outcomes > 0).sum() <= 200
