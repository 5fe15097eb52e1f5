"""What other rooms and the faces may use of incidents."""

from primacy.rooms.incidents.imports import (
    Relocated,
    UcdpLoaded,
    UcdpPreview,
    load_ucdp,
    load_ucdp_api,
    preview_ucdp,
    relocate_incidents,
    undo_ucdp,
)
from primacy.rooms.incidents.models import Incident, IncidentType

__all__ = [
    "Incident",
    "IncidentType",
    "Relocated",
    "UcdpLoaded",
    "UcdpPreview",
    "load_ucdp",
    "load_ucdp_api",
    "preview_ucdp",
    "relocate_incidents",
    "undo_ucdp",
]
