"""How the columns of a comparison of two names become one score, and from which score on it tells.

The numbers were fitted by `python -m benchmarks.person_names.fit` on the labelled pairs of the
OpenSanctions name bench (MIT) and on its names paired at random, with signs fixed beforehand; its
figures are out of fold.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BASE = -8.0324
WEIGHTS: dict[str, float] = {
    "mean": 0.0000,
    "cover_long": 0.0000,
    "cover_short": 0.6234,
    "worst": 0.1287,
    "worst_squared": 0.5097,
    "second_worst": -0.5492,
    "left_over": 0.5071,
    "clash": -0.0644,
    "clash_likeness": 1.1920,
    "clash_short": 0.0000,
    "first_differs": -0.0124,
    "last_differs": -0.6817,
    "joined": 1.2188,
    "joined_sound": 3.0290,
    "whole_jaro": 0.4566,
    "set_ratio": 3.0477,
    "numbers_differ": 0.0000,
    "one_word": 0.5079,
    "same_order": -0.4794,
    "descent_turned": -2.9138,
    "edits_in_worst": -0.0510,
    "edits_all": 0.0000,
    "one_edit": 2.5285,
    "two_edits": 2.4174,
    "only_left_over": 0.2016,
    "long_left_over": -0.5777,
    "short_clash": 0.8979,
    "skeletons": 0.0000,
    "sound_same": 0.6500,
    "initial_fits": 2.3029,
    "initial_clash": -1.3337,
    "worst_first": -0.1995,
    "worst_last": -0.4792,
    "both_left": -0.1693,
    "exact_words": -0.2725,
    "tokens": 0.1224,
    "organisation": -0.1514,
    "org_clash": 0.0000,
    "org_left_over": -0.1391,
    "org_worst": 0.0000,
    "org_numbers": 0.0000,
    "form_differs": -1.6163,
    "person_clash_one": -1.0477,
}


@dataclass(frozen=True)
class Model:
    """A logistic model; from `same` on two names count as one, from `refer` on a person looks."""

    base: float = BASE
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    same: float = 0.43
    refer: float = 0.1

    def score(self, columns: Mapping[str, float]) -> float:
        """Returns how alike two names are, 0 to 1, from the columns of their comparison."""
        odds = self.base + sum(self.weights[name] * value for name, value in columns.items())
        return 1 / (1 + math.exp(-odds))


DEFAULT = Model()
