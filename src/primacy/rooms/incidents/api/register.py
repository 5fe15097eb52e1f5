"""The HTTP API of incidents: events with place, time, actors and harm, page by page."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import AfterValidator, BaseModel, Field

from primacy.rooms.incidents.models import Incident, IncidentType
from primacy.rooms.incidents.queries import (
    CURSOR_MARK,
    incident_by_id,
    incidents,
    narrowed,
    page_of,
)
from primacy.rooms.incidents.queries import IncidentFilter as Wanted
from primacy.rooms.places.api.frame import (
    LARGEST_PAGE,
    PAGE_SIZE,
    READ,
    Call,
    Line,
    OptionalDay,
    marking_name,
    open_call,
)
from primacy.rooms.places.facade import area_by_code

router = Router(tags=["Incidents"])

SAME = (
    "origin", "origin_id", "vintage", "type", "date_start", "date_end", "date_precision",
    "lat", "lon", "where_precision", "place", "adm_1", "adm_2", "country", "side_a", "side_b",
    "conflict", "deaths_best", "deaths_low", "deaths_high", "deaths_civilians", "headline",
    "source_text",
)  # fmt: skip
"""Fields that go out under the name they are kept by."""

Box = tuple[float, float, float, float]


class IncidentOut(BaseModel):
    """One event as one origin reported it; precision codes follow the UCDP GED codebook.

    `withheld`: its deaths are too few persons to be shown outside the team that entered them.
    """

    id: uuid.UUID
    origin: str
    origin_id: str
    vintage: str
    type: str
    date_start: dt.date
    date_end: dt.date
    date_precision: int
    lat: float
    lon: float
    where_precision: int
    place: str
    adm_1: str
    adm_2: str
    country: str
    area: str | None
    side_a: str
    side_b: str
    conflict: str
    deaths_best: int | None
    deaths_low: int | None
    deaths_high: int | None
    deaths_civilians: int | None
    headline: str
    source_text: str
    marking: str
    withheld: bool

    @classmethod
    def of(cls, row: Incident) -> "IncidentOut":
        """An event."""
        return cls(
            id=row.pk,
            area=row.area.code if row.area else None,
            marking=marking_name(row.marking),
            withheld=row.withheld,
            **{name: getattr(row, name) for name in SAME},
        )


class IncidentPage(BaseModel):
    """A page of events, newest first; `next` is the `after` of the following page."""

    items: list[IncidentOut]
    next: str | None


def box_of(text: str) -> Box | None:
    """Four numbers parted by commas as a box; None where nothing was given."""
    if not text.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as problem:
        raise ValueError(_("Write west,south,east,north in degrees, e.g. 124,-10,128,-8.")) from (
            problem
        )
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(_("The box is not on the earth, or its south lies above its north."))
    return west, south, east, north


def cursor_of(text: str) -> tuple[dt.date, uuid.UUID] | None:
    """The last event of the page before; None where the first page is wanted."""
    if not text:
        return None
    day, pk = text.split(CURSOR_MARK, 1) if CURSOR_MARK in text else (text, "")
    try:
        return dt.date.fromisoformat(day), uuid.UUID(pk)
    except ValueError as problem:
        raise ValueError(_("Give back `next` of the page before as it was.")) from problem


def _readable(read: Callable[[str], object]) -> AfterValidator:
    """Keeps the text as it is, where it can be read."""

    def check(text: str) -> str:
        read(text)
        return text

    return AfterValidator(check)


class IncidentFilter(BaseModel):
    """Which events are wanted."""

    since: OptionalDay = Field(None, alias="from", description="events that ended on or after")
    until: OptionalDay = Field(None, alias="to", description="events that began on or before")
    type: Line = Field("", description=f"one of: {', '.join(IncidentType.values)}")
    area: Line = Field("", description="code of an area; those under it count too")
    text: Line = Field("", description="words of the place, the actors or the headline")
    known_on: OptionalDay = Field(None, description="as reported by the end of this day")
    bbox: Annotated[Line, _readable(box_of)] = Field(
        "", description="west,south,east,north in degrees; west above east crosses 180°"
    )
    after: Annotated[Line, _readable(cursor_of)] = Field(
        "", description="`next` of the page before"
    )
    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)


@router.get("/missions/{slug:code}/incidents", response={200: IncidentPage, **READ})
def list_incidents(request: HttpRequest, code: str, only: Query[IncidentFilter]) -> IncidentPage:
    """Events, newest first; pages stay whole while new events come in."""
    call = open_call(request, code)
    page = page_of(_wanted(call, only), only.after, only.limit)
    return IncidentPage(
        items=[IncidentOut.of(row) for row in page.rows], next=page.following or None
    )


@router.get("/missions/{slug:code}/incidents/{uuid:pk}", response={200: IncidentOut, **READ})
def get_incident(request: HttpRequest, code: str, pk: uuid.UUID) -> IncidentOut:
    """One event, in whichever version was asked for."""
    call = open_call(request, code)
    return IncidentOut.of(incident_by_id(call.viewer, call.mission, pk))


def _wanted(call: Call, only: IncidentFilter) -> QuerySet[Incident]:
    """The events asked for."""
    wanted = Wanted(
        start=only.since,
        end=only.until,
        types=(only.type,) if only.type else (),
        area=area_by_code(call.viewer, call.mission, only.area) if only.area else None,
        text=only.text,
    )
    rows = incidents(call.viewer, call.mission, known_on=only.known_on)
    rows = narrowed(call.viewer, call.mission, rows, wanted)
    box = box_of(only.bbox)
    return rows.filter(_inside(box)) if box else rows


def _inside(box: Box) -> Q:
    west, south, east, north = box
    within = Q(lat__gte=south, lat__lte=north)
    if west <= east:
        return within & Q(lon__gte=west, lon__lte=east)
    return within & (Q(lon__gte=west) | Q(lon__lte=east))
