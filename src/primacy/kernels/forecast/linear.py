"""Two linear models with a ridge: one for the chance of an event, one for its size.

Columns are standardised, the ridge is the same for each, the intercept is free. A linear model was
chosen over trees because it forecasts as well here (`docs/methods/forecast.md`), adds nothing to
install, and its reasons are its terms.

Reference: T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed.
2009, sections 3.4 and 4.4.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from primacy.kernels.forecast.sample import Floats

ITERATIONS = 150
LIMIT = 30.0
"""Log-odds beyond which a chance is 0 or 1 in any practice."""

Columns = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """A linear predictor: intercept + the sum of slope * (column - centre) / scale."""

    intercept: float
    slopes: Floats
    centre: Floats
    scale: Floats

    def predict(self, columns: Columns) -> Floats:
        """The linear predictor of each row, (n,)."""
        return np.asarray(self.intercept + self.terms(columns).sum(axis=1), dtype=np.float64)

    def terms(self, columns: Columns) -> Floats:
        """What each column adds, (n, columns): 0 at the average of the rows fitted to."""
        return np.asarray((columns - self.centre) / self.scale * self.slopes, dtype=np.float64)


def fit_chance(columns: Columns, happened: Floats, weights: Floats, penalty: float) -> Linear:
    """The logistic regression of events (0 or 1) on columns (n, k), with weights of the rows."""
    standard, centre, scale = _standardised(columns, weights)
    share = float(np.clip(np.average(happened, weights=weights), 1e-9, 1 - 1e-9))
    start = np.r_[special.logit(share), np.zeros(columns.shape[1])]

    def loss(beta: Floats) -> tuple[float, Floats]:
        odds = beta[0] + (standard @ beta[1:].astype(np.float32)).astype(np.float64)
        odds = np.clip(odds, -LIMIT, LIMIT)
        missed = weights * (special.expit(odds) - happened)
        value = (weights * (np.logaddexp(0.0, odds) - happened * odds)).sum()
        value += 0.5 * penalty * (beta[1:] @ beta[1:])
        slopes = (missed.astype(np.float32) @ standard).astype(np.float64) + penalty * beta[1:]
        return float(value), np.r_[missed.sum(), slopes]

    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    ).x
    return Linear(float(found[0]), found[1:], centre, scale)


def fit_mean(columns: Columns, values: Floats, weights: Floats, penalty: float) -> Linear:
    """The ridge regression of values on columns (n, k), with weights of the rows."""
    standard, centre, scale = _standardised(columns, weights)
    table = standard.astype(np.float64)
    average = float(np.average(values, weights=weights))
    # Weighted columns have mean 0, so the intercept is the average whatever the slopes.
    squares = (table * weights[:, None]).T @ table + penalty * np.eye(table.shape[1])
    slopes = np.linalg.solve(squares, table.T @ (weights * (values - average)))
    return Linear(average, np.asarray(slopes, dtype=np.float64), centre, scale)


def _standardised(columns: Columns, weights: Floats) -> tuple[Columns, Floats, Floats]:
    table = columns.astype(np.float64)
    centre = np.average(table, axis=0, weights=weights)
    spread = np.sqrt(np.average((table - centre) ** 2, axis=0, weights=weights))
    # A column that never varies says nothing: its slope is then 0, not a division by nothing.
    scale = np.where(spread > 1e-9, spread, 1.0)
    return ((table - centre) / scale).astype(np.float32), centre, scale
