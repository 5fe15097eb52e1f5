"""Routes of the board: the same matrix as the page and `primacy board`."""

import datetime as dt

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.as_of import end_of
from primacy.rooms.places.api.frame import READ, OptionalDay, open_call
from primacy.rooms.readiness.board import responsibilities
from primacy.rooms.readiness.exports import BoardData, board_data
from primacy.rooms.readiness.kept_board import read_board

router = Router()


class CellOut(BaseModel):
    """One responsibility of one area. No further step is null; an unknown lead is "unknown"."""

    code: str
    name: str
    lead: str
    since: str | None
    since_earliest: str | None
    uncertain: bool
    trial_until: str | None
    inherited: bool
    readiness: str | None
    next_lead: str | None
    binding: str | None
    why: str
    source: str | None
    basis: str | None


class SubjectOut(BaseModel):
    """One area or special unit."""

    name: str
    code: str
    population: int | None
    population_year: int | None
    responsibilities: list[CellOut]


class BoardOut(BaseModel):
    """A whole board as of a day."""

    as_of: str
    mission: str
    mission_name: str
    standard: str | None
    areas: list[SubjectOut]
    units: list[SubjectOut]


class ResponsibilityOut(BaseModel):
    """A function that is handed over."""

    code: str
    name: str
    description: str
    dropped_on: dt.date | None


class BoardFilter(BaseModel):
    """The two times: as things stood on a day, as it was known on a day."""

    as_of: OptionalDay = Field(None, description="default: today; a closed case opens on its own")
    known_on: OptionalDay = Field(None, description="only what was recorded by the end of this day")


@router.get("/missions/{slug:code}/board", response={200: BoardOut, **READ})
def get_board(request: HttpRequest, code: str, only: Query[BoardFilter]) -> BoardData:
    """Who leads what, where, as of a day, and whether the next step is ready."""
    call = open_call(request, code)
    known = end_of(only.known_on) if only.known_on else None
    return board_data(read_board(call.viewer, call.mission, call.day(only.as_of), known))


@router.get(
    "/missions/{slug:code}/responsibilities", response={200: list[ResponsibilityOut], **READ}
)
def list_responsibilities(
    request: HttpRequest, code: str, as_of: OptionalDay = None
) -> list[ResponsibilityOut]:
    """The responsibilities of the mission, in the order of the board."""
    call = open_call(request, code)
    return [
        ResponsibilityOut(
            code=row.code, name=row.name, description=row.description, dropped_on=row.dropped_on
        )
        for row in responsibilities(call.viewer, call.mission, call.day(as_of))
    ]
