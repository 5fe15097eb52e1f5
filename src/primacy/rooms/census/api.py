"""The HTTP API of the census: rounds, the three counts, questions with answers, recruitment."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from primacy.kernels.flags import RULES
from primacy.kernels.flags import rule as rule_of
from primacy.platform.policy import require
from primacy.rooms.census.actions import (
    answer_question,
    contest_question,
    note_unheard,
    open_round,
    put_questions,
    settle_question,
    withdraw_question,
)
from primacy.rooms.census.exports import funnel_rows
from primacy.rooms.census.models import EnrolmentRound, Question, QuestionState, RecruitmentCohort
from primacy.rooms.census.models.question import Outcome
from primacy.rooms.census.queries import (
    VIEW,
    cohort_by_code,
    cohorts,
    entries,
    question_by_id,
    questions,
    round_by_id,
    rounds,
)
from primacy.rooms.census.reading import UnitCounts, sheet_of
from primacy.rooms.census.recruitment import funnel_of
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Day,
    Line,
    Listing,
    MarkingName,
    Paging,
    Title,
    Words,
    listed,
    marking_name,
    marking_of,
    open_call,
)

router = Router(tags=["Census"])
KEEP = "census.keep"
ROUNDS = "/missions/{slug:code}/census-rounds"
QUESTIONS = "/missions/{slug:code}/census-questions"
COHORTS = "/missions/{slug:code}/recruitment-classes"


class RoundOut(BaseModel):
    """A registration of everybody who carries a post."""

    id: uuid.UUID
    name: str
    opened_on: dt.date
    census_day: dt.date
    closed_on: dt.date | None
    legal_basis: str
    method: str
    source: str
    marking: str

    @classmethod
    def of(cls, row: EnrolmentRound) -> "RoundOut":
        """A round."""
        return cls(
            id=row.pk,
            name=row.name,
            opened_on=row.opened_on,
            census_day=row.census_day,
            closed_on=row.closed_on,
            legal_basis=row.legal_basis,
            method=row.method,
            source=str(row.source),
            marking=marking_name(row.marking),
        )


class CountsOut(BaseModel):
    """Assigned, present and paid of one unit; `present` is empty without a head count."""

    unit: str
    name: str
    head_count_on: dt.date | None
    assigned: int
    present: int | None
    paid: int
    unexplained: int | None
    present_though_away: int

    @classmethod
    def of(cls, line: UnitCounts) -> "CountsOut":
        """The three counts of a unit."""
        three, count = line.counts, line.head_count
        return cls(
            unit=line.unit.code,
            name=line.unit.name,
            head_count_on=count.day if count is not None else None,
            assigned=three.assigned,
            present=three.present if count is not None else None,
            paid=three.paid,
            unexplained=three.assigned_present.unexplained if count is not None else None,
            present_though_away=len(three.present_though_away),
        )


class MonthOut(BaseModel):
    """The reconciliation of a month, by unit."""

    month: dt.date
    without_unit: int
    paid_elsewhere: int
    items: list[CountsOut]


class EntryOut(BaseModel):
    """What one side said."""

    act: str
    side: str
    said_by: str
    text: str
    recorded_at: dt.datetime


class QuestionOut(BaseModel):
    """A question to an office about records that do not fit; never a finding."""

    id: uuid.UUID
    round: uuid.UUID
    rule: str
    title: str
    unit: str | None
    office: str
    severity: str
    reasons: list[str]
    due_on: dt.date
    state: str
    outcome: str
    marking: str

    @classmethod
    def of(cls, row: Question) -> "QuestionOut":
        """A question."""
        return cls(
            id=row.pk,
            round=row.round_id,
            rule=row.rule,
            title=str(rule_of(row.rule).title),
            unit=row.unit.code if row.unit is not None else None,
            office=row.office,
            severity=row.severity,
            reasons=row.reasons,
            due_on=row.due_on,
            state=row.state,
            outcome=row.outcome,
            marking=marking_name(row.marking),
        )


class QuestionWithEntries(QuestionOut):
    """A question with all that was said, in order."""

    entries: list[EntryOut]


class ClassOut(BaseModel):
    """A class of recruits."""

    code: str
    name: str
    force: str
    advertised_on: dt.date
    places: int | None
    state: str
    source: str
    marking: str

    @classmethod
    def of(cls, row: RecruitmentCohort) -> "ClassOut":
        """A class."""
        return cls(
            code=row.code,
            name=row.name,
            force=row.force,
            advertised_on=row.advertised_on,
            places=row.places,
            state=row.state,
            source=str(row.source),
            marking=marking_name(row.marking),
        )


class FunnelOut(BaseModel):
    """How many of a sex and region reached a stage; "all" sums over. Small counts are held back."""

    stage: str
    sex: str
    region: str
    reached: int | str
    dropped: int | str


class RoundIn(Body):
    """A new round."""

    name: Line
    opened_on: Day
    census_day: Day
    source: Title
    legal_basis: Title = ""
    method: Words = ""
    marking: MarkingName = "confidential"


class MonthFilter(BaseModel):
    """The month asked for."""

    month: Day = Field(description="any day of the month")


class QuestionFilter(Paging):
    """Which questions are wanted."""

    state: Line = Field("", description=f"one of: {', '.join(QuestionState.values)}")


class RulesIn(Body):
    """Which rules are asked; all where none is named."""

    rules: list[Line] = Field(
        default_factory=list, max_length=len(RULES),
        description=f"some of: {', '.join(one.code for one in RULES)}",
    )  # fmt: skip


class SaidIn(Body):
    """What a side says, and who speaks for it."""

    said_by: Line
    text: Words


class TextIn(Body):
    """What is said."""

    text: Words


class SettledIn(TextIn):
    """How a question is settled."""

    outcome: Line = Field(description=f"one of: {', '.join(Outcome.values)}")


@router.get(ROUNDS, response={200: Listing[RoundOut], **READ})
def list_rounds(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[RoundOut]:
    """The mission's enrolment rounds, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(rounds(call.viewer, call.mission), paging, RoundOut.of)


