"""Records of incidents."""

from primacy.rooms.incidents.models.incident import Incident, IncidentType

__all__ = ["Incident", "IncidentType"]
