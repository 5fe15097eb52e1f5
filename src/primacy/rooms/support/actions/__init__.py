"""The acts of support, and the only writes of this room."""

from primacy.rooms.support.actions.conditions import (
    draft_condition,
    drop_condition,
    meet_condition,
    waive_condition,
)
from primacy.rooms.support.actions.deciding import OnRecipient, Risk, assess_risk, decide
from primacy.rooms.support.actions.deliveries import (
    Handed,
    ask_gate,
    correct_delivery,
    deliver,
    report_unassessed,
)
from primacy.rooms.support.actions.moves import move_case
from primacy.rooms.support.actions.policy import (
    NewOffice,
    put_framework_in_force,
    put_policy_in_force,
)
from primacy.rooms.support.actions.requests import (
    NewRecipient,
    RequestTerms,
    add_recipient,
    change_request,
    determine_scope,
    draft_request,
    exclude_recipient,
    note_command,
    resolve_recipient,
)
from primacy.rooms.support.actions.rosters import judge_line, reconcile, undo_reconciliation
from primacy.rooms.support.actions.screening import answer_for, recommend
from primacy.rooms.support.actions.stops import (
    Ended,
    lift_finding,
    record_finding,
    reinstate,
    suspend,
    suspend_case,
    withdraw_support,
)
from primacy.rooms.support.actions.tasks import raise_tasks, settle_task
from primacy.rooms.support.actions.watching import (
    intercede,
    plan_visit,
    record_reply,
    record_response,
    report_visit,
    tell_host,
)

__all__ = [
    "Ended",
    "Handed",
    "NewOffice",
    "NewRecipient",
    "OnRecipient",
    "RequestTerms",
    "Risk",
    "add_recipient",
    "answer_for",
    "ask_gate",
    "assess_risk",
    "change_request",
    "correct_delivery",
    "decide",
    "deliver",
    "determine_scope",
    "draft_condition",
    "draft_request",
    "drop_condition",
    "exclude_recipient",
    "intercede",
    "judge_line",
    "lift_finding",
    "meet_condition",
    "move_case",
    "note_command",
    "plan_visit",
    "put_framework_in_force",
    "put_policy_in_force",
    "raise_tasks",
    "recommend",
    "reconcile",
    "record_finding",
    "record_reply",
    "record_response",
    "reinstate",
    "report_unassessed",
    "report_visit",
    "resolve_recipient",
    "settle_task",
    "suspend",
    "suspend_case",
    "tell_host",
    "undo_reconciliation",
    "waive_condition",
    "withdraw_support",
]
