"""Small counts of persons: which cells of a table must be held back so that none can be worked out.

Counts and published sums go in; each cell comes out as its value or as held back, with the reason.
Pure: no database, no clock. The method is described in `docs/methods/disclosure.md`.
"""

from primacy.kernels.disclosure.attack import Interval, intervals
from primacy.kernels.disclosure.errors import BadTable, CannotProtect, DisclosureError
from primacy.kernels.disclosure.protection import protect, protect_pair
from primacy.kernels.disclosure.table import (
    MINIMUM,
    SEXUAL_VIOLENCE_MINIMUM,
    Known,
    Protected,
    Reason,
    Sum,
    Zeros,
    released,
    two_way,
)

__all__ = [
    "MINIMUM",
    "SEXUAL_VIOLENCE_MINIMUM",
    "BadTable",
    "CannotProtect",
    "DisclosureError",
    "Interval",
    "Known",
    "Protected",
    "Reason",
    "Sum",
    "Zeros",
    "intervals",
    "protect",
    "protect_pair",
    "released",
    "two_way",
]