@router.post(ROUNDS, response={201: RoundOut, **WRITE})
def open_census_round(request: HttpRequest, code: str, body: RoundIn) -> Status[RoundOut]:
    """Opens an enrolment round; what is counted, is counted as of its census day."""
    call = open_call(request, code)
    made = open_round(
        actor=call.viewer,
        mission=call.mission,
        name=body.name,
        opened_on=body.opened_on,
        census_day=body.census_day,
        source_title=body.source,
        legal_basis=body.legal_basis,
        method=body.method,
        marking=marking_of(body.marking),
    )
    return Status(201, RoundOut.of(made))


@router.get(f"{ROUNDS}/{{uuid:round_id}}/counts", response={200: MonthOut, **READ})
def get_counts(
    request: HttpRequest, code: str, round_id: uuid.UUID, only: Query[MonthFilter]
) -> MonthOut:
    """Assigned, present and paid by unit; refused where a part of the records is not open."""
    call = open_call(request, code)
    row = round_by_id(call.viewer, call.mission, round_id)
    sheet = sheet_of(call.viewer, row, only.month.replace(day=1))
    return MonthOut(
        month=sheet.month,
        without_unit=sheet.without_unit,
        paid_elsewhere=sheet.paid_elsewhere,
        items=[CountsOut.of(line) for line in sheet.units],
    )


@router.post(f"{ROUNDS}/{{uuid:round_id}}/questions", response={201: list[QuestionOut], **WRITE})
def ask_questions(
    request: HttpRequest, code: str, round_id: uuid.UUID, body: RulesIn
) -> Status[list[QuestionOut]]:
    """Puts what does not fit to the offices as questions; what was asked is not asked again."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    row = round_by_id(call.viewer, call.mission, round_id)
    made = put_questions(actor=call.viewer, round=row, rules=body.rules)
    return Status(201, [QuestionOut.of(one) for one in made])


@router.get(QUESTIONS, response={200: Listing[QuestionOut], **READ})
def list_questions(
    request: HttpRequest, code: str, only: Query[QuestionFilter]
) -> Listing[QuestionOut]:
    """The questions put to offices, those due first at the top."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    rows = questions(call.viewer, call.mission)
    return listed(rows.filter(state=only.state) if only.state else rows, only, QuestionOut.of)


