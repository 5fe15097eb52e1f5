"""Judging a case over the API: answers, recommendations, risk, conditions, the decision."""

import uuid
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from primacy.platform.policy import require
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    OptionalDay,
    Words,
    open_call,
)
from primacy.rooms.support.actions import (
    OnRecipient,
    Risk,
    answer_for,
    assess_risk,
    decide,
    draft_condition,
    drop_condition,
    meet_condition,
    recommend,
    waive_condition,
)
from primacy.rooms.support.api.cases import ONE, SupportReasonIn, recipient_in
from primacy.rooms.support.api.schemas import (
    AnswerOut,
    RiskFormOut,
    SupportConditionOut,
    SupportDecisionOut,
    WholeCaseOut,
    whole,
)
from primacy.rooms.support.errors import NoSuchSupport
from primacy.rooms.support.models import Condition
from primacy.rooms.support.queries import (
    VIEW,
    answers_of,
    assessments_of,
    case_by_id,
    condition_by_id,
    conditions_of,
    decisions_of,
    offices_of,
)

router = Router(tags=["Support"])
Shade = Literal["green", "yellow", "red", "pending"]


class AnswerIn(Body):
    """What an office answers."""

    recipient: uuid.UUID
    office: Line
    colour: Shade
    reason: Words
    searched: Line = ""


class RecommendIn(Body):
    """The recommendation on a recipient."""

    recipient: uuid.UUID
    colour: Shade
    commentary: Words
    nominated: bool = False


class RiskIn(Body):
    """A risk rated before and after measures; ratings from 1."""

    text: Words
    likelihood: int = Field(ge=1, le=9)
    severity: int = Field(ge=1, le=9)
    measures: Words = ""
    likelihood_after: int = Field(ge=1, le=9)
    severity_after: int = Field(ge=1, le=9)


class AssessIn(Body):
    """The risk form: text by element, risks, and whether a real risk is left."""

    answers: dict[str, Words] = Field(max_length=20)
    risks: list[RiskIn] = Field(default_factory=list, max_length=40)
    real_risk: bool | None = None


class SupportConditionIn(Body):
    """A condition."""

    kind: Literal["before", "during", "exclusion"]
    pillar: Line
    text: Words
    owner: Line
    due_on: Day
    recipient: uuid.UUID | None = None


class EvidenceIn(Body):
    """What shows that a condition is met."""

    evidence: Words


class WaiverIn(Body):
    """Who waives, on what authority, why, until when."""

    authority: Line
    reason: Words
    expires_on: Day


class RulingIn(Body):
    """What the decision says of one recipient."""

    recipient: uuid.UUID
    colour: Shade
    commentary: Words = ""


class DecisionIn(Body):
    """A decision with its reasons."""

    ruling: Literal["approved", "approved_with_conditions", "not_approved", "deferred"]
    reasons: Words
    valid_until: OptionalDay = None
    what_would_change: Words = ""
    on_recipients: list[RulingIn] = Field(default_factory=list, max_length=500)


@router.get(f"{ONE}/answers", response={200: list[AnswerOut], **READ})
def list_support_answers(request: HttpRequest, code: str, pk: uuid.UUID) -> list[AnswerOut]:
    """Every answer on a case, oldest first; the newest of each office and round counts."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    return [AnswerOut.of(row) for row in answers_of(call.viewer, case)]


@router.post(f"{ONE}/answers", response={201: AnswerOut, **WRITE})
def answer_for_office(
    request: HttpRequest, code: str, pk: uuid.UUID, body: AnswerIn
) -> Status[AnswerOut]:
    """Answers for an office on a recipient."""
    call = open_call(request, code)
    require(call.viewer, "support.screen", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    office = next((o for o in offices_of(call.viewer, case) if o.code == body.office), None)
    if office is None:
        raise NoSuchSupport(
            _("The procedure of this case has no office '%(code)s'.") % {"code": body.office[:40]}
        )
    row = answer_for(
        actor=call.viewer, recipient=recipient_in(call, pk, body.recipient),
        office=office, colour=body.colour, reason=body.reason, searched=body.searched,
    )  # fmt: skip
    return Status(201, AnswerOut.of(row))


@router.post(f"{ONE}/recommendations", response={200: WholeCaseOut, **WRITE})
def recommend_on_recipient(
    request: HttpRequest, code: str, pk: uuid.UUID, body: RecommendIn
) -> WholeCaseOut:
    """Writes the recommendation on a recipient."""
    call = open_call(request, code)
    require(call.viewer, "support.consolidate", call.mission.pk)
    recommend(
        actor=call.viewer, recipient=recipient_in(call, pk, body.recipient),
        colour=body.colour, commentary=body.commentary, nominated=body.nominated,
    )  # fmt: skip
    return whole(call, pk)


@router.get(f"{ONE}/assessments", response={200: list[RiskFormOut], **READ})
def list_support_assessments(request: HttpRequest, code: str, pk: uuid.UUID) -> list[RiskFormOut]:
    """Every version of the risk form of a case, oldest first."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [RiskFormOut.of(row) for row in assessments_of(call.viewer, case)]


