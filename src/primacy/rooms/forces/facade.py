"""What other rooms may use of forces."""

from primacy.rooms.forces.actions import NewUnit, enter_units, make_claims, withdraw_claims
from primacy.rooms.forces.claim_queries import claim_by_id, claims_of_kind
from primacy.rooms.forces.command_claims import (
    CommandClaims,
    command_claims,
    lineage_claims,
    register_of_names,
)
from primacy.rooms.forces.errors import ForcesError, NoSuchUnit
from primacy.rooms.forces.exports import CLAIM_COLUMNS, claim_rows
from primacy.rooms.forces.kept_register import KeptRegister, kept_register
from primacy.rooms.forces.matchable import matchable_units
from primacy.rooms.forces.models import (
    ClassificationClaim,
    LineageClaim,
    LineageKind,
    NameClaim,
    NameKind,
    PositionClaim,
    PositionKind,
    RelationClaim,
    RelationKind,
    Side,
    Strength,
    StrengthKind,
    Unit,
)
from primacy.rooms.forces.order import UnitPlace
from primacy.rooms.forces.queries import (
    board_units,
    newest_strengths,
    strengths,
    strengths_in,
    unit_by_code,
    unit_places,
    units,
)
from primacy.rooms.forces.reading import ForceReading, forces_tree
from primacy.rooms.forces.register import UnitAt, around, tree, tree_in_parts, unit_at
from primacy.rooms.forces.time_line import ClaimReading, time_line
from primacy.rooms.forces.tree_reading import TreeLine, TreeReading
from primacy.rooms.forces.units_around import units_around
from primacy.rooms.forces.wording import figure_words, span_words

__all__ = [
    "CLAIM_COLUMNS",
    "ClaimReading",
    "ClassificationClaim",
    "CommandClaims",
    "ForceReading",
    "ForcesError",
    "KeptRegister",
    "LineageClaim",
    "LineageKind",
    "NameClaim",
    "NameKind",
    "NewUnit",
    "NoSuchUnit",
    "PositionClaim",
    "PositionKind",
    "RelationClaim",
    "RelationKind",
    "Side",
    "Strength",
    "StrengthKind",
    "TreeLine",
    "TreeReading",
    "Unit",
    "UnitAt",
    "UnitPlace",
    "around",
    "board_units",
    "claim_by_id",
    "claim_rows",
    "claims_of_kind",
    "command_claims",
    "enter_units",
    "figure_words",
    "forces_tree",
    "kept_register",
    "lineage_claims",
    "make_claims",
    "matchable_units",
    "newest_strengths",
    "register_of_names",
    "span_words",
    "strengths",
    "strengths_in",
    "time_line",
    "tree",
    "tree_in_parts",
    "unit_at",
    "unit_by_code",
    "unit_places",
    "units",
    "units_around",
    "withdraw_claims",
]
