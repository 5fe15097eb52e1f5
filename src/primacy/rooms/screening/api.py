"""The HTTP API of screening: lists, screenings, their lines with possible matches, judgements."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from primacy.platform.policy import require
from primacy.rooms.places.api.frame import (
    NO_NUL,
    READ,
    WRITE,
    Body,
    Line,
    Listing,
    Paging,
    Title,
    listed,
    marking_name,
    open_call,
)
from primacy.rooms.screening.actions import (
    close_task,
    judge,
    screen_lines,
    stop_watching,
    undo_screening,
)
from primacy.rooms.screening.errors import NothingToSearch
from primacy.rooms.screening.models import (
    BY_PEOPLE,
    AskedKind,
    ListFile,
    PossibleMatch,
    Publisher,
    RescreenTask,
    Screening,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.queries import (
    SEE,
    lines,
    list_files,
    lists_in_force,
    open_tasks,
    passes,
    possible_match,
    screening,
    screenings,
    task,
)
from primacy.rooms.screening.roster_sheet import read_typed
from primacy.rooms.screening.wording import (
    judgement_of,
    match_name,
    outcome_words,
    searched_words,
    standing_of,
)

router = Router(tags=["Screening"])
RUN, DECIDE = "screening.run", "screening.decide"
MOST_LINES = 1_000
ALL = "/missions/{slug:code}/screenings"
ONE = f"{ALL}/{{uuid:pk}}"
Cell = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00;\r\n]*$")]
"""A part of a line; the sign between parts stands in none of them."""


class ListOut(BaseModel):
    """A load of a publisher's list."""

    id: uuid.UUID
    publisher: str
    list_date: dt.date
    entries: int
    added: int
    removed: int
    changed: int
    left_out: int
    sha256: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: ListFile) -> "ListOut":
        """A load."""
        same = set(cls.model_fields) - {"id"}
        return cls(id=row.pk, **{name: getattr(row, name) for name in same})


class ScreeningOut(BaseModel):
    """A screening: what was searched, of which day and when, stands in `searched`."""

    id: uuid.UUID
    number: int
    title: str
    purpose: str
    asked: int
    tasks_open: int
    asked_by: str
    watched: bool
    undone: bool
    searched: str
    marking: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: Screening, searched: list[SearchPass]) -> "ScreeningOut":
        """A screening with what was searched."""
        return cls(
            id=row.pk,
            number=row.number,
            title=row.title,
            purpose=row.purpose,
            asked=row.asked,  # type: ignore[attr-defined]
            tasks_open=row.tasks_open,  # type: ignore[attr-defined]
            asked_by=row.asked_by,
            watched=row.watched,
            undone=row.undone_at is not None,
            searched=searched_words(searched),
            marking=marking_name(row.marking),
            recorded_at=row.recorded_at,
        )


class MatchOut(BaseModel):
    """A possible match, to be decided by a person.

    `restricted`: there is one, `name` says whom to ask, and nothing else is told.
    """

    id: uuid.UUID | None
    source: str
    restricted: bool
    name: str
    reference: str
    score: float | None
    speaks_for: list[str]
    speaks_against: list[str]
    judgement: str | None
    reasons: str
    gone: bool = Field(description="no longer on the list")

    @classmethod
    def of(cls, row: PossibleMatch) -> "MatchOut":
        """A possible match as far as it is open."""
        judged = judgement_of(row)
        return cls(
            id=None if row.hidden else row.pk,
            source=row.source,
            restricted=row.hidden,
            name=match_name(row),
            reference=row.reference,
            score=row.score,
            speaks_for=row.speaks_for,
            speaks_against=row.speaks_against,
            judgement=judged.kind if judged is not None else None,
            reasons=judged.reasons if judged is not None else "",
            gone=row.gone_in_id is not None,
        )


