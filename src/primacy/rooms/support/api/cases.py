"""Cases over the API: the queue, one case with what holds it back, requests, scope, moves."""

import uuid
from decimal import Decimal
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from primacy.platform.policy import require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.facade import person_by_code
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    Listing,
    OptionalDay,
    Paging,
    Words,
    listed,
    open_call,
)
from primacy.rooms.support.actions import (
    NewRecipient,
    RequestTerms,
    add_recipient,
    change_request,
    determine_scope,
    draft_request,
    exclude_recipient,
    move_case,
    note_command,
    resolve_recipient,
)
from primacy.rooms.support.api.listing import by_name
from primacy.rooms.support.api.schemas import (
    CaseOut,
    MoveOut,
    RecipientOut,
    WholeCaseOut,
    whole,
)
from primacy.rooms.support.errors import NoSuchSupport
from primacy.rooms.support.models import Recipient
from primacy.rooms.support.queries import (
    VIEW,
    case_by_id,
    cases,
    moves_of,
    recipient_by_id,
)
from primacy.rooms.support.rules import ENDED

router = Router(tags=["Support"])
ALL = "/missions/{slug:code}/support/cases"
ONE = f"{ALL}/{{uuid:pk}}"
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class CaseFilter(Paging):
    """Which cases are wanted."""

    state: Line = ""
    kind: Line = ""
    unit: Line = Field("", description="code of a unit that is a recipient")
    overdue: bool = Field(False, description="only those that wait longer than their state may")


class RecipientIn(Body):
    """Who would receive: a code of the register, or a name until somebody finds it there."""

    kind: Literal["unit", "person", "authority"]
    unit: Line = ""
    person: Line = ""
    named: Line = ""
    service_number: Annotated[str, Field(max_length=60)] = ""
    born: Annotated[str, Field(max_length=30)] = ""
    attached_from: OptionalDay = None
    attached_until: OptionalDay = None


class RequestIn(Body):
    """What is asked for. What is missing is asked for when it is submitted."""

    title: Line
    kind: Line
    starts_on: Day
    ends_on: Day
    asked_for_by: Line
    place: Line = ""
    quantity: Amount | None = None
    quantity_unit: Annotated[str, Field(max_length=40)] = ""
    budget: Amount | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    budget_line: Annotated[str, Field(max_length=120)] = ""
    respond_by: OptionalDay = None
    objective: Words = ""
    absorption: Words = ""
    baseline: Words = ""
    sustainment: Words = ""
    cost_year_3: Amount | None = None
    cost_year_5: Amount | None = None

    def terms(self) -> RequestTerms:
        """The terms as the acts take them."""
        return RequestTerms(**{n: getattr(self, n) for n in type(self).model_fields
                               if n != "recipients"})  # fmt: skip


class DraftIn(RequestIn):
    """A new request with its recipients."""

    recipients: list[RecipientIn] = Field(default_factory=list, max_length=500)


class ScopeIn(Body):
    """The clause that decides scope, and why."""

    clause: Line
    reason: Words


class MoveIn(Body):
    """A move of a case, with its reason."""

    act: Line
    reason: Words = ""


class SupportReasonIn(Body):
    """Why."""

    reason: Words


class FoundIn(Body):
    """The record of the register that is meant."""

    unit: Line = ""
    person: Line = ""


