"""Acts on readiness. The only place of this room that writes."""

from primacy.rooms.readiness.actions.assessments import (
    add_remark,
    freeze_assessment,
    open_assessment,
    plan_condition,
    record_reported_assessment,
    take_seat,
    withdraw_assessment,
)
from primacy.rooms.readiness.actions.decisions import (
    close_condition,
    propose_decision,
    propose_step_back,
    sign_decision,
    withdraw_decision,
)
from primacy.rooms.readiness.actions.ledger import (
    define_responsibilities,
    record_lead,
    record_leads,
)
from primacy.rooms.readiness.actions.observations import (
    ObservationContent,
    observe,
    observe_many,
)
from primacy.rooms.readiness.actions.standards import (
    adopt_sourced_standard,
    draft_standard,
    sign_standard,
    withdraw_standard,
)

__all__ = [
    "ObservationContent",
    "add_remark",
    "adopt_sourced_standard",
    "close_condition",
    "define_responsibilities",
    "draft_standard",
    "freeze_assessment",
    "observe",
    "observe_many",
    "open_assessment",
    "plan_condition",
    "propose_decision",
    "propose_step_back",
    "record_lead",
    "record_leads",
    "record_reported_assessment",
    "sign_decision",
    "sign_standard",
    "take_seat",
    "withdraw_assessment",
    "withdraw_decision",
    "withdraw_standard",
]
