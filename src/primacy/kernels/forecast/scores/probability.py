"""Scores of probabilities of an event, one value for each unit-month: Brier and log score.

Reference: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly
Weather Review 78 (1950).
"""

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.scores.errors import BadSettings
from primacy.kernels.forecast.scores.inputs import Floats, flags_of, probabilities_of

FLOOR = 1e-3
"""Probabilities are kept this far from 0 and 1 in the log score: what 1,000 draws can tell."""


def brier(probabilities: npt.ArrayLike, events: npt.ArrayLike) -> Floats:
    """The squared error of each probability, (n,); 0 is best, 1 worst."""
    stated = probabilities_of(probabilities)
    happened = flags_of(events, stated.size)
    scores: Floats = (stated - happened) ** 2
    return scores


def log_score(probabilities: npt.ArrayLike, events: npt.ArrayLike, floor: float = FLOOR) -> Floats:
    """-log2 of the probability given to what happened, (n,), in bits; 0 is best.

    Probabilities nearer to 0 or 1 than `floor` count as `floor`, so that one surprise is dear but
    not infinitely so.
    """
    if not 0 < floor < 0.5:
        raise BadSettings(f"A floor of {floor} does not lie between 0 and 0.5.")
    stated = np.clip(probabilities_of(probabilities), floor, 1.0 - floor)
    happened = flags_of(events, stated.size)
    scores: Floats = -np.log2(np.where(happened, stated, 1.0 - stated))
    return scores
