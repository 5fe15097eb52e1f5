"""Scores of the order in which units are put: average precision, area under the curve, onsets.

Equal probabilities stand at the same place in the order; no score depends on how they are listed.

References: J. Davis and M. Goadrich, "The relationship between precision-recall and ROC curves",
ICML 2006; H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadOutcomes
from primacy.kernels.forecast.scores.inputs import (
    EVENT,
    Counts,
    Flags,
    Floats,
    flags_of,
    probabilities_of,
)

QUIET_MONTHS = 12
"""Months without an event before the cut that make a later event an onset."""


@dataclass(frozen=True)
class Order:
    """Unit-months by falling probability, equal ones together: one entry a distinct probability.

    `places` holds the unit-months in that order, `ends` how many of them stand at a probability
    or above it, `hits` how many of those saw the event.
    """

    places: Counts
    ends: Counts
    hits: Counts


def order_of(probabilities: npt.ArrayLike, events: npt.ArrayLike) -> Order:
    """Unit-months by falling probability, with the events among them."""
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    places = np.argsort(-stated, kind="stable").astype(np.int64)
    ranked = stated[places]
    last = np.append(np.flatnonzero(np.diff(ranked)), stated.size - 1)
    return Order(places, last + 1, np.cumsum(happened[places], dtype=np.int64)[last])


def average_precision(probabilities: npt.ArrayLike, events: npt.ArrayLike) -> float | None:
    """The mean precision over all events, each at its own place in the list; None without events.

    The sum of (recall step) * precision over distinct probabilities, without interpolation. A list
    in random order has the share of events as its value.
    """
    order = order_of(probabilities, events)
    total = int(order.hits[-1])
    if total == 0:
        return None
    steps = np.diff(order.hits, prepend=0)
    return float((steps * (order.hits / order.ends)).sum() / total)


def area_under_curve(probabilities: npt.ArrayLike, events: npt.ArrayLike) -> float | None:
    """The chance that a unit-month with the event has the higher probability; ties count half.

    None where there is no event, or nothing but events.
    """
    order = order_of(probabilities, events)
    total, size = int(order.hits[-1]), order.places.size
    if total in (0, size):
        return None
    steps = np.diff(order.hits, prepend=0)
    others = order.ends - order.hits
    quiet = np.diff(others, prepend=0)
    below = (size - total) - others
    return float((steps * (below + quiet / 2.0)).sum() / (total * (size - total)))


def onset_mask(
    history: npt.ArrayLike, months: int = QUIET_MONTHS, threshold: float = EVENT
) -> Flags:
    """True for each unit without an event in the last `months` before the cut, (n,).

    `history` is (n, k): what was known of each unit up to the cut, oldest month first. Raises
    `BadOutcomes` where it is shorter than `months` or has gaps.
    """
    known: Floats = np.asarray(history, dtype=np.float64)
    if known.ndim != 2 or months < 1 or known.shape[1] < months:
        raise BadOutcomes(
            f"An onset needs {months} months of history for each unit; its shape is {known.shape}."
        )
    recent = known[:, -months:]
    if not np.isfinite(recent).all():
        raise BadOutcomes(f"A month among the last {months} before the cut is missing.")
    return np.asarray((recent < threshold).all(axis=1))


def onset_average_precision(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, onset: npt.ArrayLike
) -> float | None:
    """Average precision among the unit-months where an event would be an onset; else None."""
    stated, happened = _where(probabilities, events, onset)
    return average_precision(stated, happened) if stated.size else None


def onset_area_under_curve(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, onset: npt.ArrayLike
) -> float | None:
    """Area under the curve among the unit-months where an event would be an onset; else None."""
    stated, happened = _where(probabilities, events, onset)
    return area_under_curve(stated, happened) if stated.size else None


def _where(
    probabilities: npt.ArrayLike, events: npt.ArrayLike, onset: npt.ArrayLike
) -> tuple[Floats, Flags]:
    stated = probabilities_of(probabilities)
    asked = flags_of(onset, stated.size, "onset")
    return stated[asked], flags_of(events, stated.size)[asked]
