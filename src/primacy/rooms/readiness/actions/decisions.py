"""Joint decisions: propose, sign, step back, withdraw; conditions closed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.kernels.readiness import Lead
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.models import (
    Assessment,
    AssessmentState,
    Condition,
    Decision,
    DecisionKind,
    DecisionSignature,
    DecisionState,
    LeadEntry,
    Responsibility,
    Standard,
    StandardState,
)
from primacy.rooms.readiness.reading import lead_before, read_assessment
from primacy.rooms.readiness.rules import (
    ASSESSMENT_MOVES,
    DECISION_MOVES,
    Proposal,
    Signing,
    against_forward,
    against_signing,
    against_step_back,
    against_subject,
    ladder_of,
    move,
    signing_outcome,
)

HIDDEN_LEAD = later(
    "an entry on who leads there is marked above what you may read; "
    "ask a member of the team who may"
)


def reasons_against(
    viewer: Viewer,
    assessment: Assessment,
    effective_on: dt.date,
    trial_until: dt.date | None = None,
) -> list[str]:
    """What stands against deciding this step now, each reason in words."""
    before = lead_before(viewer, assessment, effective_on)
    if before.hidden:
        return [str(HIDDEN_LEAD)]
    reading = read_assessment(viewer, assessment)
    return against_forward(
        Proposal(
            assessment_state=assessment.state,
            result=reading.result.readiness,
            binding_text=reading.result.binding_text,
            missing_conditions=reading.result.missing_conditions,
            current_lead=before.lead,
            target=Lead(assessment.target_lead),
            ladder=ladder_of(assessment.mission.ladder),
            as_of=assessment.as_of,
            effective_on=effective_on,
            trial_until=trial_until,
            standard_in_force=assessment.standard.state == StandardState.IN_FORCE,
        )
    )


def propose_decision(
    *,
    actor: Viewer,
    assessment: Assessment,
    effective_on: dt.date,
    trial_until: dt.date | None = None,
    reason: str = "",
) -> Decision:
    """A decision for the step of a frozen assessment, waiting for every party's signature."""
    require(actor, "readiness.assess", assessment.mission_id)
    with transaction.atomic():
        assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update())
        reasons = reasons_against(actor, assessment, effective_on, trial_until)
        if assessment.decisions.filter(state=DecisionState.PROPOSED).exists():
            reasons.append(_("a decision on it waits for signatures already"))
        if reasons:
            raise NotAllowed(_("propose this step"), reasons)
        decision = Decision.objects.create(
            mission_id=assessment.mission_id,
            assessment=assessment,
            kind=DecisionKind.FORWARD,
            lead=assessment.target_lead,
            effective_on=effective_on,
            trial_until=trial_until,
            reason=reason.strip(),
            marking=assessment.marking,
            compartment_id=assessment.compartment_id,
            recorded_by_id=actor.account_id,
        )
        body = {"lead": decision.lead, "effective_on": effective_on, "trial_until": trial_until}
        record(actor, "readiness.decision.propose", decision, body)
    return decision


def propose_step_back(
    *,
    actor: Viewer,
    responsibility: Responsibility,
    standard: Standard,
    lead: str,
    effective_on: dt.date,
    reason: str,
    area: Area | None = None,
    unit: Unit | None = None,
) -> Decision:
    """A decision to give the lead back to an earlier step, with the reason; no criteria asked."""
    mission = responsibility.mission
    require(actor, "readiness.assess", mission.pk)
    wrong = against_subject(mission.pk, area, unit)
    if lead not in list(Lead):
        wrong.append(
            _("'%(lead)s' is not a lead: %(lead_2)s") % {"lead": lead, "lead_2": ", ".join(Lead)}
        )
    if standard.mission_id != mission.pk:
        wrong.append(_("the standard belongs to another mission"))
    if wrong:
        raise NotAllowed(_("propose a step back"), wrong)
    draft = Assessment(
        mission=mission,
        area=area,
        unit=unit,
        responsibility=responsibility,
        target_lead=lead,
        standard=standard,
        as_of=min(effective_on, clock.today()),
        state=AssessmentState.FROZEN,
        note=gettext_noop("Step back: %(reason)s") % {"reason": reason.strip()},
        frozen_at=clock.now(),
        recorded_by_id=actor.account_id,
    )
    reasons = _reasons_against_back(actor, draft, Lead(lead), effective_on, reason)
    if mission.is_case:
        reasons.append(_("a case study is closed history"))
    if reasons:
        raise NotAllowed(_("propose a step back"), reasons)
    with transaction.atomic():
        draft.save()
        decision = Decision.objects.create(
            mission=mission,
            assessment=draft,
            kind=DecisionKind.STEP_BACK,
            lead=lead,
            effective_on=effective_on,
            reason=reason.strip(),
            recorded_by_id=actor.account_id,
        )
        body = {"lead": lead, "effective_on": effective_on, "reason": reason}
        record(actor, "readiness.decision.step_back", decision, body)
    return decision


def _reasons_against_back(
    viewer: Viewer, draft: Assessment, lead: Lead, effective_on: dt.date, reason: str
) -> list[str]:
    """What stands against this step back, by the lead of the day."""
    before = lead_before(viewer, draft, effective_on)
    if before.hidden:
        return [str(HIDDEN_LEAD)]
    return against_step_back(before.lead, lead, ladder_of(draft.mission.ladder), reason)


