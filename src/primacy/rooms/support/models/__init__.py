"""Records of support."""

from primacy.rooms.support.models.case import (
    CaseMove,
    CaseState,
    Recipient,
    RecipientKind,
    RiskLevel,
    SupportCase,
    SupportKind,
)
from primacy.rooms.support.models.condition import (
    Condition,
    ConditionKind,
    ConditionState,
    Pillar,
    Waiver,
)
from primacy.rooms.support.models.gate import (
    LETS_THROUGH,
    Answer,
    Clearance,
    ClearedRecord,
    Delivery,
    Standing,
)
from primacy.rooms.support.models.judgement import (
    Colour,
    Consolidation,
    RecipientRuling,
    RiskAssessment,
    Ruling,
    ScreeningAnswer,
    SupportDecision,
)
from primacy.rooms.support.models.policy import CountryFramework, PolicyVersion, ScreeningOffice
from primacy.rooms.support.models.roster import (
    LineStanding,
    ReconciledLine,
    Reconciliation,
    When,
)
from primacy.rooms.support.models.stop import (
    FindingTest,
    GraveFinding,
    HostNotice,
    StopEntry,
    Suspension,
)
from primacy.rooms.support.models.task import SupportTask, TaskKind
from primacy.rooms.support.models.watching import Intercession, Visit

__all__ = [
    "LETS_THROUGH",
    "Answer",
    "CaseMove",
    "CaseState",
    "Clearance",
    "ClearedRecord",
    "Colour",
    "Condition",
    "ConditionKind",
    "ConditionState",
    "Consolidation",
    "CountryFramework",
    "Delivery",
    "FindingTest",
    "GraveFinding",
    "HostNotice",
    "Intercession",
    "LineStanding",
    "Pillar",
    "PolicyVersion",
    "Recipient",
    "RecipientKind",
    "RecipientRuling",
    "ReconciledLine",
    "Reconciliation",
    "RiskAssessment",
    "RiskLevel",
    "Ruling",
    "ScreeningAnswer",
    "ScreeningOffice",
    "Standing",
    "StopEntry",
    "SupportCase",
    "SupportDecision",
    "SupportKind",
    "SupportTask",
    "Suspension",
    "TaskKind",
    "Visit",
    "Waiver",
    "When",
]
