"""What is scored, read and checked: draws, outcomes, probabilities, events, labels."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import (
    BadDraws,
    BadOutcomes,
    BadProbabilities,
    BadSettings,
)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.generic]
Counts = npt.NDArray[np.int64]

EVENT = 1.0
"""An event is an outcome of at least this much: one death, or one incident."""

CHUNK = 1 << 18
"""Values that are worked on at a time: 2 MB of floats, which stay in the processor's cache."""


def draws_of(draws: npt.ArrayLike) -> npt.NDArray[np.generic]:
    """Draws as a table, one row a unit-month and one column a draw."""
    table = np.asarray(draws)
    if table.ndim != 2 or 0 in table.shape:
        raise BadDraws(
            f"Draws must be a table of unit-months by draws; their shape is {table.shape}."
        )
    if table.dtype.kind not in "iufb":
        raise BadDraws(f"Draws must be numbers, not {table.dtype}.")
    return table


def outcomes_of(outcomes: npt.ArrayLike, count: int) -> Floats:
    """Outcomes as floats, one for each of `count` unit-months."""
    values = np.asarray(outcomes, dtype=np.float64)
    if values.shape != (count,):
        raise BadOutcomes(
            f"There must be one outcome for each of the {count} unit-months; "
            f"their shape is {values.shape}."
        )
    if not np.isfinite(values).all():
        raise BadOutcomes("An outcome is missing or infinite. Leave its unit-month out.")
    return values


def probabilities_of(probabilities: npt.ArrayLike, count: int | None = None) -> Floats:
    """Probabilities as floats, checked to lie between 0 and 1."""
    values = np.asarray(probabilities, dtype=np.float64)
    if values.ndim != 1 or not values.size or (count is not None and values.size != count):
        wanted = "unit-month" if count is None else f"of the {count} unit-months"
        raise BadProbabilities(
            f"There must be one probability for each {wanted}; their shape is {values.shape}."
        )
    if not ((values >= 0) & (values <= 1)).all():
        raise BadProbabilities("A probability is missing or lies outside 0 to 1.")
    return values


def flags_of(flags: npt.ArrayLike, count: int, name: str = "event") -> Flags:
    """Yes or no for each unit-month: events, or a mask."""
    values = np.asarray(flags)
    if values.shape != (count,):
        raise BadOutcomes(
            f"There must be one {name} flag for each of the {count} unit-months; "
            f"their shape is {values.shape}."
        )
    if values.dtype != np.bool_ and not np.isin(values, (0, 1)).all():
        raise BadOutcomes(f"A {name} flag is neither yes nor no.")
    return values.astype(np.bool_)


def labels_of(labels: npt.ArrayLike, count: int, name: str = "block") -> Labels:
    """Labels, one for each unit-month."""
    values = np.asarray(labels)
    if values.shape != (count,):
        raise BadOutcomes(
            f"There must be one {name} label for each of the {count} unit-months; "
            f"their shape is {values.shape}."
        )
    return values


def level_of(level: float) -> float:
    """A nominal level strictly between 0 and 1."""
    if not 0 < level < 1:
        raise BadSettings(f"A level of {level} does not lie between 0 and 1.")
    return level


def sorted_chunks(draws: npt.NDArray[np.generic]) -> Iterator[tuple[slice, Floats]]:
    """Rows and their draws in rising order, some rows at a time; refuses what is not finite."""
    rows = max(1, CHUNK // draws.shape[1])
    for start in range(0, draws.shape[0], rows):
        part = slice(start, min(start + rows, draws.shape[0]))
        # Sorted in their own type: counts of few bytes sort faster than floats.
        ranked = np.sort(draws[part], axis=1).astype(np.float64)
        # Missing values and infinities are sorted to the ends.
        if not np.isfinite(ranked[:, [0, -1]]).all():
            raise BadDraws("A draw is missing or infinite.")
        yield part, ranked