def sign_decision(
    *, actor: Viewer, decision: Decision, agrees: bool, dissent: str = ""
) -> DecisionSignature:
    """A member's signature. The last one writes the ledger, or refuses; dissent is kept."""
    require(actor, "readiness.sign", decision.mission_id)
    with transaction.atomic():
        decision = Decision.objects.select_for_update().get(pk=decision.pk)
        reasons = against_signature(actor, decision)
        if not agrees and not dissent.strip():
            reasons.append(_("say in words why you are against"))
        if reasons or actor.account_id is None:
            raise NotAllowed(_("sign this decision"), reasons)
        signature = DecisionSignature.objects.create(
            decision=decision,
            party=actor.party,
            account_id=actor.account_id,
            signed_as=actor.label,
            agrees=agrees,
            dissent=dissent.strip(),
        )
        body = {"party": actor.party, "agrees": agrees, "dissent": bool(dissent.strip())}
        record(actor, "readiness.decision.sign", decision, body)
        _conclude(actor, decision)
    return signature


def against_signature(actor: Viewer, decision: Decision) -> list[str]:
    """Reasons this account cannot sign this decision."""
    if actor.account_id is None:
        return [_("only a person with an account signs")]
    seats = decision.assessment.seats.filter(account_id=actor.account_id, party=actor.party)
    reasons = against_signing(
        party=actor.party,
        signing=signing_of(decision),
        already_signed=decision.signatures.filter(account_id=actor.account_id).exists(),
        state=decision.state,
        seated=decision.kind == DecisionKind.STEP_BACK or seats.exists(),
    )
    if decision.state == DecisionState.PROPOSED:
        outdated = _no_longer(actor, decision)
        reasons += [
            _("%(reason)s; withdraw this proposal") % {"reason": reason} for reason in outdated
        ]
    return reasons


def _no_longer(actor: Viewer, decision: Decision) -> list[str]:
    """Why a proposal cannot stand any more: the lead or the standard changed since it was made."""
    assessment, on = decision.assessment, decision.effective_on
    if decision.kind == DecisionKind.STEP_BACK:
        return _reasons_against_back(actor, assessment, Lead(decision.lead), on, decision.reason)
    return reasons_against(actor, assessment, on, decision.trial_until)


def signing_of(decision: Decision) -> Signing:
    """The signatures of a decision against what its standard asks."""
    standard = decision.assessment.standard
    return Signing(
        signatures=tuple(decision.signatures.values_list("party", "agrees")),
        parties=standard.parties,
        per_party=standard.seats_per_party,
    )


def withdraw_decision(*, actor: Viewer, decision: Decision, reason: str) -> None:
    """Takes back a proposal before it is complete; the assessment can be decided again."""
    require(actor, "readiness.assess", decision.mission_id)
    with transaction.atomic():
        decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
        state = move(DECISION_MOVES, decision.state, "withdraw")
        if state is None or not reason.strip():
            raise NotAllowed(
                _("withdraw this decision"),
                [_("only a proposal can be withdrawn, with a reason in words")],
            )
        decision.state = state
        decision.decided_at = clock.now()
        decision.save(update_fields=["state", "decided_at"])
        record(actor, "readiness.decision.withdraw", decision, {"reason": reason})


def close_condition(
    *, actor: Viewer, condition: Condition, closed_on: dt.date, evidence: str
) -> Condition:
    """Marks a condition as done, with what shows it."""
    require(actor, "readiness.assess", condition.assessment.mission_id)
    condition.refresh_from_db()
    reasons = []
    if condition.closed_on is not None:
        reasons.append(_("it is closed already"))
    if not evidence.strip():
        reasons.append(_("say what shows that it was done"))
    if closed_on > clock.today():
        reasons.append(_("the day lies in the future"))
    if reasons:
        raise NotAllowed(_("close this condition"), reasons)
    with transaction.atomic():
        condition.closed_on = closed_on
        condition.closing_evidence = evidence.strip()
        condition.save(update_fields=["closed_on", "closing_evidence"])
        body = {"criterion": condition.criterion_code, "evidence": evidence}
        record(actor, "readiness.condition.close", condition.assessment, body)
    return condition


def _conclude(actor: Viewer, decision: Decision) -> None:
    """Puts a fully signed decision in force, or refuses it; nothing while signatures miss."""
    outcome = signing_outcome(signing_of(decision))
    if outcome is None:
        return
    assessment = decision.assessment
    decision.state = DECISION_MOVES[(decision.state, outcome)]
    decision.decided_at = clock.now()
    decision.save(update_fields=["state", "decided_at"])
    record(actor, f"readiness.decision.{decision.state}", decision, {"lead": decision.lead})
    if decision.state != DecisionState.IN_FORCE:
        return
    assessment.state = ASSESSMENT_MOVES[(assessment.state, "decide")]
    assessment.save(update_fields=["state"])
    source = ensure_source(
        actor=actor,
        mission_id=decision.mission_id,
        title=gettext_noop("Joint decision %(number)s") % {"number": decision.pk},
        marking=Marking(decision.marking),
    )
    entry = LeadEntry.objects.create(
        mission_id=decision.mission_id,
        responsibility_id=assessment.responsibility_id,
        area_id=assessment.area_id,
        unit_id=assessment.unit_id,
        lead=decision.lead,
        from_earliest=decision.effective_on,
        from_latest=decision.effective_on,
        trial_until=decision.trial_until,
        basis="decided",
        note=decision.reason,
        decision_id=decision.pk,
        source=source,
        marking=decision.marking,
        compartment_id=decision.compartment_id,
        recorded_by_id=actor.account_id,
    )
    body = {"subject": assessment.subject_name, "lead": decision.lead}
    record(actor, "readiness.lead.record", entry, body)
