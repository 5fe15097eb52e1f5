"""Units: which unit of a register a name means; candidates, reasons, and accept, refer or none."""

from primacy.kernels.names.units.match import UnitMatcher
from primacy.kernels.names.units.model import Model, Thresholds
from primacy.kernels.names.units.normalise import normal_form
from primacy.kernels.names.units.reasons import in_words
from primacy.kernels.names.units.records import (
    GATES,
    Asked,
    Candidate,
    Match,
    Reason,
    Unit,
    Verdict,
    Why,
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
