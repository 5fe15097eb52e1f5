"""Records of forces."""

from primacy.rooms.forces.models.classification import ClassificationClaim
from primacy.rooms.forces.models.lineage import LineageClaim, LineageKind, LineagePart, PartSide
from primacy.rooms.forces.models.name import NameClaim, NameKind
from primacy.rooms.forces.models.position import PositionClaim, PositionKind
from primacy.rooms.forces.models.relation import RelationClaim, RelationKind
from primacy.rooms.forces.models.strength import Strength, StrengthKind
from primacy.rooms.forces.models.unit import Side, Unit, UnitArea

__all__ = [
    "ClassificationClaim",
    "LineageClaim",
    "LineageKind",
    "LineagePart",
    "NameClaim",
    "NameKind",
    "PartSide",
    "PositionClaim",
    "PositionKind",
    "RelationClaim",
    "RelationKind",
    "Side",
    "Strength",
    "StrengthKind",
    "Unit",
    "UnitArea",
]
