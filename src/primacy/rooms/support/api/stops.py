"""What stops support over the API: the stop list, suspensions, findings of grave violations."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from primacy.platform.policy import require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.facade import person_by_code
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Line,
    Listing,
    Paging,
    Title,
    Words,
    open_call,
)
from primacy.rooms.support.actions import (
    lift_finding,
    record_finding,
    reinstate,
    suspend,
    suspend_case,
    withdraw_support,
)
from primacy.rooms.support.api.cases import ONE, SupportReasonIn
from primacy.rooms.support.api.gate import HERE
from primacy.rooms.support.api.listing import by_name, listed_by_name
from primacy.rooms.support.api.schemas import WholeCaseOut, whole
from primacy.rooms.support.models import GraveFinding, StopEntry, Suspension
from primacy.rooms.support.named import Named
from primacy.rooms.support.queries import (
    VIEW,
    case_by_id,
    finding_by_id,
    findings,
    stop_list,
    suspension_by_id,
    suspensions,
)

router = Router(tags=["Support"])


class StopOut(BaseModel):
    """An entry of the stop list: nothing may go to this unit or person."""

    who: str
    unit: str | None
    person: str | None
    since: dt.date
    from_above: bool

    @classmethod
    def of(cls, row: StopEntry, names: Named) -> "StopOut":
        """An entry."""
        return cls(who=names.who(row), unit=names.unit_code(row), person=names.person_code(row),
                   since=row.since, from_above=row.inherited)  # fmt: skip


class SuspensionOut(BaseModel):
    """An order that stops support."""

    id: uuid.UUID
    who: str
    reason: str
    told_host: str
    ended_on: dt.date | None
    ended_as: str

    @classmethod
    def of(cls, row: Suspension, names: Named) -> "SuspensionOut":
        """An order."""
        return cls(id=row.pk, who=names.who(row), reason=row.reason, told_host=row.told_host,
                   ended_on=row.ended_on, ended_as=row.ended_as)  # fmt: skip


class EndedOut(BaseModel):
    """What came of lifting a suspension."""

    in_force: list[int]
    held: dict[int, list[str]]


class FindingOut(BaseModel):
    """A finding of grave violations."""

    id: uuid.UUID
    who: str
    test: str
    basis: str
    found_on: dt.date
    lifted_on: dt.date | None

    @classmethod
    def of(cls, row: GraveFinding, names: Named) -> "FindingOut":
        """A finding."""
        return cls(id=row.pk, who=names.who(row), test=row.test, basis=row.basis,
                   found_on=row.found_on, lifted_on=row.lifted_on)  # fmt: skip


class SuspendIn(Body):
    """Who is stopped, why, and what the host state is told."""

    unit: Line = ""
    person: Line = ""
    reason: Words
    told_host: Words
    exempt: list[Line] = Field(default_factory=list, max_length=100)


class SuspendCaseIn(Body):
    """Why a case is stopped, and what the host state is told."""

    reason: Words
    told_host: Words


class FindingIn(Body):
    """A verified finding."""

    unit: Line = ""
    person: Line = ""
    test: Line
    basis: Words
    source: Title


@router.get(f"{HERE}/stops", response={200: Listing[StopOut], **READ})
def list_stops(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[StopOut]:
    """The stop list. Who is not on it may still be refused: ask the gate."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed_by_name(call, stop_list(call.viewer, call.mission), paging, StopOut.of)


