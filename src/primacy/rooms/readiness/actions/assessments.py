"""The life of an assessment: open, seats, remarks, conditions, freeze, withdraw."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.kernels.readiness import AreaResult, Lead, Readiness
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area
from primacy.rooms.readiness.disclosure import shown_with
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.evidence import EvidenceItem, frozen_content
from primacy.rooms.readiness.models import (
    Assessment,
    AssessmentOrigin,
    AssessmentSeat,
    AssessmentState,
    Condition,
    FrozenEvidence,
    FrozenResult,
    Remark,
    Responsibility,
    Standard,
    StandardState,
)
from primacy.rooms.readiness.reading import read_assessment, whole_reading
from primacy.rooms.readiness.rules import (
    ASSESSMENT_MOVES,
    Seating,
    against_subject,
    equal_seats,
    move,
    party_name,
)


def open_assessment(
    *,
    actor: Viewer,
    responsibility: Responsibility,
    target_lead: str,
    standard: Standard,
    as_of: dt.date,
    area: Area | None = None,
    unit: Unit | None = None,
    marking: Marking = Marking.INTERNAL,
) -> Assessment:
    """A new assessment for one step. Evidence up to `as_of` counts; seats are still empty."""
    mission = responsibility.mission
    require(actor, "readiness.assess", mission.pk)
    reasons = against_subject(mission.pk, area, unit)
    if mission.is_case:
        reasons.append(_("a case study is closed history; start a mission of your own to practise"))
    if target_lead not in mission.ladder:
        reasons.append(
            _("'%(target_lead)s' is not on the mission's ladder") % {"target_lead": target_lead}
        )
    if standard.mission_id != mission.pk or standard.state != StandardState.IN_FORCE:
        reasons.append(_("the standard is not in force for this mission"))
    if as_of > clock.today():
        reasons.append(_("the day of the evidence lies in the future"))
    if reasons:
        raise NotAllowed(_("open an assessment"), reasons)
    with transaction.atomic():
        assessment = Assessment.objects.create(
            mission=mission,
            area=area,
            unit=unit,
            responsibility=responsibility,
            target_lead=Lead(target_lead),
            standard=standard,
            as_of=as_of,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body = {
            "subject": assessment.subject_name,
            "responsibility": responsibility.code,
            "target": target_lead,
            "standard": standard.label,
            "as_of": as_of,
        }
        record(actor, "readiness.assessment.open", assessment, body)
    return assessment


def take_seat(*, actor: Viewer, assessment: Assessment) -> AssessmentSeat:
    """A seat on the joint team for the actor, who sits for its own party."""
    require(actor, "readiness.assess", assessment.mission_id)
    with transaction.atomic():
        _lock(assessment)
        reasons = against_seat(actor, assessment)
        if reasons or actor.account_id is None:
            raise NotAllowed(_("take a seat"), reasons)
        seat = AssessmentSeat.objects.create(
            assessment=assessment, party=actor.party, account_id=actor.account_id
        )
        record(actor, "readiness.assessment.seat", assessment, {"party": actor.party})
    return seat


def against_seat(actor: Viewer, assessment: Assessment) -> list[str]:
    """Reasons this viewer cannot sit on the team."""
    reasons = []
    standard = assessment.standard
    if assessment.state != AssessmentState.OPEN:
        reasons.append(_("its evidence is no longer open"))
    if actor.account_id is None:
        reasons.append(_("only a person with an account takes a seat"))
    elif actor.party not in standard.parties:
        parties = ", ".join(party_name(p) for p in standard.parties)
        reasons.append(_("seats belong to %(parties)s") % {"parties": parties})
    elif assessment.seats.filter(account_id=actor.account_id).exists():
        reasons.append(_("you have a seat already"))
    elif assessment.seats.filter(party=actor.party).count() >= standard.seats_per_party:
        reasons.append(
            _("the seats of %(party_name)s are taken: numbers stay equal")
            % {"party_name": party_name(actor.party)}
        )
    return reasons


def add_remark(*, actor: Viewer, assessment: Assessment, text: str) -> Remark:
    """A remark for the record, under the actor's party."""
    require(actor, "readiness.assess", assessment.mission_id)
    if not text.strip() or actor.account_id is None:
        raise NotAllowed(_("add a remark"), [_("a remark needs words, and a person who makes it")])
    with transaction.atomic():
        remark = Remark.objects.create(
            assessment=assessment,
            party=actor.party,
            account_id=actor.account_id,
            text=text.strip(),
        )
        record(actor, "readiness.assessment.remark", assessment, {"party": actor.party})
    return remark


def plan_condition(
    *,
    actor: Viewer,
    assessment: Assessment,
    criterion_code: str,
    action: str,
    owner: str,
    due_on: dt.date,
) -> Condition:
    """An action for a criterion that falls short; a gate cannot be met by a condition."""
    require(actor, "readiness.assess", assessment.mission_id)
    criterion = assessment.standard.criteria.filter(code=criterion_code).first()
    reasons = []
    if assessment.state != AssessmentState.OPEN:
        reasons.append(_("the assessment is no longer open"))
    if criterion is None:
        reasons.append(
            _("the standard has no criterion '%(criterion_code)s'")
            % {"criterion_code": criterion_code}
        )
    elif criterion.gate:
        reasons.append(_("this criterion is a gate: it must be met, no condition replaces it"))
    if not action.strip() or not owner.strip():
        reasons.append(_("a condition needs an action and an owner"))
    if due_on <= assessment.as_of:
        reasons.append(_("the due date must lie after the day of the evidence"))
    if reasons:
        raise NotAllowed(_("set a condition"), reasons)
    with transaction.atomic():
        condition = Condition.objects.create(
            assessment=assessment,
            criterion_code=criterion_code,
            action=action.strip(),
            owner=owner.strip(),
            due_on=due_on,
        )
        body = {"criterion": criterion_code, "owner": owner, "due": due_on}
        record(actor, "readiness.condition.set", assessment, body)
    return condition


