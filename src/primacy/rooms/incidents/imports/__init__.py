"""Import of incidents from files and from the UCDP API: preview, load, undo, re-locate."""

from primacy.rooms.incidents.imports.load import (
    load_incidents,
    load_ucdp_api,
    preview_incident_file,
    preview_ucdp,
    refuse_incidents,
    undo_incidents,
)
from primacy.rooms.incidents.imports.points import Relocated, relocate_incidents
from primacy.rooms.incidents.imports.records import IncidentsLoaded, IncidentsPreview

__all__ = [
    "IncidentsLoaded",
    "IncidentsPreview",
    "Relocated",
    "load_incidents",
    "load_ucdp_api",
    "preview_incident_file",
    "preview_ucdp",
    "refuse_incidents",
    "relocate_incidents",
    "undo_incidents",
]
