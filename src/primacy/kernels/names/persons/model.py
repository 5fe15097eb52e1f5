"""How the columns of a comparison of two names become one score, and from which score on it tells.

The numbers were fitted by `python -m benchmarks.person_names.fit` on the labelled pairs of the
OpenSanctions name bench (MIT), with signs fixed beforehand; its figures are out of fold.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BASE = -3.9550
WEIGHTS: dict[str, float] = {
    "mean": 0.0000,
    "cover_long": 0.0000,
    "cover_short": 0.3170,
    "worst": 0.0612,
    "worst_squared": 0.4471,
    "second_worst": -3.1973,
    "left_over": 0.7331,
    "clash": 0.0000,
    "clash_likeness": 1.3330,
    "clash_short": -0.0140,
    "first_differs": 0.0000,
    "last_differs": -0.7645,
    "joined": 0.9458,
    "joined_sound": 2.0143,
    "whole_jaro": 0.4890,
    "set_ratio": 3.4614,
    "numbers_differ": 0.0000,
    "one_word": 0.0437,
    "same_order": -0.4124,
    "descent_turned": -2.4711,
    "edits_in_worst": -0.0837,
    "edits_all": 0.0000,
    "one_edit": 1.9276,
    "two_edits": 1.8823,
    "only_left_over": -0.2731,
    "long_left_over": -0.4563,
    "short_clash": 0.7842,
    "skeletons": 0.0000,
    "sound_same": 0.3613,
    "initial_fits": 1.6566,
    "initial_clash": -1.5105,
    "worst_first": -0.2486,
    "worst_last": -0.4535,
    "both_left": -0.0798,
    "exact_words": -0.2405,
    "tokens": 0.0726,
    "organisation": -0.1997,
    "org_clash": 0.0000,
    "org_left_over": -0.0041,
    "org_worst": 0.0000,
    "org_numbers": 0.0000,
    "form_differs": -1.1858,
    "person_clash_one": -1.0812,
}


@dataclass(frozen=True)
class Model:
    """A logistic model; from `same` on two names count as one, from `refer` on a person looks."""

    base: float = BASE
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    same: float = 0.465
    refer: float = 0.1

    def score(self, columns: Mapping[str, float]) -> float:
        """Returns how alike two names are, 0 to 1, from the columns of their comparison."""
        odds = self.base + sum(self.weights[name] * value for name, value in columns.items())
        return 1 / (1 + math.exp(-odds))


DEFAULT = Model()