def freeze_assessment(*, actor: Viewer, assessment: Assessment) -> AreaResult:
    """The result, as the actor may read it; evidence and results are now fixed for good.

    Needs equal numbers of each party on the team.
    """
    require(actor, "readiness.assess", assessment.mission_id)
    with transaction.atomic():
        _lock(assessment)
        state = move(ASSESSMENT_MOVES, assessment.state, "freeze")
        reasons = _against_team(assessment)
        if state is None:
            reasons.insert(0, _("it is not open"))
        if not assessment.standard.criteria.exists():
            reasons.append(_("the standard has no criteria"))
        if reasons:
            raise NotAllowed(_("freeze the evidence"), reasons)
        full = whole_reading(assessment)
        _keep(assessment, full.items, full.result)
        told = shown_with(assessment, full.items, full.result).result
        assessment.state = str(state)
        assessment.frozen_at = clock.now()
        assessment.result = full.result.readiness
        assessment.binding = full.result.binding or ""
        assessment.binding_text = told.binding_text[:300]
        assessment.save()
        body = {"result": assessment.result, "binding": assessment.binding}
        record(actor, "readiness.assessment.freeze", assessment, body)
    return read_assessment(actor, assessment).result


def _against_team(assessment: Assessment) -> list[str]:
    """Reasons the team is not one of equal numbers."""
    standard = assessment.standard
    return equal_seats(
        Seating(
            taken=Counter(assessment.seats.values_list("party", flat=True)),
            parties=standard.parties,
            per_party=standard.seats_per_party,
        )
    )


def withdraw_assessment(*, actor: Viewer, assessment: Assessment, reason: str) -> None:
    """Takes an assessment back before a decision, with the reason."""
    require(actor, "readiness.assess", assessment.mission_id)
    with transaction.atomic():
        _lock(assessment)
        state = move(ASSESSMENT_MOVES, assessment.state, "withdraw")
        reasons = [] if state else [_("it is decided or withdrawn already")]
        if not reason.strip():
            reasons.append(_("say why in words"))
        if assessment.decisions.filter(state="proposed").exists():
            reasons.append(_("a decision on it waits for signatures; withdraw that first"))
        if reasons:
            raise NotAllowed(_("withdraw this assessment"), reasons)
        assessment.state = str(state)
        withdrawn = gettext_noop("Withdrawn: %(reason)s") % {"reason": reason.strip()}
        assessment.note = f"{assessment.note}\n{withdrawn}".strip()
        assessment.save(update_fields=["state", "note"])
        record(actor, "readiness.assessment.withdraw", assessment, {"reason": reason})


def record_reported_assessment(
    *,
    actor: Viewer,
    responsibility: Responsibility,
    target_lead: str,
    standard: Standard,
    as_of: dt.date,
    result: str,
    source: Source,
    area: Area | None = None,
    unit: Unit | None = None,
    note: str = "",
    references: Sequence[str] = (),
    marking: Marking = Marking.INTERNAL,
) -> Assessment:
    """An assessment known only from a source: its result, without the evidence behind it."""
    mission = responsibility.mission
    require(actor, "readiness.propose", mission.pk)
    reasons = against_subject(mission.pk, area, unit)
    if target_lead not in mission.ladder:
        reasons.append(
            _("'%(target_lead)s' is not on the mission's ladder") % {"target_lead": target_lead}
        )
    if standard.mission_id != mission.pk:
        reasons.append(_("the standard belongs to another mission"))
    if result not in list(Readiness):
        reasons.append(
            _("'%(result)s' is not a result: %(readiness)s")
            % {"result": result, "readiness": ", ".join(Readiness)}
        )
    if reasons:
        raise NotAllowed(_("record this assessment"), reasons)
    with transaction.atomic():
        assessment = Assessment.objects.create(
            mission_id=responsibility.mission_id,
            area=area,
            unit=unit,
            responsibility=responsibility,
            target_lead=target_lead,
            standard=standard,
            as_of=as_of,
            state=AssessmentState.RECORDED,
            origin=AssessmentOrigin.SOURCE,
            result=result,
            source=source,
            note=note,
            references=list(references),
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body = {"subject": assessment.subject_name, "result": result}
        record(actor, "readiness.assessment.report", assessment, body)
    return assessment


def _lock(assessment: Assessment) -> None:
    """Reads the row again under lock: another page may have moved it meanwhile."""
    assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update())


def _keep(assessment: Assessment, items: Sequence[EvidenceItem], result: AreaResult) -> None:
    """Writes the frozen copy in full; `disclosure` masks it each time it is read."""
    # The database hands the new rows' keys back, of restricted evidence too.
    with computing(assessment.mission_id):
        FrozenEvidence.objects.bulk_create(
            FrozenEvidence(
                assessment=assessment,
                observation_id=item.observation_id,
                indicator=item.evidence.indicator,
                content=frozen_content(item),
            )
            for item in items
        )
    criteria = {row.code: row for row in assessment.standard.criteria.all()}
    FrozenResult.objects.bulk_create(
        FrozenResult(
            assessment=assessment,
            criterion=criteria[one.criterion.code],
            result=one.result,
            holds=one.holds,
            value=one.value,
            low=one.low,
            high=one.high,
            probability=one.probability,
            margin=one.margin,
            margin_text=one.margin_text[:300],
            content={"reasons": list(one.reasons), "evidence": list(one.observation_ids)},
        )
        for one in result.results
    )
