"""What the API says of missions and areas."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from primacy.rooms.places.api.frame import marking_name
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission, Site


class MissionLine(BaseModel):
    """A mission in a list."""

    code: str
    name: str
    short_name: str
    country: str
    is_case: bool
    open_to_guests: bool

    @classmethod
    def of(cls, row: Mission) -> "MissionLine":
        """The line of a mission."""
        return cls(**{name: getattr(row, name) for name in MissionLine.model_fields})


class MissionCard(MissionLine):
    """A mission in full."""

    country_code: str
    host_force: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    default_as_of: dt.date | None
    ladder: list[str]
    summary: str
    story: str

    @classmethod
    def of(cls, row: Mission) -> "MissionCard":
        """The card of a mission."""
        return cls(**{name: getattr(row, name) for name in MissionCard.model_fields})


class AreaLine(BaseModel):
    """An area in a list."""

    code: str
    name: str
    level: int
    kind: str
    p_code: str
    parent: str | None
    aliases: list[str]
    marking: str

    @classmethod
    def of(cls, row: Area, parent: str | None) -> "AreaLine":
        """The line of an area; `parent` is the code of the area above, where it may be seen."""
        return cls(
            code=row.code,
            name=row.name,
            level=row.level,
            kind=row.kind,
            p_code=row.p_code,
            parent=parent,
            aliases=row.aliases,
            marking=marking_name(row.marking),
        )


class PopulationCard(BaseModel):
    """A population figure with its year and source."""

    value: int
    year: int
    qualifier: str
    definition: str
    source: str

    @classmethod
    def of(cls, row: AreaPopulation) -> "PopulationCard":
        """The card of a figure."""
        return cls(
            value=row.value,
            year=row.year,
            qualifier=row.qualifier,
            definition=row.definition,
            source=str(row.source),
        )


class BoundaryCard(BaseModel):
    """Which shape is in force; the shape itself is in `boundaries.geojson`."""

    vintage: str
    approximate: bool
    basis: str
    area_km2: float
    box: tuple[float, float, float, float]
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str

    @classmethod
    def of(cls, row: AreaBoundary) -> "BoundaryCard":
        """The card of a boundary."""
        return cls(
            vintage=row.vintage,
            approximate=row.approximate,
            basis=row.basis,
            area_km2=row.area_km2,
            box=(row.min_lon, row.min_lat, row.max_lon, row.max_lat),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=str(row.source),
        )


class SiteLine(BaseModel):
    """A post, base, station or other site."""

    code: str
    name: str
    kind: str
    area: str | None
    lat: float
    lon: float
    holder: str
    held_since: dt.date | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    note: str
    source: str

    @classmethod
    def of(cls, row: Site) -> "SiteLine":
        """The line of a site."""
        return cls(
            code=row.code,
            name=row.name,
            kind=row.kind,
            area=row.area.code if row.area else None,
            lat=row.lat,
            lon=row.lon,
            holder=row.holder,
            held_since=row.held_since,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            note=row.note,
            source=str(row.source),
        )


class AreaCard(AreaLine):
    """An area as of a day."""

    as_of: dt.date
    population: PopulationCard | None
    boundary: BoundaryCard | None
    sites: list[SiteLine]


class BoundaryProperties(BaseModel):
    """What a shape says of itself."""

    code: str
    name: str
    level: int
    vintage: str
    approximate: bool
    basis: str
    source: str


class Geometry(BaseModel):
    """A GeoJSON polygon, in WGS 84."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[object]


class BoundaryFeature(BaseModel):
    """One area's shape."""

    type: Literal["Feature"]
    geometry: Geometry
    properties: BoundaryProperties


class BoundaryCollection(BaseModel):
    """All shapes in force on a day, as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[BoundaryFeature]
