"""Errors of incidents; each says what happened, what was kept, what to do.

IncidentsError
├── NoSuchIncident      no such record, or it is not open to this viewer
└── BadIncident         an incident that was entered cannot be kept as it is

ImportRefused (platform.imports)
├── UcdpRefused         a UCDP file or the UCDP service could not be read; nothing was changed
└── IncidentFileRefused a mission's own incident file could not be read; nothing was changed
"""

from primacy.platform.imports.errors import ImportRefused


class IncidentsError(Exception):
    """Any refusal of this room."""


class NoSuchIncident(IncidentsError):
    """There is no such incident here, or it is not open to the viewer."""


class BadIncident(IncidentsError):
    """What was entered cannot be an incident."""


class UcdpRefused(ImportRefused):
    """The UCDP data could not be read and nothing was changed."""


class IncidentFileRefused(ImportRefused):
    """The incident file could not be read and nothing was changed."""
