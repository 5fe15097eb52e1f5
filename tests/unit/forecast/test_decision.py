"""When acting on a warning pays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.forecast.scores import (
    BadSettings,
    Prices,
    cheapest_threshold,
    decision_curve,
    expense,
    net_benefit,
    patrol_value,
    worth,
)

# Of 100 unit-months at each of 19 probabilities exactly that share sees the event.
LEVELS = np.arange(5, 100, 5)
CHANCES = np.repeat(LEVELS / 100, 100)
EVENTS = (np.arange(CHANCES.size) % 100) < np.repeat(LEVELS, 100)


@pytest.mark.parametrize("cost", [3, 12, 28, 47, 61, 93])
def test_the_cheapest_threshold_of_calibrated_chances_is_cost_over_loss(cost: int) -> None:
    prices = Prices(cost=cost, loss=100)
    assert prices.threshold == cost / 100
    best = cheapest_threshold(CHANCES, EVENTS, prices)
    # The first of the stated chances at which acting pays.
    assert best.threshold == LEVELS[LEVELS >= cost][0] / 100
    assert best.expense == pytest.approx(expense(CHANCES, EVENTS, prices))


def test_acting_that_prevents_half_has_to_be_twice_as_likely_to_meet_an_event() -> None:
    prices = Prices(cost=12, loss=100, prevented=0.5)
    assert prices.threshold == 0.24
    assert cheapest_threshold(CHANCES, EVENTS, prices).threshold == 0.25


def test_acting_that_costs_more_than_it_saves_never_pays() -> None:
    prices = Prices(cost=99, loss=100)
    best = cheapest_threshold(CHANCES, EVENTS, prices)
    assert best.threshold is None
    assert best.expense == pytest.approx(100 * EVENTS.mean())


def test_squeezed_chances_show_in_the_threshold_that_would_have_paid() -> None:
    assert cheapest_threshold(CHANCES / 10, EVENTS, Prices(28, 100)).threshold == 0.03


@given(
    st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=1, max_size=20),
    st.floats(0.1, 20),
    st.floats(0.1, 20),
    st.floats(0.1, 1),
)
def test_no_threshold_is_cheaper_than_the_cheapest(
    pairs: list[tuple[int, bool]], cost: float, loss: float, prevented: float
) -> None:
    chances, events = [place / 10 for place, _ in pairs], [event for _, event in pairs]
    prices = Prices(cost, loss, prevented)
    best = cheapest_threshold(chances, events, prices)
    tried = [expense(chances, events, prices, level) for level in [*chances, 2.0]]
    assert best.expense == pytest.approx(min(tried))
    reached = 2.0 if best.threshold is None else best.threshold
    assert expense(chances, events, prices, reached) == pytest.approx(best.expense)


def test_expense_by_hand() -> None:
    # Acts on the first two: 2 * 10, half of one loss of 60, and the whole of another.
    found = expense([0.8, 0.5, 0.1, 0.1], [1, 0, 1, 0], Prices(10, 60, prevented=0.5))
    assert found == pytest.approx((2 * 10 + 30 + 60) / 4)


def test_net_benefit_by_hand() -> None:
    # One met, one in vain of five; at .2 four alarms in vain weigh as much as one event met.
    found = net_benefit([0.8, 0.5, 0.1, 0.1, 0.1], [1, 0, 1, 0, 0], 0.2)
    assert found.acted == 0.4
    assert found.model == pytest.approx(1 / 5 - 0.25 * 1 / 5)
    assert found.always == pytest.approx(2 / 5 - 0.25 * 3 / 5)


def test_a_calibrated_forecast_is_nowhere_worse_than_always_or_never_acting() -> None:
    for point in decision_curve(CHANCES, EVENTS, [0.02, 0.1, 0.33, 0.5, 0.8, 0.97]):
        assert point.model >= max(point.always, 0.0) - 1e-12


def test_net_benefit_ranks_forecasts_as_their_expense_does() -> None:
    blind = np.full(CHANCES.size, EVENTS.mean())
    prices = Prices(30, 100)
    gain = expense(blind, EVENTS, prices) - expense(CHANCES, EVENTS, prices)
    benefit = [net_benefit(chances, EVENTS, 0.3).model for chances in (CHANCES, blind)]
    # A net benefit is counted in events; an event met is worth loss less cost.
    assert (benefit[0] - benefit[1]) * (100 - 30) == pytest.approx(gain)


def test_a_perfect_forecast_is_worth_one_and_a_blind_one_nothing() -> None:
    prices = Prices(20, 100, prevented=0.8)
    assert worth(EVENTS.astype(float), EVENTS, prices).value == pytest.approx(1.0)
    assert worth(np.full(EVENTS.size, 0.5), EVENTS, prices).value == pytest.approx(0.0)
    assert 0 < (worth(CHANCES, EVENTS, prices).value or 0) < 1


def test_without_events_there_is_nothing_to_save() -> None:
    found = worth([0.9, 0.1], [0, 0], Prices(1, 5))
    assert found.value is None
    assert (found.never, found.always, found.forecast) == (0.0, 1.0, 0.5)


def test_a_patrol_pays_less_the_farther_it_goes() -> None:
    found = patrol_value(
        [0.5, 0.5, 0.1], [0, 100, 0], start=2.0, per_kilometre=0.1, loss=20, prevented=0.5
    )
    assert found.tolist() == pytest.approx([3.0, -7.0, -1.0])


@pytest.mark.parametrize("wrong", [(0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 1, 1.5), (-1, 1, 1)])
def test_prices_that_cannot_be_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(BadSettings):
        Prices(*wrong)


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadSettings, match="between 0 and 1"):
        net_benefit([0.1], [1], 1.0)
    with pytest.raises(BadSettings, match="below 0"):
        patrol_value([0.1], [-3], start=0, per_kilometre=1, loss=1)
    with pytest.raises(BadSettings, match="loss above 0"):
        patrol_value([0.1], [3], start=0, per_kilometre=1, loss=0)