class LineOut(BaseModel):
    """Who was asked for, and what came of it in words; with nothing found, what was searched."""

    number: int
    kind: str
    asked_for: str
    standing: str = Field(description="decide, restricted, decided or nothing")
    outcome: str
    matches: list[MatchOut]

    @classmethod
    def of(cls, row: ScreeningLine, searched: list[SearchPass]) -> "LineOut":
        """A line with its possible matches."""
        matches = list(row.matches.all())
        return cls(
            number=row.number,
            kind=row.kind,
            asked_for=row.name,
            standing=standing_of(matches).value,
            outcome=outcome_words(row, searched),
            matches=[MatchOut.of(match) for match in matches],
        )


class LinesOut(BaseModel):
    """A part of a screening's lines, and all that was searched."""

    count: int
    limit: int
    offset: int
    searched: str
    items: list[LineOut]


class TaskOut(BaseModel):
    """A line to be looked at again because a list changed."""

    id: uuid.UUID
    screening: uuid.UUID
    line: int
    kind: str
    reopened: bool
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: RescreenTask) -> "TaskOut":
        """An open task."""
        return cls(
            id=row.pk,
            screening=row.line.screening_id,
            line=row.line.number,
            kind=row.kind,
            reopened=row.reopened,
            recorded_at=row.recorded_at,
        )


class AskedIn(Body):
    """A person by name, date of birth and number, or a unit by name and the unit above."""

    name: Cell
    born: Cell = Field("", description="persons: as written, e.g. 1961-03-04 or 1961")
    number: Cell = Field("", description="persons: the number of a paper, of any kind")
    above: Cell = Field("", description="units: the unit above")


class ScreeningIn(Body):
    """Who is asked for, and what they are held against."""

    title: Line = Field(description="course, support or post; no names")
    purpose: Title = ""
    kind: Literal["person", "unit"]
    asked: list[AskedIn] = Field(min_length=1, max_length=MOST_LINES)
    lists: list[Line] = Field(
        default_factory=list, max_length=10,
        description=f"publishers whose list in force is searched: {', '.join(Publisher.values)}",
    )  # fmt: skip
    own_register: bool = Field(True, description="search the mission's own register too")


class ReasonIn(Body):
    """Why."""

    reason: Title


class JudgementIn(Body):
    """What a person judges of a possible match."""

    kind: Line = Field(description=f"one of: {', '.join(BY_PEOPLE)}")
    reasons: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]


class OutcomeIn(Body):
    """What was looked at and what came of it."""

    outcome: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]