@router.get(ALL, response={200: Listing[CaseOut], **READ})
def list_support_cases(
    request: HttpRequest, code: str, asked: Query[CaseFilter]
) -> Listing[CaseOut]:
    """The cases open to you, those due first at the top."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    rows = cases(call.viewer, call.mission)
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    if asked.unit:
        unit = unit_by_code(call.viewer, call.mission, asked.unit)
        rows = rows.filter(pk__in=Recipient.objects.filter(unit=unit).values("case_id"))
    if asked.overdue:
        rows = rows.filter(due_on__lt=call.today).exclude(state__in=ENDED)
    return listed(rows, asked, CaseOut.of)


@router.post(ALL, response={201: WholeCaseOut, **WRITE})
def draft_support_request(request: HttpRequest, code: str, body: DraftIn) -> Status[WholeCaseOut]:
    """Drafts a request."""
    call = open_call(request, code)
    require(call.viewer, "support.request", call.mission.pk)
    case = draft_request(
        actor=call.viewer, mission=call.mission, terms=body.terms(),
        recipients=[new_recipient(call, one) for one in body.recipients],
    )  # fmt: skip
    return Status(201, whole(call, case.pk))


@router.get(ONE, response={200: WholeCaseOut, **READ})
def get_support_case(request: HttpRequest, code: str, pk: uuid.UUID) -> WholeCaseOut:
    """One case, what it can do next, and what holds that back."""
    return whole(open_call(request, code), pk)


@router.put(ONE, response={200: WholeCaseOut, **WRITE})
def change_support_request(
    request: HttpRequest, code: str, pk: uuid.UUID, body: RequestIn
) -> WholeCaseOut:
    """Changes a draft."""
    call = open_call(request, code)
    require(call.viewer, "support.request", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    change_request(actor=call.viewer, case=case, terms=body.terms())
    return whole(call, pk)


@router.post(f"{ONE}/recipients", response={201: RecipientOut, **WRITE})
def add_support_recipient(
    request: HttpRequest, code: str, pk: uuid.UUID, body: RecipientIn
) -> Status[RecipientOut]:
    """Adds a recipient to a draft."""
    call = open_call(request, code)
    require(call.viewer, "support.request", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    row = add_recipient(actor=call.viewer, case=case, recipient=new_recipient(call, body))
    return Status(201, by_name(call, row, RecipientOut.of))


@router.post(f"{ONE}/recipients/{{uuid:one}}/resolve", response={200: RecipientOut, **WRITE})
def resolve_support_recipient(
    request: HttpRequest, code: str, pk: uuid.UUID, one: uuid.UUID, body: FoundIn
) -> RecipientOut:
    """Says which record of the register a recipient is."""
    call = open_call(request, code)
    row = recipient_in(call, pk, one)
    unit = unit_by_code(call.viewer, call.mission, body.unit) if body.unit else None
    person = person_by_code(call.viewer, call.mission, body.person) if body.person else None
    found = resolve_recipient(actor=call.viewer, recipient=row, unit=unit, person=person)
    return by_name(call, found, RecipientOut.of)


@router.post(f"{ONE}/recipients/{{uuid:one}}/exclude", response={200: RecipientOut, **WRITE})
def exclude_support_recipient(
    request: HttpRequest, code: str, pk: uuid.UUID, one: uuid.UUID, body: SupportReasonIn
) -> RecipientOut:
    """Leaves a recipient out, with a reason."""
    call = open_call(request, code)
    row = recipient_in(call, pk, one)
    left_out = exclude_recipient(actor=call.viewer, recipient=row, reason=body.reason)
    return by_name(call, left_out, RecipientOut.of)


@router.post(f"{ONE}/scope", response={200: WholeCaseOut, **WRITE})
def determine_support_scope(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ScopeIn
) -> WholeCaseOut:
    """Determines the clause of the policy that decides the scope."""
    call = open_call(request, code)
    require(call.viewer, "support.validate", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    determine_scope(actor=call.viewer, case=case, clause=body.clause, reason=body.reason)
    return whole(call, pk)


@router.post(f"{ONE}/command", response={200: WholeCaseOut, **WRITE})
def note_support_command(request: HttpRequest, code: str, pk: uuid.UUID) -> WholeCaseOut:
    """Notes who commands each recipient at the start, or that nobody knows."""
    call = open_call(request, code)
    note_command(actor=call.viewer, case=case_by_id(call.viewer, call.mission, pk))
    return whole(call, pk)


@router.get(f"{ONE}/moves", response={200: list[MoveOut], **READ})
def list_moves_of_support_case(request: HttpRequest, code: str, pk: uuid.UUID) -> list[MoveOut]:
    """Every move of a case, oldest first."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [MoveOut.of(row) for row in moves_of(call.viewer, case)]


@router.post(f"{ONE}/moves", response={200: WholeCaseOut, **WRITE})
def move_support_case(request: HttpRequest, code: str, pk: uuid.UUID, body: MoveIn) -> WholeCaseOut:
    """Moves a case; a refusal gives every reason."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    move_case(actor=call.viewer, case=case, act=body.act, reason=body.reason)
    return whole(call, pk)


def new_recipient(call: Call, one: RecipientIn) -> NewRecipient:
    """A recipient with what its codes mean in the register."""
    return NewRecipient(
        kind=one.kind,
        named=one.named,
        unit=unit_by_code(call.viewer, call.mission, one.unit) if one.unit else None,
        person=person_by_code(call.viewer, call.mission, one.person) if one.person else None,
        service_number=one.service_number,
        born=one.born,
        attached_from=one.attached_from,
        attached_until=one.attached_until,
    )


def recipient_in(call: Call, case: uuid.UUID, pk: uuid.UUID) -> Recipient:
    """The recipient of this id; `NoSuchSupport` where it is one of another case."""
    row = recipient_by_id(call.viewer, call.mission, pk)
    if row.case_id != case:
        raise NoSuchSupport(_("This case has no such recipient."))
    return row
