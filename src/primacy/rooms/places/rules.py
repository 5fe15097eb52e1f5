"""Rules of places: folding names for matching, shapes made valid, points put into areas."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

EARTH_KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on the sphere of mean radius 6,371.0 km."""


def fold(name: str) -> str:
    """A name without accents, case, punctuation and the words for "county" or "district"."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[^a-z0-9]+", " ", plain)
    plain = re.sub(r"\b(county|district|province|distrito|provincia|of)\b", " ", plain)
    return " ".join(plain.split())


def holder_on(holder: str, held_since: dt.date | None, day: dt.date) -> str:
    """Who held a site on a day: "unknown" before the day from which the holder is known."""
    return "unknown" if held_since is not None and day < held_since else holder


def polygon(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, made valid; empty where it holds none."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [g for g in shapely.get_parts(geometry) if g.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def area_km2(geometry: BaseGeometry) -> float:
    """Area in km² on the sphere, by Lambert's equal-area projection of the vertices."""

    def project(points: np.ndarray) -> np.ndarray:
        lat = np.radians(points[:, 1])
        return np.column_stack(
            [points[:, 0] * EARTH_KM_PER_DEGREE, np.degrees(np.sin(lat)) * EARTH_KM_PER_DEGREE]
        )

    return float(shapely.area(shapely.transform(geometry, project)))


@dataclass(frozen=True)
class BoundaryValues:
    """The stored columns of a shape."""

    geometry: str
    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float
    label_lat: float
    label_lon: float
    area_km2: float


def boundary_values(geometry: BaseGeometry) -> BoundaryValues:
    """The columns of a valid polygon: GeoJSON text, box, a point inside for the label, km²."""
    west, south, east, north = geometry.bounds
    label = geometry.representative_point()
    return BoundaryValues(
        geometry=json.dumps(mapping(shapely.set_precision(geometry, 1e-6)), separators=(",", ":")),
        min_lon=west,
        min_lat=south,
        max_lon=east,
        max_lat=north,
        label_lat=label.y,
        label_lon=label.x,
        area_km2=round(area_km2(geometry), 1),
    )


class AreaLocator:
    """Finds the area of points: the deepest level wins where areas are nested."""

    def __init__(self, shapes: Sequence[tuple[object, int, Mapping[str, object]]]) -> None:
        """`shapes`: (area id, level, GeoJSON geometry); deeper levels are looked at first."""
        ordered = sorted(shapes, key=lambda row: -row[1])
        self._ids = [row[0] for row in ordered]
        self._tree = shapely.STRtree([shape(dict(row[2])) for row in ordered])

    def locate(self, lat: np.ndarray, lon: np.ndarray) -> list[object | None]:
        """The area id of each point, or None outside all areas."""
        found: list[object | None] = [None] * len(lat)
        if not self._ids:
            return found
        points, hits = self._tree.query(shapely.points(lon, lat), predicate="intersects")
        best: dict[int, int] = {}
        for point, hit in zip(points.tolist(), hits.tolist(), strict=True):
            # Indices follow depth, so the smallest is the deepest area.
            if point not in best or hit < best[point]:
                best[point] = hit
        for point, hit in best.items():
            found[point] = self._ids[hit]
        return found
