"""What other rooms may use of forces."""

from primacy.rooms.forces.errors import ForcesError, NoSuchUnit
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
    unit_places,
    units,
)
from primacy.rooms.forces.reading import ForceReading, forces_tree
from primacy.rooms.forces.wording import figure_words, span_words

__all__ = [
    "ClassificationClaim",
    "ForceReading",
    "ForcesError",
    "LineageClaim",
    "LineageKind",
    "NameClaim",
    "NameKind",
    "NoSuchUnit",
    "PositionClaim",
    "PositionKind",
    "RelationClaim",
    "RelationKind",
    "Side",
    "Strength",
    "StrengthKind",
    "Unit",
    "UnitPlace",
    "board_units",
    "figure_words",
    "forces_tree",
    "newest_strengths",
    "span_words",
    "strengths",
    "strengths_in",
    "unit_places",
    "units",
]