@router.get(f"{QUESTIONS}/{{uuid:question}}", response={200: QuestionWithEntries, **READ})
def get_question(request: HttpRequest, code: str, question: uuid.UUID) -> QuestionWithEntries:
    """One question with all that was said."""
    call = open_call(request, code)
    return _shown(call, question)


@router.post(f"{QUESTIONS}/{{uuid:question}}/answer", response={200: QuestionWithEntries, **WRITE})
def answer_census_question(
    request: HttpRequest, code: str, question: uuid.UUID, body: SaidIn
) -> QuestionWithEntries:
    """Writes down what the office answers."""
    call = open_call(request, code)
    row = question_by_id(call.viewer, call.mission, question)
    answer_question(actor=call.viewer, question=row, said_by=body.said_by, text=body.text)
    return _shown(call, question)


@router.post(f"{QUESTIONS}/{{uuid:question}}/contest", response={200: QuestionWithEntries, **WRITE})
def contest_census_question(
    request: HttpRequest, code: str, question: uuid.UUID, body: SaidIn
) -> QuestionWithEntries:
    """Writes down what those concerned say against the answer."""
    call = open_call(request, code)
    row = question_by_id(call.viewer, call.mission, question)
    contest_question(actor=call.viewer, question=row, said_by=body.said_by, text=body.text)
    return _shown(call, question)


@router.post(f"{QUESTIONS}/{{uuid:question}}/unheard", response={200: QuestionWithEntries, **WRITE})
def note_census_unheard(
    request: HttpRequest, code: str, question: uuid.UUID, body: TextIn
) -> QuestionWithEntries:
    """Notes how those concerned were sought and why they could not be heard."""
    call = open_call(request, code)
    row = question_by_id(call.viewer, call.mission, question)
    note_unheard(actor=call.viewer, question=row, text=body.text)
    return _shown(call, question)


@router.post(f"{QUESTIONS}/{{uuid:question}}/settle", response={200: QuestionWithEntries, **WRITE})
def settle_census_question(
    request: HttpRequest, code: str, question: uuid.UUID, body: SettledIn
) -> QuestionWithEntries:
    """Settles a question once both sides were heard."""
    call = open_call(request, code)
    row = question_by_id(call.viewer, call.mission, question)
    settle_question(actor=call.viewer, question=row, outcome=body.outcome, text=body.text)
    return _shown(call, question)


@router.post(
    f"{QUESTIONS}/{{uuid:question}}/withdraw", response={200: QuestionWithEntries, **WRITE}
)
def withdraw_census_question(
    request: HttpRequest, code: str, question: uuid.UUID, body: TextIn
) -> QuestionWithEntries:
    """Takes a question back, with the reason."""
    call = open_call(request, code)
    row = question_by_id(call.viewer, call.mission, question)
    withdraw_question(actor=call.viewer, question=row, text=body.text)
    return _shown(call, question)


@router.get(COHORTS, response={200: Listing[ClassOut], **READ})
def list_classes(request: HttpRequest, code: str, paging: Query[Paging]) -> Listing[ClassOut]:
    """The classes of recruits, the newest first."""
    call = open_call(request, code)
    return listed(cohorts(call.viewer, call.mission), paging, ClassOut.of)


@router.get(f"{COHORTS}/{{cohort}}/funnel", response={200: list[FunnelOut], **READ})
def get_funnel(request: HttpRequest, code: str, cohort: str) -> list[FunnelOut]:
    """Who reached which stage; empty where fewer than two stages are counted."""
    call = open_call(request, code)
    reading = funnel_of(call.viewer, cohort_by_code(call.viewer, call.mission, cohort))
    if reading is None:
        return []
    names = ("stage", "sex", "region", "reached", "dropped")
    return [FunnelOut(**dict(zip(names, row, strict=True))) for row in funnel_rows(reading)]  # type: ignore[arg-type]


def _shown(call: Call, pk: uuid.UUID) -> QuestionWithEntries:
    row = question_by_id(call.viewer, call.mission, pk)
    said = [
        EntryOut(act=e.act, side=e.side, said_by=e.said_by, text=e.text, recorded_at=e.recorded_at)
        for e in entries(call.viewer, row)
    ]
    return QuestionWithEntries(**QuestionOut.of(row).model_dump(), entries=said)
