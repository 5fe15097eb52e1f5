"""Counts of deaths or events by unit and month, with what was known when.

A unit is anything with an id: a PRIO-GRID cell, an area of any level, a patrol sector. A panel ends
at its data cut, the last complete month; what lies after it is not in it.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.errors import BadMonth, BadPanel
from primacy.kernels.forecast.months import months_between

Counts = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Panel:
    """Counts (units x months), complete up to and including the last month.

    `units` are ids, each once; `first_month` is the month of the first column; `since` the month
    from which a unit is observed (its record may begin later than the panel: such months count as
    unknown, not as quiet). `vintage` names the release of the data and `known_on` the day (ISO) on
    which it was known, for the caption of any forecast made from it.
    """

    units: Ids
    first_month: int
    counts: Counts
    since: Ids
    measure: str = "deaths"
    vintage: str = ""
    known_on: str = ""

    def __post_init__(self) -> None:
        if self.counts.ndim != 2 or self.counts.shape[0] != self.units.size:
            raise BadPanel(
                f"Counts of shape {self.counts.shape} do not fit {self.units.size} units; give one "
                "row a unit and one column a month."
            )
        if self.units.size == 0 or self.counts.shape[1] == 0:
            raise BadPanel("A panel needs a unit and a month at least.")
        if np.unique(self.units).size != self.units.size:
            raise BadPanel("A unit occurs twice; add its counts together first.")
        if self.since.shape != self.units.shape:
            raise BadPanel("Give one first observed month for each unit.")
        if not np.isfinite(self.counts).all() or self.counts.min() < 0:
            raise BadPanel("Counts must be finite and not below 0.")

    @property
    def last_month(self) -> int:
        """The data cut: the last month in the panel."""
        return int(self.first_month + self.counts.shape[1] - 1)

    @property
    def months(self) -> Ids:
        """The month numbers of the columns."""
        return months_between(self.first_month, self.last_month)

    @property
    def observed(self) -> npt.NDArray[np.bool_]:
        """Where a unit was observed, (units x months)."""
        return np.asarray(self.months[None, :] >= self.since[:, None])

    def until(self, cut: int) -> "Panel":
        """The panel without the months after `cut`: a copy, so that nothing later stays in reach.

        Raises `BadMonth` where the cut lies outside the panel.
        """
        if not self.first_month <= cut <= self.last_month:
            raise BadMonth(
                f"A cut at month {cut} lies outside the panel, which holds months "
                f"{self.first_month} to {self.last_month}."
            )
        return replace(self, counts=self.counts[:, : cut - self.first_month + 1].copy())

    def at(self, months: npt.ArrayLike) -> Counts:
        """The counts of some months, (units x months). Raises `BadMonth` outside the panel."""
        places = np.asarray(months, dtype=np.int64) - self.first_month
        if places.size and (places.min() < 0 or places.max() >= self.counts.shape[1]):
            raise BadMonth(
                f"The panel holds months {self.first_month} to {self.last_month}; others were "
                "asked for."
            )
        return np.asarray(self.counts[:, places], dtype=np.float64)

    def chosen(self, units: npt.ArrayLike) -> "Panel":
        """The panel with these units only, in this order. Raises `BadPanel` for an unknown one."""
        at = positions(self.units, np.asarray(units, dtype=np.int64))
        return replace(
            self, units=self.units[at], counts=self.counts[at].copy(), since=self.since[at]
        )


def panel_of(
    units: npt.ArrayLike,
    months: tuple[int, int],
    events: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    *,
    since: npt.ArrayLike | None = None,
    measure: str = "deaths",
    vintage: str = "",
    known_on: str = "",
) -> Panel:
    """The panel of events: unit ids, month numbers and values (deaths, or 1 for each event).

    `months` are the first and the last complete month. Events after the last, before the first or
    outside the units are left out. Values of one unit and
    month add up. Raises `BadPanel` where the three arrays differ in length.
    """
    ids = np.asarray(units, dtype=np.int64)
    width = months_between(*months).size
    where, when, what = (np.asarray(a) for a in events)
    if not where.shape == when.shape == what.shape or where.ndim != 1:
        raise BadPanel("Give one unit, one month and one value for each event.")
    counts = np.zeros((ids.size, width))
    column = when.astype(np.int64) - months[0]
    inside = (column >= 0) & (column < width) & np.isin(where, ids)
    if inside.any():
        rows = positions(ids, where[inside].astype(np.int64))
        np.add.at(counts, (rows, column[inside]), what[inside].astype(np.float64))
    begun = np.full(ids.size, months[0]) if since is None else np.asarray(since)
    return Panel(ids, months[0], counts, begun.astype(np.int64), measure, vintage, known_on)


def positions(units: Ids, asked: Ids) -> npt.NDArray[np.intp]:
    """The row of each unit asked for. Raises `BadPanel` for a unit that is not there."""
    order = np.argsort(units, kind="stable")
    place = np.minimum(np.searchsorted(units[order], asked), units.size - 1)
    rows = order[place]
    if not np.array_equal(units[rows], asked):
        missing = asked[units[rows] != asked]
        raise BadPanel(f"Unit {missing[0]} is not in the panel.")
    return np.asarray(rows, dtype=np.intp)
