"""Routes of assessments: the list, one in full, opening one, and its acts."""

import uuid
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field, StringConstraints

from primacy.rooms.places.api.frame import (
    NO_NUL,
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    Listing,
    MarkingName,
    OptionalDay,
    Paging,
    Words,
    listed,
    marking_of,
    open_call,
)
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.api.assessment_schemas import (
    AssessmentLine,
    AssessmentOut,
    DecisionOut,
    assessment_shown,
)
from primacy.rooms.readiness.api.naming import area_named, responsibility_named, unit_named
from primacy.rooms.readiness.api.standards import ReasonIn
from primacy.rooms.readiness.board import standard_at
from primacy.rooms.readiness.errors import NoStandard
from primacy.rooms.readiness.models import Assessment
from primacy.rooms.readiness.queries import assessment_by_id, assessments, decision_by_id

router = Router()

ONE = "/missions/{slug:code}/assessments/{uuid:pk}"


class AssessmentFilter(Paging):
    """Which assessments are wanted."""

    area: Line = ""
    unit: Line = ""
    responsibility: Line = ""
    state: Line = Field("", description="open, frozen, decided, withdrawn or recorded")
    as_of: OptionalDay = Field(None, description="made on evidence up to this day")


class AssessmentIn(Body):
    """One step of one responsibility, in one area or of one unit."""

    area: Line | None = None
    unit: Line | None = None
    responsibility: Line
    target_lead: Line
    as_of: OptionalDay = Field(None, description="evidence up to this day counts; default today")
    marking: MarkingName = "internal"


class RemarkIn(Body):
    """What your side wants on the record."""

    text: Annotated[Words, StringConstraints(min_length=1)]


class ConditionIn(Body):
    """An action for a criterion that falls short; a gate cannot be met by a condition."""

    criterion: Line
    action: Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=NO_NUL)]
    owner: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
    due_on: Day


class ProposalIn(Body):
    """From when the next step holds, and whether on trial."""

    effective_on: Day
    trial_until: OptionalDay = None
    reason: Words = ""


@router.get("/missions/{slug:code}/assessments", response={200: Listing[AssessmentLine], **READ})
def list_assessments(
    request: HttpRequest, code: str, only: Query[AssessmentFilter]
) -> Listing[AssessmentLine]:
    """The assessments, newest first."""
    call = open_call(request, code)
    wanted = {
        "area__code": only.area,
        "unit__code": only.unit,
        "responsibility__code": only.responsibility,
        "state": only.state,
        "as_of__lte": only.as_of,
    }
    rows = assessments(call.viewer, call.mission)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return listed(rows, only, AssessmentLine.of)


@router.post("/missions/{slug:code}/assessments", response={201: AssessmentOut, **WRITE})
def open_assessment(request: HttpRequest, code: str, body: AssessmentIn) -> Status[AssessmentOut]:
    """Opens an assessment for one step under the standard in force."""
    call = open_call(request, code)
    day = body.as_of or call.today
    standard = standard_at(call.viewer, call.mission, day)
    if standard is None:
        raise NoStandard(
            _("No standard was in force on %(isoformat)s. Nothing was opened.")
            % {"isoformat": day.isoformat()}
        )
    row = actions.open_assessment(
        actor=call.viewer,
        responsibility=responsibility_named(call, body.responsibility),
        target_lead=body.target_lead,
        standard=standard,
        as_of=day,
        area=area_named(call, body.area),
        unit=unit_named(call, body.unit),
        marking=marking_of(body.marking),
    )
    return Status(201, assessment_shown(call.viewer, row))


@router.get(ONE, response={200: AssessmentOut, **READ})
def get_assessment(request: HttpRequest, code: str, pk: uuid.UUID) -> AssessmentOut:
    """One assessment: each criterion's result and margin, the evidence and its age, the team."""
    call = open_call(request, code)
    return _shown(call, pk)


@router.post(f"{ONE}/seat", response={200: AssessmentOut, **WRITE})
def take_seat(request: HttpRequest, code: str, pk: uuid.UUID) -> AssessmentOut:
    """Takes a seat on the joint team for one's own party; the parties have equal numbers."""
    call = open_call(request, code)
    actions.take_seat(actor=call.viewer, assessment=_found(call, pk))
    return _shown(call, pk)


@router.post(f"{ONE}/freeze", response={200: AssessmentOut, **WRITE})
def freeze_assessment(request: HttpRequest, code: str, pk: uuid.UUID) -> AssessmentOut:
    """Fixes evidence and results for good; needs equal numbers of each party on the team."""
    call = open_call(request, code)
    actions.freeze_assessment(actor=call.viewer, assessment=_found(call, pk))
    return _shown(call, pk)


@router.post(f"{ONE}/remarks", response={201: AssessmentOut, **WRITE})
def add_remark(
    request: HttpRequest, code: str, pk: uuid.UUID, body: RemarkIn
) -> Status[AssessmentOut]:
    """Puts a remark of one's party on the record."""
    call = open_call(request, code)
    actions.add_remark(actor=call.viewer, assessment=_found(call, pk), text=body.text)
    return Status(201, _shown(call, pk))


@router.post(f"{ONE}/conditions", response={201: AssessmentOut, **WRITE})
def plan_condition(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ConditionIn
) -> Status[AssessmentOut]:
    """Sets an action with owner and date for a criterion that falls short."""
    call = open_call(request, code)
    actions.plan_condition(
        actor=call.viewer,
        assessment=_found(call, pk),
        criterion_code=body.criterion,
        action=body.action,
        owner=body.owner,
        due_on=body.due_on,
    )
    return Status(201, _shown(call, pk))


@router.post(f"{ONE}/withdraw", response={200: AssessmentOut, **WRITE})
def withdraw_assessment(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ReasonIn
) -> AssessmentOut:
    """Takes an assessment back before a decision, with the reason."""
    call = open_call(request, code)
    row = _found(call, pk)
    actions.withdraw_assessment(actor=call.viewer, assessment=row, reason=body.reason)
    return _shown(call, pk)


@router.post(f"{ONE}/propose", response={201: DecisionOut, **WRITE})
def propose_decision(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ProposalIn
) -> Status[DecisionOut]:
    """Proposes the step for signature; a refusal says each reason against it."""
    call = open_call(request, code)
    made = actions.propose_decision(
        actor=call.viewer,
        assessment=_found(call, pk),
        effective_on=body.effective_on,
        trial_until=body.trial_until,
        reason=body.reason,
    )
    return Status(201, DecisionOut.of(decision_by_id(call.viewer, call.mission, made.pk)))


def _found(call: Call, pk: uuid.UUID) -> Assessment:
    return assessment_by_id(call.viewer, call.mission, pk)


def _shown(call: Call, pk: uuid.UUID) -> AssessmentOut:
    """The assessment as it stands now."""
    return assessment_shown(call.viewer, _found(call, pk))
