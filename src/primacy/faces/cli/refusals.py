"""Which errors a person can act on: these end a command with their message, not a traceback."""

from primacy.demo.carana.injects import NoSuchInject
from primacy.demo.exercise import NoExerciseAccounts
from primacy.engines.linkage import LinkageError
from primacy.kernels.flags import FlagsError
from primacy.platform.accounts.errors import AccountError
from primacy.platform.archive.errors import ArchiveError
from primacy.platform.as_of import BadDate
from primacy.platform.claims.errors import ClaimError
from primacy.platform.database.errors import DatabaseSetupError
from primacy.platform.exchange.asked_file import AskedFileRefused
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.jobs.errors import JobError
from primacy.platform.orders.errors import OrderError
from primacy.platform.policy import Denied, ReadNotRecorded
from primacy.platform.reports import PaperNotPrinted
from primacy.platform.shipped import NotShipped
from primacy.platform.sources.actions import SourceMissing
from primacy.platform.vault.errors import VaultError
from primacy.rooms.census.facade import CensusError
from primacy.rooms.exchange.facade import ExchangeError
from primacy.rooms.forces.facade import ForcesError
from primacy.rooms.incidents.facade import IncidentsError
from primacy.rooms.persons.facade import PersonsError
from primacy.rooms.places.facade import PlacesError
from primacy.rooms.readiness.facade import ReadinessError
from primacy.rooms.screening.facade import ListFileRefused, ScreeningError
from primacy.rooms.support.facade import SupportError
from primacy.rooms.training.facade import TrainingError
from primacy.rooms.warning.facade import WarningError

REFUSALS = (
    AskedFileRefused,
    AccountError,
    ArchiveError,
    BadDate,
    CensusError,
    ClaimError,
    DatabaseSetupError,
    Denied,
    ExchangeError,
    FlagsError,
    ForcesError,
    ImportRefused,
    IncidentsError,
    ListFileRefused,
    ScreeningError,
    SupportError,
    TrainingError,
    WarningError,
    JobError,
    LinkageError,
    NoExerciseAccounts,
    NoSuchInject,
    NotShipped,
    OrderError,
    PaperNotPrinted,
    PersonsError,
    PlacesError,
    ReadNotRecorded,
    ReadinessError,
    SourceMissing,
    VaultError,
)


def refusal_text(problem: BaseException) -> str:
    """The message of a refusal, one line."""
    return " ".join(str(problem).split())
