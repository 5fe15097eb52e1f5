"""What stops support over the API, what has to be looked at, and what the host state is told."""

import datetime as dt
import uuid
from typing import Literal

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
    Day,
    Line,
    Listing,
    Paging,
    Title,
    Words,
    listed,
    open_call,
)
from primacy.rooms.support.actions import (
    intercede,
    lift_finding,
    plan_visit,
    record_finding,
    record_reply,
    record_response,
    reinstate,
    report_visit,
    settle_task,
    suspend,
    tell_host,
)
from primacy.rooms.support.api.cases import ONE, ReasonIn
from primacy.rooms.support.api.gate import HERE
from primacy.rooms.support.models import (
    GraveFinding,
    HostNotice,
    Intercession,
    PolicyVersion,
    StopEntry,
    SupportTask,
    Suspension,
    Visit,
)
from primacy.rooms.support.queries import (
    VIEW,
    case_by_id,
    case_by_number,
    finding_by_id,
    findings,
    intercession_by_id,
    notice_by_id,
    notices,
    policies,
    stop_list,
    suspension_by_id,
    suspensions,
    task_by_id,
    tasks,
    visit_by_id,
)

router = Router(tags=["Support"])


class StopOut(BaseModel):
    """An entry of the stop list: nothing may go to this unit or person."""

    unit: str | None
    who: str
    since: dt.date
    from_above: bool

    @classmethod
    def of(cls, row: StopEntry) -> "StopOut":
        """An entry."""
        return cls(unit=row.unit.code if row.unit is not None else None, who=str(row),
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
    def of(cls, row: Suspension) -> "SuspensionOut":
        """An order."""
        return cls(id=row.pk, who=str(row), reason=row.reason, told_host=row.told_host,
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
    def of(cls, row: GraveFinding) -> "FindingOut":
        """A finding."""
        return cls(id=row.pk, who=str(row.unit or row.person), test=row.test, basis=row.basis,
                   found_on=row.found_on, lifted_on=row.lifted_on)  # fmt: skip


class SupportTaskOut(BaseModel):
    """Something to look at."""

    id: uuid.UUID
    kind: str
    case: int | None
    reason: str
    level: int
    raised_on: dt.date
    due_on: dt.date

    @classmethod
    def of(cls, row: SupportTask) -> "SupportTaskOut":
        """A task."""
        return cls(id=row.pk, kind=row.kind, reason=row.reason, level=row.level,
                   case=row.case.number if row.case is not None else None,
                   raised_on=row.raised_on, due_on=row.due_on)  # fmt: skip


class NoticeOut(BaseModel):
    """What the host state was told."""

    id: uuid.UUID
    kind: str
    case: int | None
    addressee: str
    text: str
    what_would_change: str
    sent_on: dt.date
    reply: str

    @classmethod
    def of(cls, row: HostNotice) -> "NoticeOut":
        """A notice."""
        same = set(cls.model_fields) - {"id", "case"}
        return cls(id=row.pk, case=row.case_number, **{n: getattr(row, n) for n in same})


class VisitOut(BaseModel):
    """A monitoring visit."""

    id: uuid.UUID
    planned_on: dt.date
    what: str
    owner: str
    done_on: dt.date | None
    access: str
    signs: list[str]

    @classmethod
    def of(cls, row: Visit) -> "VisitOut":
        """A visit."""
        return cls(id=row.pk, **{n: getattr(row, n) for n in set(cls.model_fields) - {"id"}})


class IntercessionOut(BaseModel):
    """Violations raised with the authorities."""

    id: uuid.UUID
    way: str
    addressee: str
    asked: str
    made_on: dt.date
    response_due: dt.date
    responded_on: dt.date | None
    enough: bool | None

    @classmethod
    def of(cls, row: Intercession) -> "IntercessionOut":
        """A letter or meeting."""
        return cls(id=row.pk, **{n: getattr(row, n) for n in set(cls.model_fields) - {"id"}})


class ProcedureOut(BaseModel):
    """A version of the procedure."""

    number: int
    title: str
    in_force_from: dt.date
    freshness_days: int
    levels_above: int
    clocks: dict[str, int]
    offices: list[str]

    @classmethod
    def of(cls, row: PolicyVersion) -> "ProcedureOut":
        """A version with its offices."""
        same = set(cls.model_fields) - {"offices"}
        return cls(offices=[one.code for one in row.offices.all()],
                   **{name: getattr(row, name) for name in same})  # fmt: skip


class SuspendIn(Body):
    """Who is stopped, why, and what the host state is told."""

    unit: Line = ""
    person: Line = ""
    reason: Words
    told_host: Words
    exempt: list[Line] = Field(default_factory=list, max_length=100)


class FindingIn(Body):
    """A verified finding."""

    unit: Line = ""
    person: Line = ""
    test: Line
    basis: Words
    source: Title


class SettleIn(Body):
    """What came of looking at a task."""

    outcome: Literal["no_change", "settled"]
    words: Words


class NoticeIn(Body):
    """What the host state is told."""

    kind: Line
    case: int | None = Field(None, ge=1, le=2_000_000_000)
    unit: Line = ""
    addressee: Line
    text: Words
    what_would_change: Words = ""


class ReplyIn(Body):
    """What was replied."""

    reply: Words


class VisitIn(Body):
    """A visit to be made."""

    planned_on: Day
    what: Line
    owner: Line


class VisitReportIn(Body):
    """What was seen."""

    done_on: Day
    access: Literal["full", "partial", "refused"]
    seen: Words
    signs: list[Line] = Field(default_factory=list, max_length=20)


class IntercedeIn(Body):
    """What is raised, and what is asked."""

    way: Literal["letter", "meeting"]
    addressee: Line
    text: Words
    asked: Words
    response_due: Day


class ResponseIn(Body):
    """What the authorities answered."""

    response: Words
    enough: bool


@router.get(f"{HERE}/stops", response={200: Listing[StopOut], **READ})
def list_stops(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[StopOut]:
    """The stop list. Who is not on it may still be refused: ask the gate."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(stop_list(call.viewer, call.mission), paging, StopOut.of)


@router.get(f"{HERE}/suspensions", response={200: Listing[SuspensionOut], **READ})
def list_suspensions(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[SuspensionOut]:
    """The orders that stop support, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(suspensions(call.viewer, call.mission), paging, SuspensionOut.of)


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
    return Status(201, SuspensionOut.of(row))


@router.post(f"{HERE}/suspensions/{{uuid:one}}/reinstate", response={200: EndedOut, **WRITE})
def lift_suspension(request: HttpRequest, code: str, one: uuid.UUID, body: ReasonIn) -> EndedOut:
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
    return listed(findings(call.viewer, call.mission), paging, FindingOut.of)


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
    return Status(201, FindingOut.of(row))


@router.post(f"{HERE}/findings/{{uuid:one}}/lift", response={200: FindingOut, **WRITE})
def lift_grave_finding(
    request: HttpRequest, code: str, one: uuid.UUID, body: ReasonIn
) -> FindingOut:
    """Lifts a finding, by another person than who recorded it."""
    call = open_call(request, code)
    require(call.viewer, "support.find", call.mission.pk)
    row = finding_by_id(call.viewer, call.mission, one)
    return FindingOut.of(lift_finding(actor=call.viewer, finding=row, reason=body.reason))


@router.get(f"{HERE}/tasks", response={200: Listing[SupportTaskOut], **READ})
def list_support_tasks(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[SupportTaskOut]:
    """What has to be looked at, due first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(tasks(call.viewer, call.mission), paging, SupportTaskOut.of)


@router.post(f"{HERE}/tasks/{{uuid:one}}/settle", response={200: SupportTaskOut, **WRITE})
def settle_support_task(
    request: HttpRequest, code: str, one: uuid.UUID, body: SettleIn
) -> SupportTaskOut:
    """Settles a task, with what was looked at."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    row = task_by_id(call.viewer, call.mission, one)
    settle_task(actor=call.viewer, task=row, outcome=body.outcome, words=body.words)
    return SupportTaskOut.of(row)


@router.get(f"{HERE}/notices", response={200: Listing[NoticeOut], **READ})
def list_notices(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[NoticeOut]:
    """What the host state was told, the newest first; the host state reads it too."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(notices(call.viewer, call.mission), paging, NoticeOut.of)


@router.post(f"{HERE}/notices", response={201: NoticeOut, **WRITE})
def send_notice(request: HttpRequest, code: str, body: NoticeIn) -> Status[NoticeOut]:
    """Puts a notice to the host state on record."""
    call = open_call(request, code)
    case = case_by_number(call.viewer, call.mission, body.case) if body.case else None
    row = tell_host(
        actor=call.viewer, mission=call.mission, kind=body.kind, addressee=body.addressee,
        text=body.text, what_would_change=body.what_would_change, case=case,
        unit=unit_by_code(call.viewer, call.mission, body.unit) if body.unit else None,
    )  # fmt: skip
    return Status(201, NoticeOut.of(row))


@router.post(f"{HERE}/notices/{{uuid:one}}/reply", response={200: NoticeOut, **WRITE})
def reply_to_notice(request: HttpRequest, code: str, one: uuid.UUID, body: ReplyIn) -> NoticeOut:
    """Records the reply to a notice."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    row = notice_by_id(call.viewer, call.mission, one)
    return NoticeOut.of(record_reply(actor=call.viewer, notice=row, reply=body.reply))


@router.post(f"{ONE}/visits", response={201: VisitOut, **WRITE})
def plan_support_visit(
    request: HttpRequest, code: str, pk: uuid.UUID, body: VisitIn
) -> Status[VisitOut]:
    """Plans a monitoring visit."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    return Status(201, VisitOut.of(plan_visit(actor=call.viewer, case=case, **body.model_dump())))


@router.post(f"{HERE}/visits/{{uuid:one}}/report", response={200: VisitOut, **WRITE})
def report_support_visit(
    request: HttpRequest, code: str, one: uuid.UUID, body: VisitReportIn
) -> VisitOut:
    """Reports a visit; refused access and each sign raise a task."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    row = visit_by_id(call.viewer, call.mission, one)
    return VisitOut.of(report_visit(actor=call.viewer, visit=row, **body.model_dump()))


@router.post(f"{ONE}/intercessions", response={201: IntercessionOut, **WRITE})
def intercede_with_authorities(
    request: HttpRequest, code: str, pk: uuid.UUID, body: IntercedeIn
) -> Status[IntercessionOut]:
    """Raises violations with the authorities."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    case = case_by_id(call.viewer, call.mission, pk)
    row = intercede(actor=call.viewer, case=case, **body.model_dump())
    return Status(201, IntercessionOut.of(row))


@router.post(
    f"{HERE}/intercessions/{{uuid:one}}/response", response={200: IntercessionOut, **WRITE}
)
def record_authorities_response(
    request: HttpRequest, code: str, one: uuid.UUID, body: ResponseIn
) -> IntercessionOut:
    """Records what the authorities answered."""
    call = open_call(request, code)
    require(call.viewer, "support.monitor", call.mission.pk)
    row = intercession_by_id(call.viewer, call.mission, one)
    return IntercessionOut.of(
        record_response(actor=call.viewer, intercession=row, **body.model_dump())
    )


@router.get(f"{HERE}/procedures", response={200: Listing[ProcedureOut], **READ})
def list_procedures(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[ProcedureOut]:
    """The versions of the procedure, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(policies(call.viewer, call.mission), paging, ProcedureOut.of)
