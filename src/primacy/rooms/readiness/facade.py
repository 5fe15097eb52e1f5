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
from primacy.rooms.readiness.exports import (
    COLUMNS,
    BoardData,
    CellData,
    SubjectData,
    board_data,
    board_lines,
)
from primacy.rooms.readiness.kept_board import KeptBoard, open_board, read_board, read_row
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
from primacy.rooms.readiness.queries import (
    assessment_by_id,
    assessments,
    decision_by_id,
    decisions,
    due,
    first_lead_day,
    observations,
    open_conditions,
    standard_by_id,
    standards,
)
from primacy.rooms.readiness.reading import AssessmentReading, read_assessment
from primacy.rooms.readiness.standards import (
    StandardContent,
    checked,
    checked_criterion,
)
from primacy.rooms.readiness.starting import start_mission

__all__ = [
    "COLUMNS",
    "DEFAULT_RESPONSIBILITIES",
    "Assessment",
    "AssessmentReading",
    "BadObservation",
    "BadStandard",
    "Board",
    "BoardData",
    "Cell",
    "CellData",
    "Change",
    "Condition",
    "Decision",
    "KeptBoard",
    "LeadEntry",
    "Ledger",
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
    "SubjectData",
    "assessment_by_id",
    "assessments",
    "board_areas",
    "board_data",
    "board_lines",
    "checked",
    "checked_criterion",
    "decision_by_id",
    "decisions",
    "due",
    "first_lead_day",
    "observations",
    "open_board",
    "open_conditions",
    "open_ledger",
    "read_assessment",
    "read_board",
    "read_row",
    "responsibilities",
    "standard_at",
    "standard_by_id",
    "standards",
    "start_mission",
]
