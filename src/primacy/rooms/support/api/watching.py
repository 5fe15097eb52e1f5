"""Watching support over the API: tasks, visits, intercession, what the host state is told."""

import datetime as dt
import uuid
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from primacy.platform.policy import require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.places.api.frame import (
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
from primacy.rooms.support.actions import (
    intercede,
    plan_visit,
    record_reply,
    record_response,
    report_visit,
    settle_task,
    tell_host,
)
from primacy.rooms.support.api.cases import ONE
from primacy.rooms.support.api.gate import HERE
from primacy.rooms.support.models import HostNotice, Intercession, SupportTask, Visit
from primacy.rooms.support.queries import (
    VIEW,
    case_by_id,
    case_by_number,
    intercession_by_id,
    intercessions_of,
    notice_by_id,
    notices,
    task_by_id,
    tasks,
    visit_by_id,
    visits_of,
)

router = Router(tags=["Support"])


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
    seen: str
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
    text: str
    asked: str
    made_on: dt.date
    response_due: dt.date
    responded_on: dt.date | None
    response: str
    enough: bool | None

    @classmethod
    def of(cls, row: Intercession) -> "IntercessionOut":
        """A letter or meeting."""
        return cls(id=row.pk, **{n: getattr(row, n) for n in set(cls.model_fields) - {"id"}})


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


@router.get(f"{ONE}/visits", response={200: list[VisitOut], **READ})
def list_support_visits(request: HttpRequest, code: str, pk: uuid.UUID) -> list[VisitOut]:
    """The monitoring plan of a case: visits by their day."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [VisitOut.of(row) for row in visits_of(call.viewer, case)]


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


@router.get(f"{ONE}/intercessions", response={200: list[IntercessionOut], **READ})
def list_intercessions(request: HttpRequest, code: str, pk: uuid.UUID) -> list[IntercessionOut]:
    """What was raised with the authorities in a case, oldest first, and their responses."""
    call = open_call(request, code)
    case = case_by_id(call.viewer, call.mission, pk)
    return [IntercessionOut.of(row) for row in intercessions_of(call.viewer, case)]


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
