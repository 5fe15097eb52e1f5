"""Records of forces."""

from primacy.rooms.forces.models.strength import Strength, StrengthKind
from primacy.rooms.forces.models.unit import Side, Unit, UnitArea

__all__ = ["Side", "Strength", "StrengthKind", "Unit", "UnitArea"]
