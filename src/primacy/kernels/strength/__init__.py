"""Strength: three counts (assigned, present, paid) reconciled, and four counters of training.

`reconcile` gives every difference with its classes, which sum to it exactly. The method is
described in docs/methods/payroll-flags.md.
"""

from primacy.kernels.strength.absences import ACCOUNTED, Absence, Cause, causes_on
from primacy.kernels.strength.counters import FourCounters, Seat, four_counters
from primacy.kernels.strength.counts import Count, Difference, Reconciliation, reconcile
from primacy.kernels.strength.errors import BadAbsence, BadCount, StrengthError

__all__ = [
    "ACCOUNTED",
    "Absence",
    "BadAbsence",
    "BadCount",
    "Cause",
    "Count",
    "Difference",
    "FourCounters",
    "Reconciliation",
    "Seat",
    "StrengthError",
    "causes_on",
    "four_counters",
    "reconcile",
]
