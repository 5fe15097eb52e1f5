"""Scores of draws against outcomes, one value for each unit-month: CRPS, ignorance, interval score.

Lower is better for all three. Definitions are those of the VIEWS prediction challenge 2023/24.

References: T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and
estimation", JASA 102 (2007); M. S. Roulston and L. A. Smith, "Evaluating probabilistic forecasts
using information theory", Monthly Weather Review 130 (2002); H. Hegre et al., "The 2023/24 VIEWS
prediction challenge", Journal of Peace Research 62 (2025), arXiv 2407.11045.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadDraws, BadOutcomes, BadSettings
from primacy.kernels.forecast.scores.inputs import (
    CHUNK,
    EVENT,
    Flags,
    Floats,
    draws_of,
    level_of,
    outcomes_of,
    sorted_chunks,
)

VIEWS_BINS = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Left edges of the 11 bins of deaths in which ignorance is measured; the last bin is open."""

INTERVAL = 0.90
"""Nominal level of the central interval."""


def crps(
    draws: npt.ArrayLike, outcomes: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Floats:
    """The continuous ranked probability score of each unit-month, in the unit of the outcome.

    `draws` is (n, m), `outcomes` (n,). The score is mean |x - y| - mean |x - x'| / 2 over all m * m
    pairs of draws (the empirical distribution, not the "fair" form), found by sorting. `weights`
    of the draws, (m,) or (n, m), need not sum to 1. Raises `BadDraws`, `BadOutcomes`.
    """
    table = draws_of(draws)
    observed = outcomes_of(outcomes, table.shape[0])
    if weights is not None:
        return _weighted_crps(table, observed, _weights_of(weights, table.shape))
    scores = np.empty(observed.size)
    for part, ranked in sorted_chunks(table):
        scores[part] = crps_of_sorted(ranked, observed[part])
    return scores


def ignorance(
    draws: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    bins: Sequence[float] = VIEWS_BINS,
    base: float = 2.0,
) -> Floats:
    """The ignorance of each unit-month: -log of the probability of the outcome's bin, in bits.

    Each bin gets one pseudo-draw, so that the probability is never 0; the score therefore depends
    on the number of draws, and only forecasts with equally many compare (the challenge asks for
    1,000). Raises `BadDraws`, `BadOutcomes`, and `BadSettings` for bins that do not rise.
    """
    table = draws_of(draws)
    observed = outcomes_of(outcomes, table.shape[0])
    scores = np.empty(observed.size)
    for part, ranked in sorted_chunks(table):
        scores[part] = ignorance_of_sorted(ranked, observed[part], bins, base)
    return scores


def interval(draws: npt.ArrayLike, level: float = INTERVAL) -> tuple[Floats, Floats]:
    """The lower and upper ends, (n,) each, of the central interval of the draws.

    Empirical quantiles with linear interpolation, at (1 - level) / 2 and (1 + level) / 2.
    """
    table = draws_of(draws)
    low, high = np.empty(table.shape[0]), np.empty(table.shape[0])
    for part, ranked in sorted_chunks(table):
        low[part], high[part] = interval_of_sorted(ranked, level)
    return low, high


def interval_score(
    low: npt.ArrayLike, high: npt.ArrayLike, outcomes: npt.ArrayLike, level: float = INTERVAL
) -> Floats:
    """The interval score of each unit-month: width, and 2 / (1 - level) times what falls outside.

    Its mean is the MIS of the challenge (level 0.9: a penalty of 20 for each death outside).
    """
    bottom = np.asarray(low, dtype=np.float64)
    top = outcomes_of(high, bottom.size)
    observed = outcomes_of(outcomes, bottom.size)
    if not (bottom <= top).all():
        raise BadDraws("The lower end of an interval lies above its upper end.")
    penalty = 2.0 / (1.0 - level_of(level))
    below, above = np.maximum(bottom - observed, 0.0), np.maximum(observed - top, 0.0)
    scores: Floats = (top - bottom) + penalty * (below + above)
    return scores


def covered(low: npt.ArrayLike, high: npt.ArrayLike, outcomes: npt.ArrayLike) -> Flags:
    """True for each unit-month whose outcome lies in its interval, ends included."""
    bottom = np.asarray(low, dtype=np.float64)
    observed = outcomes_of(outcomes, bottom.size)
    inside: Flags = (bottom <= observed) & (observed <= outcomes_of(high, bottom.size))
    return inside


def probability_of_event(draws: npt.ArrayLike, threshold: float = EVENT) -> Floats:
    """The share of the draws of each unit-month that reach a threshold, (n,)."""
    table = draws_of(draws)
    shares = np.empty(table.shape[0])
    rows = max(1, CHUNK // table.shape[1])
    for start in range(0, table.shape[0], rows):
        part = slice(start, start + rows)
        reached = np.greater_equal(table[part], threshold)
        shares[part] = reached.sum(axis=1) / table.shape[1]
    return shares


def crps_of_sorted(ranked: Floats, observed: Floats) -> Floats:
    """The CRPS of rows of draws that are in rising order already."""
    count = ranked.shape[1]
    # Both terms stay the same when all is moved by the outcome; differences keep more digits.
    moved = ranked - observed[:, None]
    spread = moved @ ((2.0 * np.arange(1, count + 1) - count - 1.0) / count**2)
    np.abs(moved, out=moved)
    scores: Floats = np.maximum(moved.mean(axis=1) - spread, 0.0)
    return scores


def ignorance_of_sorted(
    ranked: Floats, observed: Floats, bins: Sequence[float] = VIEWS_BINS, base: float = 2.0
) -> Floats:
    """The ignorance of rows of draws that are in rising order already."""
    edges = np.asarray(bins, dtype=np.float64)
    if edges.ndim != 1 or edges.size < 2 or not (np.diff(edges) > 0).all():
        raise BadSettings("The bins of the ignorance score must rise, and be two or more.")
    if base <= 1:
        raise BadSettings(f"A logarithm to the base {base} does not rise; take 2 for bits.")
    if observed.size and observed.min() < edges[0]:
        raise BadOutcomes(f"An outcome lies below the first bin ({edges[0]:g}).")
    if ranked[:, 0].min() < edges[0]:
        raise BadDraws(f"A draw lies below the first bin ({edges[0]:g}).")
    upper = np.append(edges[1:], np.inf)
    own = np.searchsorted(edges, observed, side="right") - 1
    inside = (ranked >= edges[own, None]) & (ranked < upper[own, None])
    probability = (inside.sum(axis=1) + 1.0) / (ranked.shape[1] + edges.size)
    scores: Floats = -np.log(probability) / np.log(base)
    return scores


def interval_of_sorted(ranked: Floats, level: float = INTERVAL) -> tuple[Floats, Floats]:
    """The ends of the central interval of rows of draws that are in rising order already."""
    tail = round((1.0 - level_of(level)) / 2.0, 15)
    return _quantile(ranked, tail), _quantile(ranked, 1.0 - tail)


def _quantile(ranked: Floats, probability: float) -> Floats:
    place = probability * (ranked.shape[1] - 1)
    # An end that is a draw but for rounding is that draw: an outcome equal to it lies inside.
    if abs(place - round(place)) < 1e-9:
        place = round(place)
    at = min(int(place), ranked.shape[1] - 1)
    following = min(at + 1, ranked.shape[1] - 1)
    values: Floats = ranked[:, at] + (place - at) * (ranked[:, following] - ranked[:, at])
    return values


def _weights_of(weights: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    values = np.asarray(weights, dtype=np.float64)
    if values.shape not in ((shape[1],), shape):
        raise BadDraws(
            f"Weights must be one for each draw, {shape[1]} or {shape[0]} by {shape[1]}; "
            f"their shape is {values.shape}."
        )
    if not (np.isfinite(values) & (values >= 0)).all() or not (values.sum(axis=-1) > 0).all():
        raise BadDraws("Weights of draws must not be negative, and not all 0.")
    return values


def _weighted_crps(table: npt.NDArray[np.generic], observed: Floats, weights: Floats) -> Floats:
    scores = np.empty(observed.size)
    rows = max(1, CHUNK // table.shape[1])
    for start in range(0, observed.size, rows):
        part = slice(start, start + rows)
        moved = table[part].astype(np.float64) - observed[part, None]
        if not np.isfinite(moved).all():
            raise BadDraws("A draw is missing or infinite.")
        order = np.argsort(moved, axis=1)
        moved = np.take_along_axis(moved, order, axis=1)
        share = weights[order] if weights.ndim == 1 else weights[part]
        if weights.ndim == 2:
            share = np.take_along_axis(share, order, axis=1)
        share = share / share.sum(axis=1, keepdims=True)
        total = np.cumsum(share, axis=1)
        spread = (share * moved * (2.0 * total - share - 1.0)).sum(axis=1)
        scores[part] = np.maximum((share * np.abs(moved)).sum(axis=1) - spread, 0.0)
    return scores
