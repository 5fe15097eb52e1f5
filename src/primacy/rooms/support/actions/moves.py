"""The moves of a case: each by its table, past its guards, with its reason, on record."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.clearance import BLOCKING
from primacy.rooms.support.errors import MoveRefused
from primacy.rooms.support.facts import facts_of
from primacy.rooms.support.models import (
    CaseMove,
    CaseState,
    Condition,
    ConditionState,
    CountryFramework,
    Recipient,
    SupportCase,
    SupportTask,
    TaskKind,
)
from primacy.rooms.support.rules import (
    CASE_MOVES,
    CONDITION_MOVES,
    ENDED,
    NEEDS_REASON,
    RIGHTS,
    against,
)
from primacy.rooms.support.snapshots import snapshots_of

BY_OWN_ACT = frozenset({"approve", "approve_with_conditions", "refuse", "defer", "suspend",
                        "reinstate", "withdraw", "intercede"})  # fmt: skip
"""Moves that come with a record of their own: see the acts `decide`, `suspend`, `intercede` …"""

ANSWERED_BY_A_ROUND = BLOCKING | {TaskKind.DEPUTY, TaskKind.FRAMEWORK, TaskKind.CLOCK}
"""Tasks that a new round settles: everything they ask to look at is looked at anew."""


def move_case(*, actor: Viewer, case: SupportCase, act: str, reason: str = "") -> SupportCase:
    """The case after a move; `MoveRefused` with every reason where a guard holds it back."""
    right = RIGHTS.get(act)
    if right is None or act in BY_OWN_ACT:
        raise MoveRefused([_("'%(act)s' is no move of a case by itself.") % {"act": act[:30]}])
    require(actor, right, case.mission_id)
    with transaction.atomic():
        pass_gate(case.mission_id, alone=True)
        case = locked(actor, case)
        refuse_where_held(actor, case, act, reason)
        if act == "out_of_scope":
            case.scope_seconder_id = actor.account_id
        if act == "return":
            # The request may be another when it comes back: its scope is determined anew.
            case.clause, case.scope_reason, case.scoper_id = "", "", None
        if act == "reopen" or (act == "return" and case.state == CaseState.VALIDATED):
            begin_round(actor, case, reason)
        make_move(actor, case, act, reason)
        body = {"act": act, "after": case.state, "round": case.round}
        record(actor, "support.case.move", case, body)
    return case


def refuse_where_held(who: Viewer, case: SupportCase, act: str, reason: str) -> None:
    """Nothing; `MoveRefused` with everything that stands against the act now."""
    reasons = against(act, case.state, facts_of(case, clock.today()), who.account_id, reason)
    if reasons:
        raise MoveRefused(reasons)


def make_move(who: Viewer, case: SupportCase, act: str, reason: str) -> None:
    """Nothing; moves a case whose guards were passed. The caller holds the transaction."""
    before = case.state
    target = CASE_MOVES.get((before, act))
    if target is None:
        raise MoveRefused([_("'%(act)s' is no move from here.") % {"act": act[:30]}])
    now = clock.now()
    case.state = str(target)
    case.state_since = now
    days = case.policy.clocks.get(case.state)
    case.due_on = None
    if case.state not in ENDED and days is not None:
        case.due_on = now.date() + dt.timedelta(days=int(days))
        if case.state in (CaseState.SCREENING, CaseState.SUBMITTED) and case.respond_by:
            # A request may be more urgent than the procedure, never less.
            case.due_on = min(case.due_on, case.respond_by)
    case.save()
    CaseMove.objects.create(
        case=case,
        act=act,
        before=before,
        after=case.state,
        round=case.round,
        reason=reason.strip() if act in NEEDS_REASON or reason else "",
        by=who.label[:250],
        recorded_by_id=who.account_id,
    )


def begin_round(who: Viewer, case: SupportCase, reason: str) -> None:
    """Nothing; a new round: nothing of the old one counts, and command is looked at anew.

    The caller holds the transaction. Open conditions of the old round are dropped on record, and
    what waited to be looked at is answered by looking at everything.
    """
    SupportTask.objects.filter(
        case=case, done_at__isnull=True, kind__in=ANSWERED_BY_A_ROUND
    ).update(done_at=clock.now(), done_by=who.account_id, outcome="reopened", words=reason.strip())
    for condition in Condition.objects.filter(
        case=case, round=case.round, state=ConditionState.OPEN
    ):
        state = CONDITION_MOVES[condition.state, "drop"]
        condition.state = state
        condition.save(update_fields=["state"])
    case.round += 1
    case.framework = CountryFramework.objects.filter(
        mission=case.mission_id, in_force_from__lte=clock.today()
    ).first()
    case.assessor = None
    case.risk = ""
    case.approved_until = None
    rows = [row for row in case.recipients.select_related("unit", "person") if row.resolved]
    seen = snapshots_of(case.mission, rows, clock.today(), case.policy.levels_above)
    for row in rows:
        Recipient.objects.filter(pk=row.pk).update(command=seen.get(row.pk, {}))
