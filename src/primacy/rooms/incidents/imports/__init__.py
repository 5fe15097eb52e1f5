"""Import of UCDP events from files and from the UCDP API: preview, load, undo, re-locate."""

from primacy.rooms.incidents.imports.load import (
    load_ucdp,
    load_ucdp_api,
    preview_incident_file,
    preview_ucdp,
    refuse_ucdp,
    undo_ucdp,
)
from primacy.rooms.incidents.imports.points import Relocated, relocate_incidents
from primacy.rooms.incidents.imports.records import UcdpLoaded, UcdpPreview

__all__ = [
    "Relocated",
    "UcdpLoaded",
    "UcdpPreview",
    "load_ucdp",
    "load_ucdp_api",
    "preview_incident_file",
    "preview_ucdp",
    "refuse_ucdp",
    "relocate_incidents",
    "undo_ucdp",
]
