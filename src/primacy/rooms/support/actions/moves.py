"""The moves of a case: each by its table, past its guards, with its reason, on record."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.support.actions.locks import pass_gate
from primacy.rooms.support.actions.requests import locked
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
)
from primacy.rooms.support.rules import ENDED, NEEDS_REASON, RIGHTS, after, against
from primacy.rooms.support.snapshots import snapshot

BY_OWN_ACT = frozenset({"approve", "approve_with_conditions", "refuse", "defer", "suspend",
                        "reinstate", "withdraw", "intercede"})  # fmt: skip
"""Moves that come with a record of their own: see the acts `decide`, `suspend`, `intercede` …"""


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
        if act == "reopen":
            begin_round(case)
        make_move(actor, case, act, reason)
        body = {"act": act, "after": case.state, "round": case.round}
        record(actor, "support.case.move", case, body)
    return case


def refuse_where_held(actor: Viewer, case: SupportCase, act: str, reason: str) -> None:
    """Nothing; `MoveRefused` with everything that stands against the act now."""
    reasons = against(act, case.state, facts_of(case, clock.today()), actor.account_id, reason)
    if reasons:
        raise MoveRefused(reasons)


def make_move(actor: Viewer, case: SupportCase, act: str, reason: str) -> None:
    """Nothing; moves a case whose guards were passed. The caller holds the transaction."""
    before = case.state
    target = after(before, act)
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
        by=actor.label[:250],
        recorded_by_id=actor.account_id,
    )


def begin_round(case: SupportCase) -> None:
    """Nothing; a new round: nothing of the old one counts, and command is looked at anew.

    The caller holds the transaction. Open conditions of the old round are dropped on record.
    """
    Condition.objects.filter(case=case, round=case.round, state=ConditionState.OPEN).update(
        state=ConditionState.CANCELLED
    )
    case.round += 1
    case.framework = CountryFramework.objects.filter(
        mission=case.mission_id, in_force_from__lte=clock.today()
    ).first()
    case.assessor = None
    case.risk = ""
    case.approved_until = None
    rows = list(case.recipients.select_related("unit"))
    units = [row.unit for row in rows if row.unit is not None]
    day = clock.today()
    seen = snapshot(case.mission, units, day, case.policy.levels_above)
    for row in rows:
        if row.unit_id is not None:
            Recipient.objects.filter(pk=row.pk).update(command=seen.get(row.unit_id, {}))