@router.post(f"{ONE}/assessments", response={200: WholeCaseOut, **WRITE})
def assess_support_risk(
    request: HttpRequest, code: str, pk: uuid.UUID, body: AssessIn
) -> WholeCaseOut:
    """Adds a version of the risk form."""
    call = open_call(request, code)
    require(call.viewer, "support.assess", call.mission.pk)
    assess_risk(
        actor=call.viewer, case=case_by_id(call.viewer, call.mission, pk), answers=body.answers,
        risks=[Risk(**one.model_dump()) for one in body.risks], real_risk=body.real_risk,
    )  # fmt: skip
    return whole(call, pk)


@router.get(f"{ONE}/decisions", response={200: list[SupportDecisionOut], **READ})
def list_support_decisions(
    request: HttpRequest, code: str, pk: uuid.UUID
) -> list[SupportDecisionOut]:
    """Every decision on a case, oldest first, with its reasons."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [SupportDecisionOut.of(row) for row in decisions_of(call.viewer, case)]


@router.post(f"{ONE}/decisions", response={200: WholeCaseOut, **WRITE})
def decide_on_support(
    request: HttpRequest, code: str, pk: uuid.UUID, body: DecisionIn
) -> WholeCaseOut:
    """Decides on a case; a refusal gives every reason."""
    call = open_call(request, code)
    require(call.viewer, "support.decide", call.mission.pk)
    decide(
        actor=call.viewer, case=case_by_id(call.viewer, call.mission, pk), ruling=body.ruling,
        reasons=body.reasons, valid_until=body.valid_until,
        what_would_change=body.what_would_change,
        on_recipients=[
            OnRecipient(recipient_in(call, pk, one.recipient), one.colour,
                        one.commentary)
            for one in body.on_recipients
        ],
    )  # fmt: skip
    return whole(call, pk)


@router.get(f"{ONE}/conditions", response={200: list[SupportConditionOut], **READ})
def list_support_conditions(
    request: HttpRequest, code: str, pk: uuid.UUID
) -> list[SupportConditionOut]:
    """The conditions of a case, by due day."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [SupportConditionOut.of(row) for row in conditions_of(call.viewer, case)]


@router.post(f"{ONE}/conditions", response={201: SupportConditionOut, **WRITE})
def draft_support_condition(
    request: HttpRequest, code: str, pk: uuid.UUID, body: SupportConditionIn
) -> Status[SupportConditionOut]:
    """Drafts a condition."""
    call = open_call(request, code)
    given = body.model_dump(exclude={"recipient"})
    recipient = recipient_in(call, pk, body.recipient) if body.recipient else None
    case = case_by_id(call.viewer, call.mission, pk)
    row = draft_condition(actor=call.viewer, case=case, recipient=recipient, **given)
    return Status(201, SupportConditionOut.of(row))


@router.post(f"{ONE}/conditions/{{uuid:one}}/meet", response={200: SupportConditionOut, **WRITE})
def meet_support_condition(
    request: HttpRequest, code: str, pk: uuid.UUID, one: uuid.UUID, body: EvidenceIn
) -> SupportConditionOut:
    """Says that a condition is met, with the evidence."""
    call = open_call(request, code)
    row = _condition_in(call, pk, one)
    return SupportConditionOut.of(
        meet_condition(actor=call.viewer, condition=row, evidence=body.evidence)
    )


@router.post(f"{ONE}/conditions/{{uuid:one}}/waive", response={200: SupportConditionOut, **WRITE})
def waive_support_condition(
    request: HttpRequest, code: str, pk: uuid.UUID, one: uuid.UUID, body: WaiverIn
) -> SupportConditionOut:
    """Waives a condition until a day."""
    call = open_call(request, code)
    row = _condition_in(call, pk, one)
    waive_condition(actor=call.viewer, condition=row, **body.model_dump())
    return SupportConditionOut.of(condition_by_id(call.viewer, call.mission, one))


@router.post(f"{ONE}/conditions/{{uuid:one}}/drop", response={200: SupportConditionOut, **WRITE})
def drop_support_condition(
    request: HttpRequest, code: str, pk: uuid.UUID, one: uuid.UUID, body: SupportReasonIn
) -> SupportConditionOut:
    """Drops a condition before the decision."""
    call = open_call(request, code)
    row = _condition_in(call, pk, one)
    return SupportConditionOut.of(
        drop_condition(actor=call.viewer, condition=row, reason=body.reason)
    )


def _condition_in(call: Call, case: uuid.UUID, pk: uuid.UUID) -> Condition:
    row = condition_by_id(call.viewer, call.mission, pk)
    if row.case_id != case:
        raise NoSuchSupport(_("This case has no such condition."))
    return row