@router.get("/missions/{slug:code}/screening-lists", response={200: Listing[ListOut], **READ})
def list_screening_lists(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[ListOut]:
    """Every load of a list, by publisher, the newest first."""
    call = open_call(request, code)
    require(call.viewer, SEE, call.mission.pk)
    return listed(list_files(call.viewer, call.mission), paging, ListOut.of)


@router.get(ALL, response={200: Listing[ScreeningOut], **READ})
def list_screenings(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[ScreeningOut]:
    """The mission's screenings, the newest first."""
    call = open_call(request, code)
    require(call.viewer, SEE, call.mission.pk)
    rows = screenings(call.viewer, call.mission)
    return listed(rows, paging, lambda row: ScreeningOut.of(row, passes(call.viewer, row)))


@router.post(ALL, response={201: ScreeningOut, **WRITE})
def run_screening(request: HttpRequest, code: str, body: ScreeningIn) -> Status[ScreeningOut]:
    """Holds persons or units against lists and the register; finds candidates, decides nothing."""
    call = open_call(request, code)
    require(call.viewer, RUN, call.mission.pk)
    in_force = {row.publisher: row for row in lists_in_force(call.viewer, call.mission)}
    missing = [name for name in body.lists if name not in in_force]
    if missing:
        raise NothingToSearch(_no_list(missing))
    kind = AskedKind(body.kind)
    typed = (
        f"{one.name}; {one.above}" if kind == AskedKind.UNIT
        else f"{one.name}; {one.born}; {one.number}"
        for one in body.asked
    )  # fmt: skip
    made = screen_lines(
        actor=call.viewer,
        mission=call.mission,
        title=body.title,
        purpose=body.purpose,
        asked=read_typed("\n".join(typed), kind),
        lists=[in_force[name] for name in dict.fromkeys(body.lists)],
        register=body.own_register,
    )
    found = screening(call.viewer, call.mission, made.pk)
    return Status(201, ScreeningOut.of(found, passes(call.viewer, found)))


@router.get(ONE, response={200: ScreeningOut, **READ})
def get_screening(request: HttpRequest, code: str, pk: uuid.UUID) -> ScreeningOut:
    """One screening and what was searched."""
    call = open_call(request, code)
    found = screening(call.viewer, call.mission, pk)
    return ScreeningOut.of(found, passes(call.viewer, found))


@router.get(f"{ONE}/lines", response={200: LinesOut, **READ})
def list_screening_lines(
    request: HttpRequest, code: str, pk: uuid.UUID, paging: Query[Paging]
) -> LinesOut:
    """Who was asked for, each with possible matches; never a verdict."""
    call = open_call(request, code)
    found = screening(call.viewer, call.mission, pk)
    searched = passes(call.viewer, found)
    numbers = range(paging.offset + 1, paging.offset + paging.limit + 1)
    return LinesOut(
        count=found.asked,  # type: ignore[attr-defined]
        limit=paging.limit,
        offset=paging.offset,
        searched=searched_words(searched),
        items=[LineOut.of(line, searched) for line in lines(call.viewer, found, numbers)],
    )


@router.post(f"{ONE}/undo", response={200: ScreeningOut, **WRITE})
def undo_screening_run(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ReasonIn
) -> ScreeningOut:
    """Takes a screening back, with a reason; its rows stay on record."""
    call = open_call(request, code)
    require(call.viewer, RUN, call.mission.pk)
    found = screening(call.viewer, call.mission, pk)
    undo_screening(actor=call.viewer, screening=found, reason=body.reason)
    return get_screening(request, code, pk)


@router.post(f"{ONE}/stop", response={200: ScreeningOut, **WRITE})
def stop_screening(request: HttpRequest, code: str, pk: uuid.UUID, body: ReasonIn) -> ScreeningOut:
    """Ends that a screening is searched again when a list changes."""
    call = open_call(request, code)
    require(call.viewer, RUN, call.mission.pk)
    found = screening(call.viewer, call.mission, pk)
    stop_watching(actor=call.viewer, screening=found, reason=body.reason)
    return get_screening(request, code, pk)


@router.post(f"{ONE}/matches/{{uuid:match}}/judgements", response={200: MatchOut, **WRITE})
def judge_match(
    request: HttpRequest, code: str, pk: uuid.UUID, match: uuid.UUID, body: JudgementIn
) -> MatchOut:
    """Judges a possible match, with reasons; a later judgement is added and holds."""
    call = open_call(request, code)
    require(call.viewer, DECIDE, call.mission.pk)
    found = screening(call.viewer, call.mission, pk)
    row = possible_match(call.viewer, found, match)
    judge(actor=call.viewer, match=row, kind=body.kind, reasons=body.reasons)
    return MatchOut.of(possible_match(call.viewer, found, match))


@router.get("/missions/{slug:code}/screening-tasks", response={200: Listing[TaskOut], **READ})
def list_screening_tasks(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[TaskOut]:
    """What changed lists give to look at again, oldest first."""
    call = open_call(request, code)
    require(call.viewer, SEE, call.mission.pk)
    return listed(open_tasks(call.viewer, call.mission), paging, TaskOut.of)


@router.post(
    "/missions/{slug:code}/screening-tasks/{uuid:task_id}/done", response={200: TaskOut, **WRITE}
)
def close_screening_task(
    request: HttpRequest, code: str, task_id: uuid.UUID, body: OutcomeIn
) -> TaskOut:
    """Closes a task with what was looked at and what came of it."""
    call = open_call(request, code)
    require(call.viewer, DECIDE, call.mission.pk)
    row = task(call.viewer, call.mission, task_id)
    close_task(actor=call.viewer, task=row, outcome=body.outcome)
    return TaskOut.of(row)


def _no_list(missing: list[str]) -> str:
    return _("No list of %(names)s is loaded. Nothing was screened. Load it, or leave it out.") % {
        "names": ", ".join(name[:20] for name in missing)
    }
