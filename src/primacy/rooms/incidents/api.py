"""The HTTP API of incidents: events with place, time, actors and harm, page by page."""

import datetime as dt
import uuid
from typing import Annotated, Self

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, model_validator

from primacy.platform.policy import visible
from primacy.rooms.incidents.models import Incident, IncidentType
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
    """One event as one origin reported it; precision codes follow the UCDP GED codebook."""

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
    deaths_best: int
    deaths_low: int
    deaths_high: int
    deaths_civilians: int
    headline: str
    source_text: str
    marking: str

    @classmethod
    def of(cls, row: Incident) -> "IncidentOut":
        """An event."""
        return cls(
            id=row.pk,
            area=row.area.code if row.area else None,
            marking=marking_name(row.marking),
            **{name: getattr(row, name) for name in SAME},
        )


class IncidentPage(BaseModel):
    """A page of events, newest first; `next` is the `after` of the following page."""

    items: list[IncidentOut]
    next: str | None


def _box(value: object) -> object:
    """Four numbers parted by commas as a box; an empty text counts as not given."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError as problem:
        raise ValueError("Write west,south,east,north in degrees, e.g. 124,-10,128,-8.") from (
            problem
        )
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("The box is not on the earth, or its south lies above its north.")
    return west, south, east, north


class IncidentFilter(BaseModel):
    """Which events are wanted."""

    since: OptionalDay = Field(None, alias="from", description="events that ended on or after")
    until: OptionalDay = Field(None, alias="to", description="events that began on or before")
    type: Line = Field("", description=f"one of: {', '.join(IncidentType.values)}")
    area: Line = Field("", description="code of the area the event was put into")
    bbox: Annotated[
        Box | None,
        BeforeValidator(_box),
        Field(json_schema_extra={"type": "string", "anyOf": [{"type": "string"}]}),
    ] = Field(None, description="west,south,east,north in degrees; west above east crosses 180°")
    after: Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\d_[0-9a-f-]{36})?$")] = Field(
        "", description="`next` of the page before"
    )
    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)

    @model_validator(mode="after")
    def _readable_cursor(self) -> Self:
        if self.after:
            self.cursor()
        return self

    def cursor(self) -> tuple[dt.date, uuid.UUID]:
        """The last event of the page before; ValueError where the text is none of ours."""
        day, _, pk = self.after.partition("_")
        return dt.date.fromisoformat(day), uuid.UUID(pk)


@router.get("/missions/{slug:code}/incidents", response={200: IncidentPage, **READ})
def list_incidents(request: HttpRequest, code: str, only: Query[IncidentFilter]) -> IncidentPage:
    """Events as last reported, newest first; pages stay whole while new events come in."""
    call = open_call(request, code)
    found = list(_wanted(call, only)[: only.limit + 1])
    shown = found[: only.limit]
    more = len(found) > only.limit
    return IncidentPage(
        items=[IncidentOut.of(row) for row in shown],
        next=f"{shown[-1].date_start.isoformat()}_{shown[-1].pk}" if more else None,
    )


def _wanted(call: Call, only: IncidentFilter) -> QuerySet[Incident]:
    """The events asked for, in an order in which every event has one place."""
    rows = visible(
        call.viewer, call.mission.incidents.filter(superseded_at__isnull=True), "incidents.view"
    )
    wanted = {
        "date_end__gte": only.since,
        "date_start__lte": only.until,
        "type": only.type,
        "area__code": only.area,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if only.bbox:
        rows = rows.filter(_inside(only.bbox))
    if only.after:
        day, pk = only.cursor()
        rows = rows.filter(Q(date_start__lt=day) | Q(date_start=day, pk__lt=pk))
    return rows.select_related("area").order_by("-date_start", "-pk")


def _inside(box: Box) -> Q:
    west, south, east, north = box
    within = Q(lat__gte=south, lat__lte=north)
    if west <= east:
        return within & Q(lon__gte=west, lon__lte=east)
    return within & (Q(lon__gte=west) | Q(lon__lte=east))
