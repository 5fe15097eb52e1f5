"""Acts on conditions: draft, meet, waive, drop."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import (
    CaseState,
    Condition,
    ConditionKind,
    Pillar,
    Recipient,
    SupportCase,
    Waiver,
)
from primacy.rooms.support.rules import APPROVED, CONDITION_MOVES, IN_FORCE

ASSESS, DECIDE, MONITOR = "support.assess", "support.decide", "support.monitor"
DRAFTABLE = (CaseState.VALIDATED, CaseState.SCREENING, CaseState.CONSOLIDATED, CaseState.DECISION)
RUNNING = (*DRAFTABLE, *APPROVED, *IN_FORCE, CaseState.SUSPENDED)


def draft_condition(
    *,
    actor: Viewer,
    case: SupportCase,
    kind: str,
    pillar: str,
    text: str,
    owner: str,
    due_on: dt.date,
    recipient: Recipient | None = None,
) -> Condition:
    """A condition with its class, owner and due day; those who decide may add their own."""
    right = DECIDE if actor.has(DECIDE, case.mission_id) else ASSESS
    require(actor, right, case.mission_id)
    reasons = []
    if kind not in ConditionKind.values:
        reasons.append(_("Say whether it comes before, during, or leaves a recipient out."))
    if pillar not in Pillar.values:
        reasons.append(_("Choose the class of the measure."))
    if not text.strip() or not owner.strip():
        reasons.append(_("A condition has words and an owner."))
    if due_on < clock.today():
        reasons.append(_("The day it is due has passed."))
    with transaction.atomic():
        case = locked(actor, case, DRAFTABLE)
        if reasons:
            raise BadRequest(" ".join(reasons))
        row = Condition.objects.create(
            case=case,
            round=case.round,
            kind=kind,
            pillar=pillar,
            text=text.strip(),
            owner=" ".join(owner.split())[:200],
            due_on=due_on,
            recipient=recipient,
            recorded_by_id=actor.account_id,
        )
        record(actor, "support.condition.draft", case, {"kind": kind, "pillar": pillar})
    return row


def meet_condition(
    *, actor: Viewer, condition: Condition, evidence: str, met_on: dt.date | None = None
) -> Condition:
    """The condition, met, with the evidence that shows it."""
    require(actor, MONITOR, condition.case.mission_id)
    by = named_person(actor)
    day = met_on or clock.today()
    if not evidence.strip():
        raise BadRequest(_("Say what shows that the condition is met: which paper, seen by whom."))
    if day > clock.today():
        raise BadRequest(_("A condition cannot be met on a day to come."))
    with transaction.atomic():
        case = locked(actor, condition.case, RUNNING)
        if by == case.requester_id:
            raise BadRequest(
                _("You asked for this support: somebody else says whether its conditions are met.")
            )
        row = _row(condition)
        state = move(CONDITION_MOVES, row, "meet")
        row.state = state
        row.evidence, row.met_on, row.met_by_id = evidence.strip(), day, by
        row.save(update_fields=["state", "evidence", "met_on", "met_by"])
        record(actor, "support.condition.meet", condition.case, {"condition": str(row.pk)})
    return row


def waive_condition(
    *, actor: Viewer, condition: Condition, authority: str, reason: str, expires_on: dt.date
) -> Waiver:
    """A waiver: who, on what authority, why, until when. When it runs out the condition is back."""
    require(actor, DECIDE, condition.case.mission_id)
    by = named_person(actor)
    reasons = []
    if not authority.strip():
        reasons.append(_("Name the authority for the waiver: the office and the rule."))
    if not reason.strip():
        reasons.append(_("Give the reason for the waiver."))
    if expires_on <= clock.today():
        reasons.append(_("A waiver has an end: give a day to come."))
    with transaction.atomic():
        case = locked(actor, condition.case, RUNNING)
        if by in (case.requester_id, case.assessor_id):
            reasons.append(_("Who asked for the support or assessed it waives no condition."))
        if reasons:
            raise BadRequest(" ".join(reasons))
        row = _row(condition)
        state = move(CONDITION_MOVES, row, "waive")
        row.state = state
        row.save(update_fields=["state"])
        waiver = Waiver.objects.create(
            condition=row,
            authority=" ".join(authority.split())[:200],
            reason=reason.strip(),
            expires_on=expires_on,
            by_id=by,
            recorded_by_id=by,
        )
        record(actor, "support.condition.waive", case, {"condition": str(row.pk)})
    return waiver


def drop_condition(*, actor: Viewer, condition: Condition, reason: str) -> Condition:
    """The condition, dropped before the decision; the reason stays with it."""
    right = DECIDE if actor.has(DECIDE, condition.case.mission_id) else ASSESS
    require(actor, right, condition.case.mission_id)
    if not reason.strip():
        raise BadRequest(_("Say why the condition is dropped."))
    with transaction.atomic():
        case = locked(actor, condition.case, DRAFTABLE)
        row = _row(condition)
        state = move(CONDITION_MOVES, row, "drop")
        row.state = state
        row.evidence = reason.strip()
        row.save(update_fields=["state", "evidence"])
        record(actor, "support.condition.drop", case, {"condition": str(row.pk)})
    return row


def move(table: Mapping[tuple[str, str], str], row: Condition, act: str) -> str:
    """The state a condition gets by an act; `BadRequest` where its table does not know it."""
    found = table.get((row.state, act))
    if found is None:
        raise BadRequest(
            _("This condition is '%(state)s' already.") % {"state": row.get_state_display()}
        )
    return found


def _row(condition: Condition) -> Condition:
    return Condition.objects.select_for_update(no_key=True).get(pk=condition.pk)
