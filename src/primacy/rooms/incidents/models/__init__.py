"""Records of incidents."""

from primacy.rooms.incidents.models.incident import (
    ENTERED_HERE,
    VICTIM_COUNTS,
    Incident,
    IncidentType,
)

__all__ = ["ENTERED_HERE", "VICTIM_COUNTS", "Incident", "IncidentType"]
