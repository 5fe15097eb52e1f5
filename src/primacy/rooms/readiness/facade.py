"""What faces, the demo builder and rooms above may use of readiness."""

from primacy.rooms.readiness.actions.ledger import (
    DEFAULT_RESPONSIBILITIES,
    ResponsibilityContent,
)
from primacy.rooms.readiness.board import (
    Board,
    Cell,
    Change,
    Row,
    board_areas,
    read_board,
    responsibilities,
    standard_at,
)
from primacy.rooms.readiness.errors import (
    BadObservation,
    BadStandard,
    NoStandard,
    NoSuchRecord,
    NotAllowed,
    ReadinessError,
)
from primacy.rooms.readiness.ledger import Ledger, open_ledger
from primacy.rooms.readiness.models import (
    Assessment,
    Condition,
    Decision,
    LeadEntry,
    Observation,
    Responsibility,
    Standard,
)
from primacy.rooms.readiness.reading import AssessmentReading, read_assessment
from primacy.rooms.readiness.standards import (
    StandardContent,
    checked,
    checked_criterion,
    read_standard,
)

__all__ = [
    "DEFAULT_RESPONSIBILITIES",
    "Assessment",
    "AssessmentReading",
    "BadObservation",
    "BadStandard",
    "Board",
    "Cell",
    "Change",
    "Condition",
    "Decision",
    "Ledger",
    "LeadEntry",
    "NoStandard",
    "NoSuchRecord",
    "NotAllowed",
    "Observation",
    "ReadinessError",
    "Responsibility",
    "ResponsibilityContent",
    "Row",
    "Standard",
    "StandardContent",
    "board_areas",
    "checked",
    "checked_criterion",
    "open_ledger",
    "read_assessment",
    "read_board",
    "responsibilities",
    "standard_at",
]
