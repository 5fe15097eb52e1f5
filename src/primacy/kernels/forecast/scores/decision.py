"""What a warning is worth: when acting pays, what a forecast saves, which patrol is worth its way.

Acting costs, and prevents a share of the loss that the event would bring. With calibrated
probabilities acting pays from cost / (loss * prevented) on; a forecast is worth what it saves over
always or never acting. Prices are in one unit, any: money, hours, or patrol days.

References: A. H. Murphy, Monthly Weather Review 105 (1977); D. S. Richardson, Quarterly Journal of
the Royal Meteorological Society 126 (2000); A. J. Vickers and E. B. Elkin, Medical Decision
Making 26 (2006), for the net benefit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadSettings
from primacy.kernels.forecast.scores.inputs import (
    Floats,
    flags_of,
    outcomes_of,
    probabilities_of,
)
from primacy.kernels.forecast.scores.ranking import order_of


@dataclass(frozen=True)
class Prices:
    """What acting costs, what an event loses, and the share of that loss which acting prevents."""

    cost: float
    loss: float
    prevented: float = 1.0

    def __post_init__(self) -> None:
        if not (0 < self.cost < math.inf and 0 < self.loss < math.inf):
            raise BadSettings("A cost and a loss must be above 0; give what acting and harm cost.")
        if not 0 < self.prevented <= 1:
            raise BadSettings(f"Acting cannot prevent {self.prevented} of a loss; give 0 to 1.")

    @property
    def threshold(self) -> float:
        """The probability from which acting pays; above 1 it never does."""
        return self.cost / (self.loss * self.prevented)


@dataclass(frozen=True)
class Cheapest:
    """The threshold that would have been cheapest, and its mean expense a unit-month.

    Acting from `threshold` on; None where never acting was cheapest.
    """

    threshold: float | None
    expense: float


@dataclass(frozen=True)
class NetBenefit:
    """Events met less alarms in vain, a unit-month, at the threshold's own rate of exchange.

    `model` acts where the probability reaches `threshold` (a share `acted` of the unit-months),
    `always` acts everywhere; never acting has a net benefit of 0.
    """

    threshold: float
    acted: float
    model: float
    always: float


@dataclass(frozen=True)
class Worth:
    """Mean expense a unit-month of acting on a forecast, and of the ways without one.

    `perfect` acts before each event and nowhere else, where that pays. `value` is the part of the
    possible saving that the forecast brings: 1 for a perfect one, 0 and less for a useless one;
    None where there is nothing to save.
    """

    forecast: float
    always: float
    never: float
    perfect: float

    @property
    def value(self) -> float | None:
        """The saving over the better of always and never, as a share of the perfect saving."""
        without = min(self.always, self.never)
        possible = without - self.perfect
        return (without - self.forecast) / possible if possible > 0 else None


def expense(
    probabilities: npt.ArrayLike,
    events: npt.ArrayLike,
    prices: Prices,
    threshold: float | None = None,
) -> float:
    """The mean expense a unit-month of acting from a threshold on, else from that of the prices."""
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    acting = stated >= (prices.threshold if threshold is None else threshold)
    left = np.where(acting, 1.0 - prices.prevented, 1.0)
    return float((prices.cost * acting + prices.loss * left * happened).mean())


def cheapest_threshold(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, prices: Prices
) -> Cheapest:
    """The threshold that hindsight would choose; of calibrated probabilities that of the prices.

    Where it lies far from `prices.threshold`, the probabilities are not calibrated there.
    """
    stated = probabilities_of(probabilities)
    order = order_of(stated, events)
    never = prices.loss * float(order.hits[-1])
    saved = prices.loss * prices.prevented * order.hits - prices.cost * order.ends
    best = int(np.argmax(saved))
    if saved[best] <= 0:
        return Cheapest(None, never / stated.size)
    reached = float(stated[order.places[order.ends[best] - 1]])
    return Cheapest(reached, (never - float(saved[best])) / stated.size)


def net_benefit(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, threshold: float
) -> NetBenefit:
    """The net benefit of acting from a threshold on, beside always acting."""
    if not 0 < threshold < 1:
        raise BadSettings(f"A threshold of {threshold} does not lie between 0 and 1.")
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    acting = stated >= threshold
    odds = threshold / (1.0 - threshold)
    base = float(happened.mean())
    met, vain = float((acting & happened).mean()), float((acting & ~happened).mean())
    return NetBenefit(
        threshold=threshold,
        acted=float(acting.mean()),
        model=met - odds * vain,
        always=base - odds * (1.0 - base),
    )


def decision_curve(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, thresholds: Sequence[float]
) -> tuple[NetBenefit, ...]:
    """The net benefit at each of some thresholds, in the order given."""
    return tuple(net_benefit(probabilities, events, threshold) for threshold in thresholds)


def worth(probabilities: npt.ArrayLike, events: npt.ArrayLike, prices: Prices) -> Worth:
    """What acting on a forecast costs at its prices, beside always, never and perfectly acting."""
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    never = prices.loss * float(happened.mean())
    left = 1.0 - prices.prevented
    return Worth(
        forecast=expense(stated, happened, prices),
        always=prices.cost + left * never,
        never=never,
        perfect=min(never, float(happened.mean()) * (prices.cost + left * prices.loss)),
    )


def patrol_value(
    probabilities: npt.ArrayLike,
    kilometres: npt.ArrayLike,
    *,
    start: float,
    per_kilometre: float,
    loss: float,
    prevented: float = 1.0,
) -> Floats:
    """What a patrol to each area is expected to save less its cost, (n,); below 0 it does not pay.

    `kilometres` (n,) is the whole way, `start` the cost of any patrol, `prevented` the share of
    the loss that a patrol on the spot prevents.
    """
    stated = probabilities_of(probabilities)
    way = outcomes_of(kilometres, stated.size)
    if way.min() < 0 or min(start, per_kilometre) < 0:
        raise BadSettings("Distances and costs of a patrol cannot be below 0.")
    if loss <= 0 or not 0 < prevented <= 1:
        raise BadSettings("A patrol needs a loss above 0, and prevents a share of it up to 1.")
    saved: Floats = stated * loss * prevented - (start + per_kilometre * way)
    return saved
