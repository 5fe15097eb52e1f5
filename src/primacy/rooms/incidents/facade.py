"""What other rooms and the faces may use of incidents."""

from primacy.rooms.incidents.actions import (
    claim_responsibility,
    enter_incident,
    withdraw_responsibility,
)
from primacy.rooms.incidents.errors import BadIncident, IncidentsError, NoSuchIncident
from primacy.rooms.incidents.forms import asked_filter
from primacy.rooms.incidents.imports import (
    IncidentsLoaded,
    IncidentsPreview,
    Relocated,
    load_incidents,
    load_ucdp_api,
    preview_incident_file,
    preview_ucdp,
    refuse_incidents,
    relocate_incidents,
    undo_incidents,
)
from primacy.rooms.incidents.models import Incident, IncidentType, Part, ResponsibilityClaim
from primacy.rooms.incidents.queries import (
    IncidentFilter,
    areas_within,
    counts_by_type,
    counts_by_year,
    deaths_sum,
    incident_by_id,
    incidents,
    narrowed,
    page_of,
    register_counts,
)
from primacy.rooms.incidents.responsibility import (
    Responsibility,
    responsible_for,
    said_of_person,
    said_of_unit,
)
from primacy.rooms.incidents.tallies import sums_of

__all__ = [
    "BadIncident",
    "Incident",
    "IncidentFilter",
    "IncidentType",
    "IncidentsError",
    "IncidentsLoaded",
    "IncidentsPreview",
    "NoSuchIncident",
    "Part",
    "Relocated",
    "Responsibility",
    "ResponsibilityClaim",
    "areas_within",
    "asked_filter",
    "claim_responsibility",
    "counts_by_type",
    "counts_by_year",
    "deaths_sum",
    "enter_incident",
    "incident_by_id",
    "incidents",
    "load_incidents",
    "load_ucdp_api",
    "narrowed",
    "page_of",
    "preview_incident_file",
    "preview_ucdp",
    "refuse_incidents",
    "register_counts",
    "relocate_incidents",
    "responsible_for",
    "said_of_person",
    "said_of_unit",
    "sums_of",
    "undo_incidents",
    "withdraw_responsibility",
]
