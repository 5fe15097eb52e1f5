"""What other rooms may use of incidents."""

from primacy.rooms.incidents.models import Incident, IncidentType

__all__ = ["Incident", "IncidentType"]
