"""What a reader can work out: the range of every count that is held back, by linear programming."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from primacy.kernels.disclosure.table import (
    Flags,
    Known,
    Protected,
    Sum,
    System,
    Vector,
    Zeros,
    system_of,
)

ROUNDS = 40
"""Random directions tried before a quantity is asked for by itself."""

SLACK = 1e-6


@dataclass(frozen=True)
class Interval:
    """The range a held-back count must lie in, by everything that is shown."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How much is left open."""
        return self.high - self.low


def intervals(
    cells: Mapping[str, int],
    sums: Sequence[Sum],
    shown: Protected,
    *,
    known: Sequence[Known] = (),
    zeros: Zeros = Zeros.HELD_BACK,
) -> dict[str, Interval]:
    """The exact range of each held-back quantity; an end that nothing bounds is infinite."""
    system = system_of(cells, sums, known, 1, frozenset(), zeros)
    held = np.array([shown[name] is None for name in system.names])
    reader = Reader(system, held)
    found = {}
    for at in np.flatnonzero(held):
        low, high = reader.range_of(int(at))
        found[system.names[at]] = Interval(low, high)
    return found


class Reader:
    """Somebody who sees all that is shown and solves for the rest.

    Every solution it meets is a table that fits what is shown. The ranges of all held-back
    quantities at once are at least as wide as those tables differ, so most need no search of
    their own; what is left is searched exactly.
    """

    def __init__(self, system: System, held: Flags) -> None:
        self.system = system
        self.held = held
        self.at = np.flatnonzero(held)
        self.position = {int(quantity): place for place, quantity in enumerate(self.at)}
        rows = system.matrix[:, self.at] if self.at.size else system.matrix[:, :0]
        used = np.flatnonzero(np.diff(rows.tocsr().indptr))
        self.equations = rows.tocsr()[used]
        seen = np.where(held, 0.0, system.values)
        self.right = (system.right - system.matrix @ seen)[used]
        # Far above anything that could stand here; a range that reaches it has no upper end.
        self.cap = 10.0 * (float(system.values.sum()) + float(system.minimum.max(initial=1)) + 100)
        self.low: Vector = system.values[self.at].astype(float)
        self.high: Vector = self.low.copy()

    def solve(self, weights: Vector) -> Vector | None:
        """The table that fits and has the least weighted sum; its counts widen every range."""
        if not self.at.size:
            return None
        if not self.equations.shape[0]:
            solution = np.where(weights > 0, self.system.least, self.cap)
        else:
            from scipy.optimize import linprog

            outcome = linprog(
                weights,
                A_eq=self.equations,
                b_eq=self.right,
                bounds=(self.system.least, self.cap),
                method="highs",
            )
            if outcome.x is None:
                return None
            solution = outcome.x
        self.learn(solution)
        return np.asarray(solution, dtype=float)

    def learn(self, solution: Vector) -> None:
        """Nothing; widens the ranges by one more table that fits."""
        self.low = np.minimum(self.low, solution)
        self.high = np.maximum(self.high, solution)

    def widths(self) -> Vector:
        """How far each held-back quantity is known to range; the true range may be wider."""
        return self.high - self.low

    def explore(self, needed: Vector, seed: int) -> None:
        """Nothing; tries random directions until every range is wide enough or none widens."""
        rng = np.random.default_rng(seed)
        idle = 0
        for _ in range(ROUNDS):
            open_ones = self.widths() < needed - SLACK
            if not open_ones.any() or idle == 3:
                return
            weights = np.where(open_ones, rng.choice([-1.0, 1.0], size=self.at.size), 0.0)
            self.solve(weights)
            self.solve(-weights)
            fewer = int((self.widths() < needed - SLACK).sum()) < int(open_ones.sum())
            idle = 0 if fewer else idle + 1

    def range_of(self, quantity: int) -> tuple[float, float]:
        """The exact range of one held-back quantity."""
        place = self.position[quantity]
        weights = np.zeros(self.at.size)
        ends = []
        for sign in (1.0, -1.0):
            weights[place] = sign
            solution = self.solve(weights)
            ends.append(
                float(solution[place])
                if solution is not None
                else float(self.system.values[quantity])
            )
        low, high = ends
        return low, float("inf") if high >= self.cap - SLACK else high
