"""Scores apart for unit-months with the event and without: a mean over both hides either.

A forecast of nothing anywhere does well on the many quiet unit-months and covers them all. No score
on events alone may choose a model, for it rewards warning of everything; it is there to be seen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadOutcomes
from primacy.kernels.forecast.scores.inputs import Floats, flags_of, outcomes_of


@dataclass(frozen=True)
class EventSplit:
    """A mean apart for `events` unit-months with the event and `quiet` ones without.

    A mean is None where there are no such unit-months.
    """

    events: int
    quiet: int
    on_all: float
    on_events: float | None
    on_quiet: float | None

    @property
    def complete(self) -> bool:
        """True where both parts can be shown."""
        return self.on_events is not None and self.on_quiet is not None

    @property
    def from_events(self) -> float:
        """How much of the mean over all comes from the unit-months with the event."""
        share = self.events / (self.events + self.quiet)
        return share * (self.on_events or 0.0)

    @property
    def from_quiet(self) -> float:
        """How much of the mean over all comes from the unit-months without it."""
        share = self.quiet / (self.events + self.quiet)
        return share * (self.on_quiet or 0.0)


def split(scores: npt.ArrayLike, events: npt.ArrayLike) -> EventSplit:
    """The mean of a score (CRPS, say) over unit-months with the event, and over the others."""
    values = np.asarray(scores, dtype=np.float64)
    if values.ndim != 1 or not values.size:
        raise BadOutcomes("There is no score to split: one is needed for each unit-month.")
    values = outcomes_of(values, values.size)
    happened = flags_of(events, values.size)
    return EventSplit(
        events=int(happened.sum()),
        quiet=int((~happened).sum()),
        on_all=float(values.mean()),
        on_events=_mean(values[happened]),
        on_quiet=_mean(values[~happened]),
    )


def coverage(inside: npt.ArrayLike, events: npt.ArrayLike) -> EventSplit:
    """The share of outcomes inside their interval: of all unit-months, with the event, without."""
    within = np.asarray(inside)
    return split(flags_of(within, within.size, "coverage").astype(np.float64), events)


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None
