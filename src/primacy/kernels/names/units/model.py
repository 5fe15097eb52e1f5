"""How the columns of a comparison become one score, and from which score on to accept.

The numbers were fitted by `python -m benchmarks.unit_names.fit` on the project's own synthetic
development set, and on nothing else: see decision 25.
"""

from dataclasses import dataclass, field

import numpy as np

from primacy.kernels.names.units.compare import SIGNS
from primacy.kernels.names.units.register import Floats

BASE = -4.826
WEIGHTS = {
    "said_found": 0.300,
    "own_found": 1.601,
    "both_found": 3.617,
    "same": 2.984,
    "same_but_weak": 3.471,
    "numbers_same": 2.257,
    "numbers_other": -10.977,
    "numbers_partly": -0.344,
    "number_missing": -5.052,
    "echelon_same": 0.838,
    "echelon_other": -3.361,
    "echelon_more": -0.300,
    "arm_other": -3.434,
    "arm_missing": -0.933,
    "branch_other": -2.363,
    "side_other": -0.824,
    "country_other": -0.300,
    "plain_clash": -6.192,
    "plain_said_only": -0.300,
    "spelt": -0.300,
    "parent_same": 2.574,
    "parent_other": -2.805,
    "place_same": 0.300,
    "place_other": -2.114,
}


@dataclass(frozen=True)
class Thresholds:
    """From which score and lead over the second a name is accepted, from which one is shown."""

    accept: float = 0.86
    margin: float = 0.5
    refer: float = 0.1


@dataclass(frozen=True)
class Model:
    """A logistic model: `base` and a weight for each column of a comparison."""

    base: float = BASE
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    thresholds: Thresholds = field(default_factory=Thresholds)

    def scores(self, columns: dict[str, Floats]) -> Floats:
        """Returns the score of each pair, 0 to 1, added up column by column.

        The order is fixed: a batch and a single name get the same score to the last bit.
        """
        total = np.full(columns["same"].shape, self.base)
        for name in SIGNS:
            total += self.weights[name] * columns[name]
        scores: Floats = 1.0 / (1.0 + np.exp(-total))
        return scores


DEFAULT = Model()
