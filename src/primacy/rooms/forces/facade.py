"""What other rooms may use of forces."""

from primacy.rooms.forces.errors import ForcesError, NoSuchUnit
from primacy.rooms.forces.models import Side, Strength, StrengthKind, Unit
from primacy.rooms.forces.queries import board_units, strengths, strengths_in, units

__all__ = [
    "ForcesError",
    "NoSuchUnit",
    "Side",
    "Strength",
    "StrengthKind",
    "Unit",
    "board_units",
    "strengths",
    "strengths_in",
    "units",
]
