"""Records of incidents."""

from primacy.rooms.incidents.models.incident import (
    ENTERED_HERE,
    VICTIM_COUNTS,
    Incident,
    IncidentType,
)
from primacy.rooms.incidents.models.responsibility import Part, ResponsibilityClaim

__all__ = [
    "ENTERED_HERE",
    "VICTIM_COUNTS",
    "Incident",
    "IncidentType",
    "Part",
    "ResponsibilityClaim",
]
