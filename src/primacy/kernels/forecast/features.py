"""What the fitted model knows of a unit at a data cut: its own past, its neighbours', the calendar.

Decayed averages are those of a self-exciting process with exponential memory (A. G. Hawkes,
Biometrika 58 (1971); G. O. Mohler et al., JASA 106 (2011)), at several half-lives, which are found
from the month before in one step. So features of every past cut cost one walk over the months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import BadNeighbours
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.panel import Panel
from primacy.kernels.forecast.sample import Floats

Features = npt.NDArray[np.float32]

HISTORY = 36.0
"""Half-lives from here on, in months, count as long history and not as recent violence."""

DEATHS_OWN = (1.0, 3.0, 6.0, 12.0, 36.0, 120.0)
EVENTS_OWN = (3.0, 12.0, 36.0, 120.0)
NEAR = (3.0, 12.0, 60.0)
LONG_AGO = 240.0
"""Months since the last event where there was none, and the most that is told apart."""

MANY = 25.0
"""Deaths in a month that count as a grave event."""


class Group(StrEnum):
    """The named reasons that contributions are added up to."""

    OWN_RECENT = "own_recent"
    NEIGHBOURS = "neighbours"
    SINCE_LAST = "since_last"
    SEASON = "season"
    LONG_HISTORY = "long_history"
    BASE = "base"


@dataclass(frozen=True)
class Feature:
    """One column: its name and the reason it belongs to."""

    name: str
    group: Group


def feature_list(rings: int) -> tuple[Feature, ...]:
    """The columns for units with so many rings of neighbours, in order.

    The last three belong to the month forecast: horizon, and its place in the year twice.
    """

    def memory(half_life: float) -> Group:
        return Group.LONG_HISTORY if half_life >= HISTORY else Group.OWN_RECENT

    own = [Feature("deaths_last_month", Group.OWN_RECENT)]
    own += [Feature(f"deaths_{h:g}", memory(h)) for h in DEATHS_OWN]
    own += [Feature(f"events_{h:g}", memory(h)) for h in EVENTS_OWN]
    own += [
        Feature("since_event", Group.SINCE_LAST),
        Feature("since_grave_event", Group.SINCE_LAST),
    ]
    for ring in range(1, rings + 1):
        own += [Feature(f"ring_{ring}_events_{h:g}", Group.NEIGHBOURS) for h in NEAR]
        own += [Feature(f"ring_{ring}_deaths_{h:g}", Group.NEIGHBOURS) for h in NEAR]
        own += [Feature(f"ring_{ring}_since_event", Group.NEIGHBOURS)]
    ahead = [
        Feature("horizon", Group.BASE),
        Feature("season_sine", Group.SEASON),
        Feature("season_cosine", Group.SEASON),
    ]
    return tuple(own + ahead)


def walk(panel: Panel, rings: Rings) -> Iterator[tuple[int, Features]]:
    """The features at each month of the panel in turn: month number and (units x features).

    Without the columns of the month forecast (see `ahead`). Each is made of that month and those
    before it only. Raises `BadNeighbours` where the rings are of other units.
    """
    if rings.size != panel.units.size:
        raise BadNeighbours(
            f"Neighbours of {rings.size} units do not fit a panel of {panel.units.size}."
        )
    observed = panel.observed
    deaths, events = np.log1p(panel.counts), (panel.counts > 0).astype(np.float64)
    grave = panel.counts >= MANY
    memory = {h: _Decay(h, panel.units.size) for h in {*DEATHS_OWN, *EVENTS_OWN, *NEAR}}
    since = np.full((2 + len(rings), panel.units.size), LONG_AGO)
    for column, month in enumerate(panel.months):
        seen = observed[:, column]
        now = np.stack([deaths[:, column], events[:, column]]) * seen
        for decay in memory.values():
            decay.step(now, seen)
        _pass_month(since, events[:, column], grave[:, column], rings)
        parts = [deaths[:, column], *(memory[h].mean(0) for h in DEATHS_OWN)]
        parts += [memory[h].mean(1) for h in EVENTS_OWN]
        parts += list(np.log1p(since[:2]))
        for ring, matrix in enumerate(rings.matrices):
            near = np.stack([memory[h].mean(kind) for kind in (1, 0) for h in NEAR], axis=1)
            parts += list((matrix @ near).T)
            parts.append(np.log1p(since[2 + ring]))
        yield int(month), np.stack(parts, axis=1).astype(np.float32)


def ahead(features: Features, months: npt.ArrayLike, horizons: npt.ArrayLike) -> Features:
    """Features with the columns of the month forecast: months of the cut and months ahead, (n,)."""
    step = np.asarray(horizons, dtype=np.float64)
    angle = 2 * np.pi * ((np.asarray(months) + step - 1) % 12) / 12
    return np.column_stack([features, step, np.sin(angle), np.cos(angle)]).astype(np.float32)


class _Decay:
    """Averages with exponential memory, over the months observed."""

    def __init__(self, half_life: float, units: int) -> None:
        self.keep = 0.5 ** (1.0 / half_life)
        self.sums: Floats = np.zeros((2, units))
        self.weight: Floats = np.zeros(units)

    def step(self, now: Floats, seen: npt.NDArray[np.bool_]) -> None:
        self.sums = self.sums * self.keep + now
        self.weight = self.weight * self.keep + seen

    def mean(self, kind: int) -> Floats:
        found = np.zeros_like(self.weight)
        np.divide(self.sums[kind], self.weight, out=found, where=self.weight > 0)
        return found


def _pass_month(since: Floats, events: Floats, grave: npt.NDArray[np.bool_], rings: Rings) -> None:
    """Counts one month more since the last event, or 0 where there was one."""
    np.minimum(since + 1, LONG_AGO, out=since)
    since[0][events > 0] = 0
    since[1][grave] = 0
    for ring, matrix in enumerate(rings.matrices):
        since[2 + ring][matrix @ events > 0] = 0
