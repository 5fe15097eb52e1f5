"""Records of places."""

from primacy.rooms.places.models.area import Area, AreaKind
from primacy.rooms.places.models.boundary import AreaBoundary
from primacy.rooms.places.models.mission import Mission
from primacy.rooms.places.models.population import AreaPopulation
from primacy.rooms.places.models.site import Site, SiteKind

__all__ = ["Area", "AreaBoundary", "AreaKind", "AreaPopulation", "Mission", "Site", "SiteKind"]
