"""How the columns of a comparison of two names become one score, and from which score on it tells.

The numbers were fitted by `python -m benchmarks.person_names.fit` on the labelled pairs of the
OpenSanctions name bench (MIT), with signs fixed beforehand; its figures are out of fold.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BASE = -3.8244
WEIGHTS: dict[str, float] = {
    "mean": 0.0000,
    "cover_long": 0.0000,
    "cover_short": 0.2762,
    "worst": 0.0220,
    "worst_squared": 0.4486,
    "second_worst": -3.2991,
    "left_over": 0.7393,
    "clash": 0.0000,
    "clash_likeness": 1.3229,
    "clash_short": -0.0061,
    "first_differs": 0.0000,
    "last_differs": -0.7317,
    "joined": 0.9468,
    "joined_sound": 2.3868,
    "whole_jaro": 0.2196,
    "set_ratio": 3.4469,
    "numbers_differ": 0.0000,
    "one_word": 0.0426,
    "same_order": -0.4991,
    "descent_turned": -2.4698,
    "edits_in_worst": -0.0888,
    "edits_all": 0.0000,
    "one_edit": 1.9281,
    "two_edits": 1.9142,
    "only_left_over": -0.2790,
    "long_left_over": -0.6480,
    "short_clash": 0.7593,
    "skeletons": 0.0000,
    "sound_same": 0.3575,
    "initial_fits": 1.6507,
    "initial_clash": -1.4334,
    "worst_first": -0.2039,
    "worst_last": -0.4557,
    "both_left": -0.0749,
    "exact_words": -0.2184,
    "tokens": 0.0628,
    "organisation": -0.2104,
    "org_clash": 0.0000,
    "org_left_over": 0.0091,
    "org_worst": 0.0000,
    "org_numbers": 0.0000,
    "form_differs": -1.1654,
    "person_clash_one": -1.1063,
}


@dataclass(frozen=True)
class Model:
    """A logistic model; from `same` on two names count as one, from `refer` on a person looks."""

    base: float = BASE
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    same: float = 0.480
    refer: float = 0.1

    def score(self, columns: Mapping[str, float]) -> float:
        """Returns how alike two names are, 0 to 1, from the columns of their comparison."""
        odds = self.base + sum(self.weights[name] * value for name, value in columns.items())
        return 1 / (1 + math.exp(-odds))


DEFAULT = Model()
