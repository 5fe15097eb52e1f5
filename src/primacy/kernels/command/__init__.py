"""Command: claims in time read as a command tree, commanders and chains on one day.

Described in docs/methods/command.md.
"""

from primacy.kernels.command.chain import Chain, Level, TwoPosts
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
from primacy.kernels.command.commanders import Commander, Commanders, Vacancy
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
from primacy.kernels.command.lineage import Succession
from primacy.kernels.command.naming import Named
from primacy.kernels.command.posts import REACH_DAYS
from primacy.kernels.command.ranges import SINCE_BEGINNING, Holding, Range, Span, read_day
from primacy.kernels.command.reasons import Reason, Why
from primacy.kernels.command.register import (
    Register,
    Subordinate,
    Under,
    commander_at,
    tree_at,
)
from primacy.kernels.command.tree import CommandTree, Conflict, Cycle, Edge, LeftOut

__all__ = [
    "MAY_BE_CERTAIN",
    "REACH_DAYS",
    "SINCE_BEGINNING",
    "BackwardRange",
    "BadClaim",
    "BadRange",
    "Chain",
    "CommandError",
    "CommandTree",
    "Commander",
    "Commanders",
    "Conflict",
    "Cycle",
    "Departure",
    "Edge",
    "EmptyRange",
    "EndOfService",
    "FuzzyDate",
    "GapInRange",
    "HalfRange",
    "Holding",
    "LeftOut",
    "Level",
    "Lineage",
    "LineageKind",
    "Name",
    "Named",
    "Posting",
    "Range",
    "Reason",
    "Register",
    "Relation",
    "RelationKind",
    "Seniority",
    "Span",
    "Status",
    "Subordinate",
    "Succession",
    "TwoPosts",
    "Under",
    "Vacancy",
    "Why",
    "commander_at",
    "read_day",
    "tree_at",
]
