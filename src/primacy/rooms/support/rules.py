"""What a case of support may do next, and what holds it back. Pure: facts in, reasons out.

The states and their moves are a table. A move is made where the table knows it, its guards find no
reason against it, and nobody acts in two roles that are kept apart. Triggers in the database hold
the same table and the gravest guards (see `migrations/0002_gate.py`).
"""

import uuid

from django.utils.translation import gettext as _

from primacy.rooms.support.guards import GUARDS, Facts
from primacy.rooms.support.models.case import CaseState as S
from primacy.rooms.support.models.condition import ConditionState as C

CASE_MOVES: dict[tuple[str, str], str] = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.DRAFT, "cancel"): S.CANCELLED,
    (S.SUBMITTED, "return"): S.DRAFT,
    (S.SUBMITTED, "cancel"): S.CANCELLED,
    (S.SUBMITTED, "validate"): S.VALIDATED,
    (S.SUBMITTED, "out_of_scope"): S.OUT_OF_SCOPE,
    (S.VALIDATED, "return"): S.DRAFT,
    (S.VALIDATED, "cancel"): S.CANCELLED,
    (S.VALIDATED, "screen"): S.SCREENING,
    (S.SCREENING, "consolidate"): S.CONSOLIDATED,
    (S.SCREENING, "cancel"): S.CANCELLED,
    (S.CONSOLIDATED, "screen_again"): S.SCREENING,
    (S.CONSOLIDATED, "send"): S.DECISION,
    (S.CONSOLIDATED, "cancel"): S.CANCELLED,
    (S.DECISION, "approve"): S.APPROVED,
    (S.DECISION, "approve_with_conditions"): S.CONDITIONS,
    (S.DECISION, "refuse"): S.NOT_APPROVED,
    (S.DECISION, "defer"): S.DEFERRED,
    (S.DEFERRED, "resume"): S.DECISION,
    (S.DEFERRED, "reopen"): S.SCREENING,
    (S.DEFERRED, "cancel"): S.CANCELLED,
    (S.APPROVED, "activate"): S.ACTIVE,
    (S.APPROVED, "reopen"): S.SCREENING,
    (S.CONDITIONS, "activate"): S.ACTIVE,
    (S.CONDITIONS, "reopen"): S.SCREENING,
    (S.ACTIVE, "watch"): S.MONITORED,
    (S.ACTIVE, "suspend"): S.SUSPENDED,
    (S.ACTIVE, "expire"): S.EXPIRED,
    (S.ACTIVE, "reopen"): S.SCREENING,
    (S.ACTIVE, "complete"): S.COMPLETED,
    (S.MONITORED, "settle"): S.ACTIVE,
    (S.MONITORED, "intercede"): S.INTERCEDED,
    (S.MONITORED, "suspend"): S.SUSPENDED,
    (S.MONITORED, "expire"): S.EXPIRED,
    (S.MONITORED, "reopen"): S.SCREENING,
    (S.MONITORED, "complete"): S.COMPLETED,
    (S.INTERCEDED, "settle"): S.ACTIVE,
    (S.INTERCEDED, "suspend"): S.SUSPENDED,
    (S.INTERCEDED, "expire"): S.EXPIRED,
    (S.INTERCEDED, "reopen"): S.SCREENING,
    (S.SUSPENDED, "reinstate"): S.ACTIVE,
    (S.SUSPENDED, "reopen"): S.SCREENING,
    (S.SUSPENDED, "withdraw"): S.WITHDRAWN,
    (S.EXPIRED, "reopen"): S.SCREENING,
    (S.EXPIRED, "complete"): S.COMPLETED,
}
"""State and act → next state. What is not here cannot be done."""

MOVES = CASE_MOVES

CONDITION_MOVES: dict[tuple[str, str], str] = {
    (C.OPEN, "meet"): C.MET,
    (C.OPEN, "waive"): C.WAIVED,
    (C.OPEN, "drop"): C.CANCELLED,
    (C.WAIVED, "meet"): C.MET,
    (C.WAIVED, "waive"): C.WAIVED,
    (C.WAIVED, "drop"): C.CANCELLED,
}
"""State of a condition and act → next state."""

IN_FORCE = frozenset({S.ACTIVE.value, S.MONITORED.value, S.INTERCEDED.value})
"""States in which something may be delivered, as far as the gate says so."""

ENDED = frozenset(
    {S.OUT_OF_SCOPE.value, S.NOT_APPROVED.value, S.WITHDRAWN.value, S.COMPLETED.value,
     S.CANCELLED.value}
)  # fmt: skip
"""States that nothing follows; a new request begins anew."""

APPROVED = frozenset({S.APPROVED.value, S.CONDITIONS.value})
INTO_FORCE = frozenset({"activate", "settle", "reinstate"})
"""Acts that lead to `active`: each passes the same guards."""

NEEDS_REASON = frozenset(
    {"return", "out_of_scope", "cancel", "screen_again", "approve", "approve_with_conditions",
     "refuse", "defer", "resume", "reopen", "watch", "settle", "suspend", "reinstate", "withdraw",
     "expire", "complete"}
)  # fmt: skip

RIGHTS: dict[str, str] = {
    "submit": "support.request",
    "cancel": "support.request",
    "return": "support.validate",
    "validate": "support.validate",
    "out_of_scope": "support.validate",
    "screen": "support.validate",
    "consolidate": "support.consolidate",
    "screen_again": "support.consolidate",
    "send": "support.consolidate",
    "approve": "support.decide",
    "approve_with_conditions": "support.decide",
    "refuse": "support.decide",
    "defer": "support.decide",
    "resume": "support.decide",
    "activate": "support.validate",
    "watch": "support.monitor",
    "settle": "support.monitor",
    "intercede": "support.monitor",
    "suspend": "support.suspend",
    "reinstate": "support.suspend",
    "withdraw": "support.suspend",
    "expire": "support.monitor",
    "reopen": "support.monitor",
    "complete": "support.request",
}
"""The right each act needs."""


def after(state: str, act: str) -> str | None:
    """The state an act leads to; None where the table does not know it."""
    return CASE_MOVES.get((state, act))


def acts_from(state: str) -> tuple[str, ...]:
    """The acts that the table knows from a state."""
    return tuple(act for (before, act) in CASE_MOVES if before == state)


def against(act: str, state: str, facts: Facts, actor: uuid.UUID | None, reason: str) -> list[str]:
    """Every reason against an act now, as sentences a person can act on; empty where it may be."""
    if after(state, act) is None:
        known = ", ".join(acts_from(state)) or _("none")
        return [
            _("A case that is '%(state)s' cannot do '%(act)s'. It can: %(known)s.")
            % {"state": S(state).label, "act": act, "known": known}
        ]
    reasons = []
    if act in NEEDS_REASON and not reason.strip():
        reasons.append(_("Type the reason."))
    for guard in GUARDS.get(act, ()):
        reasons += guard(facts, actor)
    return reasons
