"""Command: claims in time read as a command tree, commanders and chains on one day.

Described in docs/methods/command.md.
"""

from primacy.kernels.command.claims import (
    MAY_BE_CERTAIN,
    Departure,
    EndOfService,
    Lineage,
    LineageKind,
    Name,
    Posting,
    Relation,
    RelationKind,
    Seniority,
    Status,
)
from primacy.kernels.command.errors import (
    BackwardRange,
    BadClaim,
    BadRange,
    CommandError,
    EmptyRange,
    FuzzyDate,
    GapInRange,
    HalfRange,
)
from primacy.kernels.command.ranges import SINCE_BEGINNING, Holding, Range, Span, read_day

__all__ = [
    "MAY_BE_CERTAIN",
    "SINCE_BEGINNING",
    "BackwardRange",
    "BadClaim",
    "BadRange",
    "CommandError",
    "Departure",
    "EmptyRange",
    "EndOfService",
    "FuzzyDate",
    "GapInRange",
    "HalfRange",
    "Holding",
    "Lineage",
    "LineageKind",
    "Name",
    "Posting",
    "Range",
    "Relation",
    "RelationKind",
    "Seniority",
    "Span",
    "Status",
    "read_day",
]
