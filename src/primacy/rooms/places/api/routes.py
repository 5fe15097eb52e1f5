"""Routes of places."""

import json

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.platform.policy import Viewer
from primacy.rooms.places.api.frame import (
    READ,
    Line,
    Listing,
    OptionalDay,
    Paging,
    listed,
    open_call,
    viewer_of,
)
from primacy.rooms.places.api.schemas import (
    AreaCard,
    AreaLine,
    BoundaryCard,
    BoundaryCollection,
    BoundaryProperties,
    MissionCard,
    MissionLine,
    PopulationCard,
    SiteLine,
)
from primacy.rooms.places.models import AreaBoundary, Mission
from primacy.rooms.places.queries import (
    area_by_code,
    areas,
    boundaries_at,
    missions,
    populations_at,
    sites,
)

router = Router(tags=["Places"])

GEOJSON = "application/geo+json"


class AreaFilter(Paging):
    """Which areas are wanted."""

    level: int | None = Field(None, ge=0, le=20, description="0 is the country")


class SiteFilter(Paging):
    """Which sites are wanted."""

    as_of: OptionalDay = Field(None, description="only sites that stood on this day")


class BoundaryFilter(BaseModel):
    """Which shapes are wanted."""

    as_of: OptionalDay = None
    level: int | None = Field(None, ge=0, le=20)


@router.get("/missions", response={200: Listing[MissionLine], **READ})
def list_missions(request: HttpRequest, paging: Query[Paging]) -> Listing[MissionLine]:
    """The missions whose boards you may open."""
    return listed(missions(viewer_of(request)), paging, MissionLine.of)


@router.get("/missions/{slug:code}", response={200: MissionCard, **READ})
def get_mission(request: HttpRequest, code: str) -> MissionCard:
    """One mission: its ladder of leads, its dates, its story."""
    return MissionCard.of(open_call(request, code).mission)


@router.get("/missions/{slug:code}/areas", response={200: Listing[AreaLine], **READ})
def list_areas(request: HttpRequest, code: str, only: Query[AreaFilter]) -> Listing[AreaLine]:
    """The mission's areas, the largest level first."""
    call = open_call(request, code)
    codes = _codes(call.viewer, call.mission)
    rows = areas(call.viewer, call.mission, only.level)
    return listed(rows, only, lambda row: AreaLine.of(row, codes.get(str(row.parent_id))))


@router.get("/missions/{slug:code}/areas/{area}", response={200: AreaCard, **READ})
def get_area(request: HttpRequest, code: str, area: Line, as_of: OptionalDay = None) -> AreaCard:
    """One area by its code, P-code or name: population, shape and sites as of a day."""
    call = open_call(request, code)
    row = area_by_code(call.viewer, call.mission, area)
    day = call.day(as_of)
    figure = populations_at(call.viewer, call.mission, day, row).get(row.pk)
    shape = boundaries_at(call.viewer, call.mission, day, row.level).get(row.pk)
    parent = _codes(call.viewer, call.mission).get(str(row.parent_id))
    return AreaCard(
        **AreaLine.of(row, parent).model_dump(),
        as_of=day,
        population=PopulationCard.of(figure) if figure else None,
        boundary=BoundaryCard.of(shape) if shape else None,
        sites=[SiteLine.of(s) for s in sites(call.viewer, call.mission, day).filter(area=row)],
    )


@router.get("/missions/{slug:code}/sites", response={200: Listing[SiteLine], **READ})
def list_sites(request: HttpRequest, code: str, only: Query[SiteFilter]) -> Listing[SiteLine]:
    """The mission's posts, bases, stations and protected sites, and who holds each."""
    call = open_call(request, code)
    return listed(sites(call.viewer, call.mission, only.as_of), only, SiteLine.of)


@router.get(
    "/missions/{slug:code}/boundaries.geojson",
    response={200: BoundaryCollection, **READ},
)
def get_boundaries(request: HttpRequest, code: str, only: Query[BoundaryFilter]) -> HttpResponse:
    """The shapes in force on a day, as GeoJSON."""
    call = open_call(request, code)
    shapes = boundaries_at(call.viewer, call.mission, call.day(only.as_of), only.level)
    features = ",".join(_feature(row) for row in shapes.values())
    # The stored text goes out as it is: parsing thousands of vertices would only cost time.
    body = f'{{"type":"FeatureCollection","features":[{features}]}}'
    return HttpResponse(body, content_type=GEOJSON)


def _feature(row: AreaBoundary) -> str:
    """A shape as GeoJSON text."""
    about = BoundaryProperties(
        code=row.area.code,
        name=row.area.name,
        level=row.area.level,
        vintage=row.vintage,
        approximate=row.approximate,
        basis=row.basis,
        source=str(row.source),
    )
    properties = json.dumps(about.model_dump(), ensure_ascii=False)
    return f'{{"type":"Feature","properties":{properties},"geometry":{row.geometry}}}'


def _codes(viewer: Viewer, mission: Mission) -> dict[str, str]:
    """Codes by id of the areas the viewer may see: a parent that is not open is not named."""
    return {str(pk): code for pk, code in areas(viewer, mission).values_list("pk", "code")}
