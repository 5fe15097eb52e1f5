"""The HTTP API of training: what reports state, by unit, and the names that wait for a reading."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.policy import require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Line,
    Listing,
    OptionalDay,
    Paging,
    Title,
    listed,
    marking_name,
    open_call,
)
from primacy.rooms.training.actions import BY_A_PERSON, judge_recipient
from primacy.rooms.training.models import Reading, TrainingReport
from primacy.rooms.training.queries import (
    NameLine,
    name_ids,
    name_line,
    name_lines,
    newest_first,
    training_by_unit,
    trainings,
)

router = Router(tags=["Training"])
SAME = (
    "origin", "origin_id", "fiscal_year", "country", "program", "course", "provider", "date_from",
    "date_to", "dates_as_written", "location", "trainees", "page", "report",
)  # fmt: skip
"""Fields that go out under the name they are kept by."""


class TrainingOut(BaseModel):
    """A training as a report states it; `trainees` counts seats, not persons."""

    id: uuid.UUID
    recipient: str | None
    origin: str
    origin_id: str
    fiscal_year: str
    country: str
    program: str
    course: str
    provider: str
    date_from: dt.date | None
    date_to: dt.date | None
    dates_as_written: str
    location: str
    trainees: int | None
    page: str
    report: str
    source: str
    marking: str

    @classmethod
    def of(cls, row: TrainingReport) -> "TrainingOut":
        """A training."""
        return cls(
            id=row.pk,
            recipient=row.recipient.written if row.recipient is not None else None,
            source=str(row.source),
            marking=marking_name(row.marking),
            **{name: getattr(row, name) for name in SAME},
        )


class UnitTrainingOut(BaseModel):
    """What reports state of one unit; `unstated` counts trainings without a number of seats."""

    unit: str
    name: str
    trainings: int
    seats: int
    unstated: int
    first_year: str
    last_year: str


class NameOut(BaseModel):
    """A name as reports write it, and which unit it is read as. The newest reading holds."""

    id: uuid.UUID
    written: str
    country: str
    reading: str
    unit: str | None
    by_matcher: bool
    score: float | None
    trainings: int
    seats: int | None
    first_year: str
    last_year: str

    @classmethod
    def of(cls, line: NameLine) -> "NameOut":
        """A name with the reading that holds."""
        return cls(
            id=line.row.pk,
            written=line.row.written,
            country=line.row.country,
            reading=line.reading.value,
            unit=line.unit.code if line.unit is not None else None,
            by_matcher=line.by_matcher,
            score=line.score,
            trainings=line.trainings,
            seats=line.seats,
            first_year=line.first_year,
            last_year=line.last_year,
        )


class TrainingFilter(Paging):
    """Which trainings are wanted."""

    as_of: OptionalDay = Field(None, description="of years of report that began by this day's year")


class NameFilter(Paging):
    """Which names are wanted."""

    reading: Line = Field("", description=f"one of: {', '.join(Reading.values)}")
    text: Line = Field("", description="words of the name")


class DayFilter(BaseModel):
    """The day asked for."""

    as_of: OptionalDay = None


class ReadingIn(Body):
    """Which unit a name means, and how that is known."""

    reading: Line = Field(description=f"one of: {', '.join(str(one) for one in BY_A_PERSON)}")
    unit: Line = Field("", description="code of the unit, exactly where it is read as one")
    reason: Title


@router.get("/missions/{slug:code}/trainings", response={200: Listing[TrainingOut], **READ})
def list_trainings(
    request: HttpRequest, code: str, only: Query[TrainingFilter]
) -> Listing[TrainingOut]:
    """The trainings that reports state, newest first."""
    call = open_call(request, code)
    rows = newest_first(trainings(call.viewer, call.mission, only.as_of))
    return listed(rows, only, TrainingOut.of)


@router.get(
    "/missions/{slug:code}/trainings-by-unit", response={200: list[UnitTrainingOut], **READ}
)
def list_trainings_by_unit(
    request: HttpRequest, code: str, only: Query[DayFilter]
) -> list[UnitTrainingOut]:
    """What reports state of each unit of the register, most trainings first."""
    call = open_call(request, code)
    return [
        UnitTrainingOut(
            unit=one.code,
            name=one.name,
            trainings=one.trainings,
            seats=one.seats,
            unstated=one.unstated,
            first_year=one.first_year,
            last_year=one.last_year,
        )
        for one in training_by_unit(call.viewer, call.mission, only.as_of)
    ]


@router.get("/missions/{slug:code}/training-names", response={200: Listing[NameOut], **READ})
def list_training_names(
    request: HttpRequest, code: str, only: Query[NameFilter]
) -> Listing[NameOut]:
    """Names of recipients with the reading that holds, most trainings first."""
    call = open_call(request, code)
    ids = name_ids(call.viewer, call.mission, only.reading, only.text)
    part = ids[only.offset : only.offset + only.limit]
    return Listing(
        count=len(ids),
        limit=only.limit,
        offset=only.offset,
        items=[NameOut.of(line) for line in name_lines(call.viewer, call.mission, part)],
    )


@router.post(
    "/missions/{slug:code}/training-names/{uuid:pk}/reading", response={200: NameOut, **WRITE}
)
def read_training_name(request: HttpRequest, code: str, pk: uuid.UUID, body: ReadingIn) -> NameOut:
    """Says which unit a name means, for every training under it; earlier readings stay."""
    call = open_call(request, code)
    require(call.viewer, "forces.edit", call.mission.pk)
    found = name_line(call.viewer, call.mission, pk)
    unit = unit_by_code(call.viewer, call.mission, body.unit) if body.unit else None
    judge_recipient(
        actor=call.viewer, name=found.row, reading=body.reading, reason=body.reason, unit=unit
    )
    return NameOut.of(name_line(call.viewer, call.mission, pk))
