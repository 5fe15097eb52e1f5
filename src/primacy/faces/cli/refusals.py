"""Which errors a person can act on: these end a command with their message, not a traceback."""

from primacy.platform.accounts.errors import AccountError
from primacy.platform.as_of import BadDate
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.policy import Denied
from primacy.platform.shipped import NotShipped
from primacy.platform.sources.actions import SourceMissing
from primacy.rooms.forces.facade import ForcesError
from primacy.rooms.incidents.facade import IncidentsError
from primacy.rooms.places.facade import PlacesError
from primacy.rooms.readiness.facade import ReadinessError

REFUSALS = (
    AccountError,
    BadDate,
    Denied,
    ForcesError,
    ImportRefused,
    IncidentsError,
    NotShipped,
    PlacesError,
    ReadinessError,
    SourceMissing,
)


def refusal_text(problem: BaseException) -> str:
    """The message of a refusal, one line."""
    return " ".join(str(problem).split())