@router.get(f"{HERE}/suspensions", response={200: Listing[SuspensionOut], **READ})
def list_suspensions(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[SuspensionOut]:
    """The orders that stop support, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed_by_name(call, suspensions(call.viewer, call.mission), paging, SuspensionOut.of)


@router.post(f"{HERE}/suspensions", response={201: SuspensionOut, **WRITE})
def order_suspension(request: HttpRequest, code: str, body: SuspendIn) -> Status[SuspensionOut]:
    """Stops all support to a unit and those below it, or to a person, at once."""
    call = open_call(request, code)
    require(call.viewer, "support.suspend", call.mission.pk)
    mission, viewer = call.mission, call.viewer
    row = suspend(
        actor=viewer, mission=mission, reason=body.reason, told_host=body.told_host,
        unit=unit_by_code(viewer, mission, body.unit) if body.unit else None,
        person=person_by_code(viewer, mission, body.person) if body.person else None,
        exempt=[unit_by_code(viewer, mission, one) for one in body.exempt],
    )  # fmt: skip
    return Status(201, by_name(call, row, SuspensionOut.of))


@router.post(f"{HERE}/suspensions/{{uuid:one}}/reinstate", response={200: EndedOut, **WRITE})
def lift_suspension(
    request: HttpRequest, code: str, one: uuid.UUID, body: SupportReasonIn
) -> EndedOut:
    """Lifts a suspension; cases go on where every guard lets them."""
    call = open_call(request, code)
    require(call.viewer, "support.suspend", call.mission.pk)
    row = suspension_by_id(call.viewer, call.mission, one)
    ended = reinstate(actor=call.viewer, suspension=row, reason=body.reason)
    return EndedOut(
        in_force=[case.number for case in ended.in_force],
        held={case.number: list(reasons) for case, reasons in ended.held},
    )


@router.get(f"{HERE}/findings", response={200: Listing[FindingOut], **READ})
def list_findings(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[FindingOut]:
    """Findings of grave violations, those that stand first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed_by_name(call, findings(call.viewer, call.mission), paging, FindingOut.of)


@router.post(f"{HERE}/findings", response={201: FindingOut, **WRITE})
def record_grave_finding(request: HttpRequest, code: str, body: FindingIn) -> Status[FindingOut]:
    """Records a standing finding; nothing goes to whom it reaches from now on."""
    call = open_call(request, code)
    require(call.viewer, "support.find", call.mission.pk)
    row = record_finding(
        actor=call.viewer, mission=call.mission, test=body.test, basis=body.basis,
        source_title=body.source,
        unit=unit_by_code(call.viewer, call.mission, body.unit) if body.unit else None,
        person=person_by_code(call.viewer, call.mission, body.person) if body.person else None,
    )  # fmt: skip
    return Status(201, by_name(call, row, FindingOut.of))


@router.post(f"{HERE}/findings/{{uuid:one}}/lift", response={200: FindingOut, **WRITE})
def lift_grave_finding(
    request: HttpRequest, code: str, one: uuid.UUID, body: SupportReasonIn
) -> FindingOut:
    """Lifts a finding, by another person than who recorded it."""
    call = open_call(request, code)
    require(call.viewer, "support.find", call.mission.pk)
    row = finding_by_id(call.viewer, call.mission, one)
    lifted = lift_finding(actor=call.viewer, finding=row, reason=body.reason)
    return by_name(call, lifted, FindingOut.of)


@router.post(f"{ONE}/suspend", response={200: WholeCaseOut, **WRITE})
def suspend_support_case(
    request: HttpRequest, code: str, pk: uuid.UUID, body: SuspendCaseIn
) -> WholeCaseOut:
    """Suspends a case, with an order against each of its recipients."""
    call = open_call(request, code)
    require(call.viewer, "support.suspend", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    suspend_case(actor=call.viewer, case=case, reason=body.reason, told_host=body.told_host)
    return whole(call, pk)


@router.post(f"{ONE}/withdraw", response={200: WholeCaseOut, **WRITE})
def withdraw_support_case(
    request: HttpRequest, code: str, pk: uuid.UUID, body: SupportReasonIn
) -> WholeCaseOut:
    """Ends a suspended case for good, after the authorities were told; its stops stay."""
    call = open_call(request, code)
    require(call.viewer, "support.suspend", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    withdraw_support(actor=call.viewer, case=case, reason=body.reason)
    return whole(call, pk)
