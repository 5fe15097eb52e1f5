"""What other rooms may use of places."""

from primacy.rooms.places.actions import create_mission
from primacy.rooms.places.errors import BadPlace, NoSuchArea, NoSuchMission, PlacesError
from primacy.rooms.places.imports import (
    AreasOptions,
    AreasPreview,
    AreasRefused,
    load_areas,
    preview_areas,
    undo_areas,
)
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission, Site
from primacy.rooms.places.page import Page, open_page
from primacy.rooms.places.queries import (
    Outline,
    area_by_code,
    areas,
    boundaries_at,
    boundary_versions,
    geometries,
    mission_by_code,
    missions,
    outlines_at,
    populations_at,
    sites,
)
from primacy.rooms.places.rules import fold, holder_on

__all__ = [
    "Area",
    "AreaBoundary",
    "AreaPopulation",
    "AreasOptions",
    "AreasPreview",
    "AreasRefused",
    "BadPlace",
    "Mission",
    "NoSuchArea",
    "NoSuchMission",
    "Outline",
    "Page",
    "PlacesError",
    "Site",
    "area_by_code",
    "areas",
    "boundaries_at",
    "boundary_versions",
    "create_mission",
    "fold",
    "geometries",
    "holder_on",
    "load_areas",
    "mission_by_code",
    "missions",
    "open_page",
    "outlines_at",
    "populations_at",
    "preview_areas",
    "sites",
    "undo_areas",
]
