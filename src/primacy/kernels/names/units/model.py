"""How the columns of a comparison become one score, and from which score on to accept.

The numbers were fitted by `python -m benchmarks.names_fit` on the project's own synthetic
development set, and on nothing else: see decision 23.
"""

from dataclasses import dataclass, field

import numpy as np

from primacy.kernels.names.units.compare import SIGNS, Floats

BASE = -4.377
WEIGHTS = {
    "said_found": 0.300,
    "own_found": 1.849,
    "both_found": 3.184,
    "same": 3.075,
    "numbers_same": 2.487,
    "numbers_other": -10.794,
    "numbers_partly": -0.525,
    "number_missing": -4.919,
    "echelon_same": 0.300,
    "echelon_other": -3.033,
    "echelon_more": -0.300,
    "arm_other": -2.988,
    "arm_missing": -0.940,
    "branch_other": -2.583,
    "side_other": -0.757,
    "country_other": -0.300,
    "plain_clash": -5.539,
    "plain_said_only": -0.300,
    "spelt": -0.300,
    "parent_same": 2.648,
    "parent_other": -2.715,
    "place_same": 0.300,
    "place_other": -2.226,
}


@dataclass(frozen=True)
class Thresholds:
    """From which score and lead over the second a name is accepted, from which one is shown."""

    accept: float = 0.88
    margin: float = 0.4
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
