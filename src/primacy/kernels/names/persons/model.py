"""How the columns of a comparison of two names become one score, and from which score on it tells.

The numbers were fitted by `python -m benchmarks.person_names.fit` on the labelled pairs of the
OpenSanctions name bench (MIT), with signs fixed beforehand; its figures are out of fold.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BASE = -3.5742
WEIGHTS: dict[str, float] = {
    "mean": 0.0000,
    "cover_long": 0.0000,
    "cover_short": 0.5556,
    "worst": 0.1161,
    "worst_squared": 0.4858,
    "second_worst": -2.9496,
    "left_over": 0.7029,
    "clash": 0.0000,
    "clash_likeness": 1.3580,
    "clash_short": -0.0323,
    "first_differs": 0.0000,
    "last_differs": -0.8082,
    "joined": 0.9531,
    "joined_sound": 2.1592,
    "whole_jaro": 0.5662,
    "set_ratio": 2.3468,
    "numbers_differ": 0.0000,
    "one_word": 0.0355,
    "same_order": -0.4825,
    "descent_turned": -2.5543,
    "edits_in_worst": -0.0801,
    "edits_all": 0.0000,
    "one_edit": 1.8934,
    "two_edits": 1.8813,
    "only_left_over": -0.2902,
    "long_left_over": -0.3550,
    "short_clash": 0.7850,
    "skeletons": 0.0000,
    "sound_same": 0.4633,
    "initial_fits": 1.6412,
    "initial_clash": -1.5492,
    "worst_first": -0.2734,
    "worst_last": -0.4688,
    "both_left": -0.1303,
    "exact_words": -0.2606,
    "tokens": 0.0812,
    "organisation": -0.2210,
    "org_clash": 0.0000,
    "org_left_over": 0.0296,
    "org_worst": 0.0000,
    "org_numbers": 0.0000,
    "form_differs": -1.1988,
    "person_clash_one": -1.1143,
}


@dataclass(frozen=True)
class Model:
    """A logistic model; from `same` on two names count as one, from `refer` on a person looks."""

    base: float = BASE
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    same: float = 0.495
    refer: float = 0.1

    def score(self, columns: Mapping[str, float]) -> float:
        """Returns how alike two names are, 0 to 1, from the columns of their comparison."""
        odds = self.base + sum(self.weights[name] * value for name, value in columns.items())
        return 1 / (1 + math.exp(-odds))


DEFAULT = Model()
