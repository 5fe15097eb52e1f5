"""Why a unit stands where it stands, and what changed since the last forecast: as data, not words.

The log-odds of an event are shared out among named reasons by their Shapley values: each reason
gets its average effect over all orders in which the reasons could be brought in. For the hurdle
alone that is its linear terms; for the climatology and the pool it is exact all the same, and sums
to the log-odds of the forecast shown.

References: L. S. Shapley, "A value for n-person games", 1953; S. Lundberg and S.-I. Lee,
NeurIPS 2017.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt
from scipy import special

from primacy.kernels.forecast.climatology import Climatology, reach_of
from primacy.kernels.forecast.errors import BadSettings
from primacy.kernels.forecast.features import Group
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.pool import FittedPool
from primacy.kernels.forecast.sample import Floats

RECENT = 12
"""Months that count as recent in the reasons of the climatology."""

LEAST = 0.0005
"""Chances are kept this far from 0 and 1: half a draw of a thousand."""

REASONS = tuple(group for group in Group if group is not Group.BASE)
Subset = frozenset[Group]
Chance = Callable[[Subset], npt.NDArray[np.float64]]


@dataclass(frozen=True)
class Facts:
    """What a reason can be worded with, one value a unit.

    Deaths (or events, as the panel measures) and months with an event in the last 12 months, the
    same next door (unit-months among the neighbours), and months since the last event, -1 where
    none is on record. `share_of_months` is the share of all observed months with an event.
    """

    count_12: Floats
    months_12: Floats
    near_months_12: Floats
    since_event: Floats
    share_of_months: Floats


@dataclass(frozen=True)
class Explanation:
    """Contributions to the log-odds of an event, (units x horizons) for each reason.

    They sum to `log_odds` to 1e-6; `Group.BASE` is what is said of a unit of which nothing is
    known. `facts` are of the data cut.
    """

    contributions: dict[Group, Floats]
    log_odds: Floats
    facts: Facts

    def ranked(self, unit: int, horizon: int) -> tuple[tuple[Group, float], ...]:
        """The reasons of one unit and horizon (places, not ids), the weightiest first."""
        found = [(group, float(self.contributions[group][unit, horizon])) for group in REASONS]
        return tuple(sorted(found, key=lambda item: -abs(item[1])))


def explain_pool(panel: Panel, rings: Rings, fitted: FittedPool) -> Explanation:
    """The reasons of a fitted pool, made from the panel it was fitted to."""
    if panel.last_month != fitted.forecast.cut:
        raise BadSettings("Explain a forecast with the panel it was made from, to its data cut.")
    terms = fitted.hurdle.contributions()
    past = _past_parts(panel, rings, fitted.settings.climatology)
    share = fitted.settings.share

    def chance(known: Subset) -> Floats:
        odds = terms[Group.BASE] + sum(terms[g] for g in known)
        climate = _past_chance(past, known)[:, None]
        return np.asarray(share * special.expit(odds) + (1 - share) * climate)

    return _explained(chance, _facts(panel, rings))


def explain_climatology(
    panel: Panel, rings: Rings, settings: Climatology, horizons: int = 1
) -> Explanation:
    """The reasons of a climatology, the same for each of so many horizons."""
    past = _past_parts(panel, rings, settings)

    def chance(known: Subset) -> Floats:
        return np.repeat(_past_chance(past, known)[:, None], horizons, axis=1)

    return _explained(chance, _facts(panel, rings))


@dataclass(frozen=True)
class _PastPart:
    """One part of the past: its share of all weight, and the weighted share that saw an event."""

    weight: Floats
    events: Floats


_Past = dict[Group, _PastPart]


def _past_parts(panel: Panel, rings: Rings, settings: Climatology) -> tuple[_Past, float]:
    """The climatology's past in three parts, and the chance of a unit of which nothing is known."""
    width = min(settings.window, panel.counts.shape[1])
    ages = settings.ages(width)
    seen = panel.observed[:, -width:].astype(np.float64)
    events = (panel.counts[:, -width:] > 0) * seen
    recent = np.where(np.arange(width) >= width - RECENT, ages, 0.0)
    reach = reach_of(panel, rings, settings)
    total = reach @ (seen @ ages)
    around, around_events = total - seen @ ages, reach @ (events @ ages) - events @ ages
    base = float((events @ ages).sum() / (seen @ ages).sum())
    return {
        Group.OWN_RECENT: _PastPart(seen @ recent / total, events @ recent / total),
        Group.LONG_HISTORY: _PastPart(
            seen @ (ages - recent) / total, events @ (ages - recent) / total
        ),
        Group.NEIGHBOURS: _PastPart(around / total, around_events / total),
    }, base


def _past_chance(past: tuple[_Past, float], known: Subset) -> Floats:
    """The climatology's chance where only some parts of the past are known."""
    parts, base = past
    return np.asarray(
        sum(part.events if g in known else part.weight * base for g, part in parts.items())
    )


def _explained(chance: Chance, facts: Facts) -> Explanation:
    """Shapley values of the reasons, from the chance at each of their subsets."""
    odds: dict[Subset, Floats] = {}
    for size in range(len(REASONS) + 1):
        for known in map(frozenset, combinations(REASONS, size)):
            odds[known] = special.logit(np.clip(chance(known), LEAST, 1 - LEAST))
    count = len(REASONS)
    found = {Group.BASE: odds[frozenset()]}
    for reason in REASONS:
        value = np.zeros_like(odds[frozenset()])
        for subset, before in odds.items():
            if reason not in subset:
                orders = factorial(len(subset)) * factorial(count - len(subset) - 1)
                value += orders / factorial(count) * (odds[subset | {reason}] - before)
        found[reason] = value
    return Explanation(found, odds[frozenset(REASONS)], facts)


def _facts(panel: Panel, rings: Rings) -> Facts:
    seen = panel.observed
    counts = np.where(seen, panel.counts, 0.0)
    events = counts > 0
    months = events[:, -RECENT:].sum(axis=1).astype(np.float64)
    near = np.zeros(panel.units.size)
    if len(rings):
        near = (rings.matrices[0] > 0).astype(np.float64) @ months
    ever = events.any(axis=1)
    since = np.argmax(events[:, ::-1], axis=1)
    return Facts(
        count_12=counts[:, -RECENT:].sum(axis=1),
        months_12=months,
        near_months_12=near,
        since_event=np.where(ever, since, -1).astype(np.float64),
        share_of_months=events.sum(axis=1) / np.maximum(seen.sum(axis=1), 1),
    )
