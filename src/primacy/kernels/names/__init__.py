"""Names: of military and police units, matched against a register. Pure: no database, no clock.

>>> from primacy.kernels.names import Unit, UnitMatcher
>>> UnitMatcher([Unit("a", ("21 Armoured Brigade",))]).match("21st Armd Bde").accepted
'a'

The method is described in `docs/methods/unit-names.md`.
"""

from primacy.kernels.names.units import (
    GATES,
    Asked,
    Candidate,
    Match,
    Model,
    Reason,
    Thresholds,
    Unit,
    UnitMatcher,
    Verdict,
    Why,
    in_words,
    normal_form,
)

__all__ = [
    "GATES",
    "Asked",
    "Candidate",
    "Match",
    "Model",
    "Reason",
    "Thresholds",
    "Unit",
    "UnitMatcher",
    "Verdict",
    "Why",
    "in_words",
    "normal_form",
]
