"""Records of readiness."""

from primacy.rooms.readiness.models.assessment import (
    Assessment,
    AssessmentOrigin,
    AssessmentSeat,
    AssessmentState,
    FrozenEvidence,
    FrozenResult,
    Remark,
)
from primacy.rooms.readiness.models.decision import (
    Condition,
    Decision,
    DecisionKind,
    DecisionSignature,
    DecisionState,
)
from primacy.rooms.readiness.models.lead import LeadEntry
from primacy.rooms.readiness.models.observation import Observation, ObservationMethod
from primacy.rooms.readiness.models.responsibility import Responsibility
from primacy.rooms.readiness.models.standard import (
    Standard,
    StandardCriterion,
    StandardSignature,
    StandardState,
)

__all__ = [
    "Assessment",
    "AssessmentOrigin",
    "AssessmentSeat",
    "AssessmentState",
    "Condition",
    "Decision",
    "DecisionKind",
    "DecisionSignature",
    "DecisionState",
    "FrozenEvidence",
    "FrozenResult",
    "LeadEntry",
    "Observation",
    "ObservationMethod",
    "Remark",
    "Responsibility",
    "Standard",
    "StandardCriterion",
    "StandardSignature",
    "StandardState",
]
