"""Joint draws: possible futures in which neighbours and months share their luck.

Column j of the draws is one future for all units and months, so totals are sums of draws, never of
quantiles. The distribution of each unit and month is kept exactly; only the order of its draws is
arranged, by normal scores with three shared parts: one for all units, one shared with neighbours,
and one that lasts over the months (a Gaussian copula with factors).

References: A. Sklar, Publ. Inst. Statist. Univ. Paris 8 (1959); M. Clark et al., "The Schaake
shuffle", Journal of Hydrometeorology 5 (2004), for arranging draws by ranks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from primacy.kernels.forecast.errors import BadNeighbours, BadSample, BadSettings
from primacy.kernels.forecast.forecast import Forecast
from primacy.kernels.forecast.neighbours import Rings
from primacy.kernels.forecast.sample import Table

DRAWS = 1000


@dataclass(frozen=True)
class Dependence:
    """Shares of the variance of the normal scores, each 0 to 1.

    `common` to all units and `near` shared with neighbours leave the rest to the unit alone;
    `lasting` is the part of each that stays the same over the months.
    """

    common: float = 0.1
    near: float = 0.2
    lasting: float = 0.3

    def __post_init__(self) -> None:
        if min(self.common, self.near, self.lasting) < 0:
            raise BadSettings("Shares of dependence must not be below 0.")
        if self.common + self.near > 1 or self.lasting > 1:
            raise BadSettings("Shares of dependence must not come to more than 1.")


INDEPENDENT = Dependence(0.0, 0.0, 0.0)


def joint_draws(
    forecast: Forecast,
    rings: Rings,
    count: int = DRAWS,
    seed: int = 1989,
    dependence: Dependence = Dependence(),
) -> Table:
    """Joint draws of a forecast, (units x horizons x count).

    The same seed gives the same draws. Memory is 4 bytes a draw: for a whole grid take
    `draws_by_horizon`. Raises `BadNeighbours` where the rings are of other units.
    """
    return np.stack(list(draws_by_horizon(forecast, rings, count, seed, dependence)), axis=1)


def draws_by_horizon(
    forecast: Forecast,
    rings: Rings,
    count: int = DRAWS,
    seed: int = 1989,
    dependence: Dependence = Dependence(),
) -> Iterator[Table]:
    """Joint draws of one horizon after the other, (units x count) each."""
    if count < 1:
        raise BadSample(f"{count} draws are none; ask for 1,000.")
    units = forecast.units.size
    if rings.size != units:
        raise BadNeighbours(f"Neighbours of {rings.size} units do not fit {units} units.")
    random = np.random.default_rng(seed)
    blend = _blend(rings)
    steady = _scores(random, blend, units, count, dependence)
    for step in range(len(forecast.horizons)):
        fresh = _scores(random, blend, units, count, dependence)
        scores = np.sqrt(dependence.lasting, dtype=np.float32) * steady
        scores += np.sqrt(1.0 - dependence.lasting, dtype=np.float32) * fresh
        yield _arranged(_ranked(forecast, step, count), scores)


def totals(draws: Table, groups: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], Table]:
    """The names of groups of units (areas) and the draws of their totals, groups first.

    `groups` (units,) gives the area of each unit, `draws` are joint draws, units first.
    """
    names, at = np.unique(np.asarray(groups, dtype=np.int64), return_inverse=True)
    if at.size != draws.shape[0]:
        raise BadSample(f"{at.size} areas do not fit draws of {draws.shape[0]} units.")
    summing = sparse.csr_array(
        (np.ones(at.size, np.float32), (at, np.arange(at.size))), (names.size, at.size)
    )
    flat = summing @ draws.reshape(at.size, -1)
    return names, np.asarray(flat.reshape(names.size, *draws.shape[1:]), dtype=np.float32)


def _ranked(forecast: Forecast, step: int, count: int) -> Table:
    """The equally likely outcomes of one horizon in rising order, (units x count)."""
    if forecast.same:
        return forecast.sample.table(count)
    steps = len(forecast.horizons)
    return forecast.sample.taken(np.arange(forecast.units.size) * steps + step).table(count)


def _arranged(table: Table, scores: Table) -> Table:
    """The outcomes of each unit in the order of its scores. Quiet units need no order."""
    found = np.zeros_like(table)
    live = np.flatnonzero(table[:, -1] > 0)
    order = np.argsort(scores[live], axis=1, kind="stable")
    placed = np.empty_like(table[live])
    np.put_along_axis(placed, order, table[live], axis=1)
    found[live] = placed
    return found


def _scores(
    random: np.random.Generator,
    blend: sparse.csr_array,
    units: int,
    count: int,
    dependence: Dependence,
) -> Table:
    """Normal scores of every unit, (units x count), of variance 1."""
    own = 1.0 - dependence.common - dependence.near
    scores = np.sqrt(max(own, 0.0), dtype=np.float32) * random.standard_normal(
        (units, count), dtype=np.float32
    )
    scores += np.sqrt(dependence.common, dtype=np.float32) * random.standard_normal(
        (1, count), dtype=np.float32
    )
    if dependence.near:
        noise = random.standard_normal((units, count), dtype=np.float32)
        scores += np.sqrt(dependence.near, dtype=np.float32) * (blend @ noise)
    return np.asarray(scores, dtype=np.float32)


def _blend(rings: Rings) -> sparse.csr_array:
    """Each unit with its neighbours in equal parts, scaled so that variances stay 1."""
    both = sparse.eye_array(rings.size, format="csr")
    for matrix in rings.matrices:
        both = both + (matrix > 0).astype(np.float64)
    both = sparse.csr_array(both)
    length = np.sqrt(np.asarray(both.multiply(both).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / length) @ both).astype(np.float32)
