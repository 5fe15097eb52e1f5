"""Routes of joint decisions: the list, signing, withdrawing, stepping back, closing conditions."""

import uuid
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field, StrictBool, StringConstraints

from primacy.rooms.places.api.frame import (
    NO_NUL,
    READ,
    WRITE,
    Body,
    Day,
    Line,
    Listing,
    Paging,
    Words,
    listed,
    open_call,
)
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.api.assessment_schemas import ConditionOut, DecisionOut
from primacy.rooms.readiness.api.naming import area_named, responsibility_named, unit_named
from primacy.rooms.readiness.api.standards import ReasonIn
from primacy.rooms.readiness.board import standard_at
from primacy.rooms.readiness.errors import NoStandard, NoSuchRecord
from primacy.rooms.readiness.queries import decision_by_id, decisions, open_conditions

router = Router()

ONE = "/missions/{slug:code}/decisions/{uuid:pk}"


class DecisionFilter(Paging):
    """Which decisions are wanted."""

    state: Line = Field("", description="proposed, in_force, refused or lapsed")


class SignatureIn(Body):
    """A signature for or against; against needs words."""

    agrees: StrictBool
    dissent: Words = Field("", description="reservation or dissent, kept with the decision")


class StepBackIn(Body):
    """Giving the lead back to an earlier step, with the reason."""

    area: Line | None = None
    unit: Line | None = None
    responsibility: Line
    lead: Line
    effective_on: Day
    reason: Annotated[Words, StringConstraints(min_length=1)]


class ClosingIn(Body):
    """What shows that a condition was met."""

    closed_on: Day
    evidence: Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=NO_NUL)]


@router.get("/missions/{slug:code}/decisions", response={200: Listing[DecisionOut], **READ})
def list_decisions(
    request: HttpRequest, code: str, only: Query[DecisionFilter]
) -> Listing[DecisionOut]:
    """The joint decisions with their signatures, newest first."""
    call = open_call(request, code)
    rows = decisions(call.viewer, call.mission)
    return listed(rows.filter(state=only.state) if only.state else rows, only, DecisionOut.of)


@router.get(ONE, response={200: DecisionOut, **READ})
def get_decision(request: HttpRequest, code: str, pk: uuid.UUID) -> DecisionOut:
    """One decision with its signatures and those it still needs."""
    call = open_call(request, code)
    return DecisionOut.of(decision_by_id(call.viewer, call.mission, pk))


@router.post(f"{ONE}/sign", response={200: DecisionOut, **WRITE})
def sign_decision(request: HttpRequest, code: str, pk: uuid.UUID, body: SignatureIn) -> DecisionOut:
    """Signs for one's party; the last signature puts the decision in force, or refuses it."""
    call = open_call(request, code)
    row = decision_by_id(call.viewer, call.mission, pk)
    actions.sign_decision(actor=call.viewer, decision=row, agrees=body.agrees, dissent=body.dissent)
    return DecisionOut.of(decision_by_id(call.viewer, call.mission, pk))


@router.post(f"{ONE}/withdraw", response={200: DecisionOut, **WRITE})
def withdraw_decision(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ReasonIn
) -> DecisionOut:
    """Takes a proposal back before it is complete, with the reason."""
    call = open_call(request, code)
    row = decision_by_id(call.viewer, call.mission, pk)
    actions.withdraw_decision(actor=call.viewer, decision=row, reason=body.reason)
    return DecisionOut.of(decision_by_id(call.viewer, call.mission, pk))


@router.post("/missions/{slug:code}/step-back", response={201: DecisionOut, **WRITE})
def propose_step_back(request: HttpRequest, code: str, body: StepBackIn) -> Status[DecisionOut]:
    """Proposes to give the lead back to an earlier step. No criteria are asked, only a reason."""
    call = open_call(request, code)
    standard = standard_at(call.viewer, call.mission, call.today)
    if standard is None:
        raise NoStandard(_("No standard is in force today, so nobody's signatures are agreed."))
    made = actions.propose_step_back(
        actor=call.viewer,
        responsibility=responsibility_named(call, body.responsibility),
        standard=standard,
        lead=body.lead,
        effective_on=body.effective_on,
        reason=body.reason,
        area=area_named(call, body.area),
        unit=unit_named(call, body.unit),
    )
    return Status(201, DecisionOut.of(decision_by_id(call.viewer, call.mission, made.pk)))


@router.get("/missions/{slug:code}/conditions", response={200: Listing[ConditionOut], **READ})
def list_open_conditions(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[ConditionOut]:
    """Conditions of decisions in force that are not closed, by due date."""
    call = open_call(request, code)
    return listed(open_conditions(call.viewer, call.mission), paging, ConditionOut.of)


@router.post(
    "/missions/{slug:code}/conditions/{int:pk}/close", response={200: ConditionOut, **WRITE}
)
def close_condition(request: HttpRequest, code: str, pk: int, body: ClosingIn) -> ConditionOut:
    """Marks an open condition as met, with what shows it."""
    call = open_call(request, code)
    row = open_conditions(call.viewer, call.mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("No such open condition."))
    closed = actions.close_condition(
        actor=call.viewer, condition=row, closed_on=body.closed_on, evidence=body.evidence
    )
    return ConditionOut.of(closed)
