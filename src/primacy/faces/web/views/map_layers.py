"""The layers of the map as GeoJSON: areas by lead and readiness, sites, incidents, base map."""

import datetime as dt
import json
import math
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import quote

import shapely
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Func, IntegerField, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import mapping, shape

from primacy.platform.language.figures import grouped
from primacy.platform.policy import Viewer
from primacy.platform.shipped import shipped
from primacy.rooms.incidents.facade import Incident, incidents, sums_of
from primacy.rooms.places.facade import (
    AreaBoundary,
    Mission,
    Page,
    fold,
    geometries,
    holder_on,
    outlines_at,
    sites,
)
from primacy.rooms.readiness.facade import Board, Row, read_board

MOST_POINTS = 5_000
"""Above this many incidents the map gets counts by grid cell: nothing is left out."""

CELL_DEGREES = 0.25
WHOLE_TURN = 360
WINDOWS = {
    "90": gettext_lazy("in the 90 days before"),
    "365": gettext_lazy("in the year before"),
    "all": gettext_lazy("up to the day"),
}
KEY = "one-area"
"""Stands in an address for the code of an area."""
MARGIN_SHARE, MARGIN_DEGREES = 0.6, 1.0

Box = tuple[float, float, float, float]
Feature = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """What a map request asks for, beside the mission and the day."""

    responsibility: str = ""
    incidents: str = "all"

    @property
    def query(self) -> str:
        """The same as a query string without the day, for addresses that get it later."""
        return f"?responsibility={self.responsibility}&incidents={self.incidents}"


def collection(features: list[Feature], **more: object) -> dict[str, object]:
    """A GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": features, **more}


def position_of(board: Board, responsibility: str) -> int:
    """The place of a responsibility among the board's columns; the first where it is unknown."""
    codes = [function.code for function in board.responsibilities]
    return codes.index(responsibility) if responsibility in codes else 0


def area_collection(page: Page, asked: Asked) -> str:
    """The board's areas with who leads and whether the next step is ready, as GeoJSON text."""
    board = read_board(page.viewer, page.mission, page.as_of)
    at = position_of(board, asked.responsibility)
    outlines = outlines_at(page.viewer, page.mission, page.as_of)
    known = [outlines[row.id].pk for row in board.rows if row.id in outlines]
    shapes = geometries(page.viewer, page.mission, known)
    before, after = panel_address(page, "area", KEY).split(KEY)
    after += f"&{asked.query[1:]}"
    # The shapes are on record as GeoJSON: read and written anew they cost more than the rest.
    features = (
        f'{{"type":"Feature","geometry":{shapes[outlines[row.id].pk]},"properties":'
        + compact(
            _area(row, at, f"{before}{quote(row.code_key, safe='')}{after}&{asked.query[1:]}")
        )
        + "}"
        for row in board.rows
        if row.id in outlines and outlines[row.id].pk in shapes
    )
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


def _area(row: Row, at: int, panel: str) -> dict[str, object]:
    cell = row.cells[at] if len(row.cells) > at else None
    lead = cell.lead if cell else None
    return {
        "name": row.name,
        "lead": lead.value if lead else "unknown",
        "letter": lead.letter if lead else "?",
        "readiness": cell.readiness.value if cell and cell.readiness else "unknown",
        "panel": panel,
    }


def compact(content: Mapping[str, object]) -> str:
    """JSON without spaces."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def site_features(page: Page) -> list[Feature]:
    """The sites that stood on the day, by who is known to have held them then."""
    rows = sites(page.viewer, page.mission, page.as_of).order_by("code", "pk")
    found = rows.values_list("pk", "name", "lon", "lat", "holder", "held_since")
    nobody = str(uuid.UUID(int=0))
    before, after = panel_address(page, "site", nobody).split(nobody)
    return [
        _point(
            lon,
            lat,
            name=name,
            holder=holder_on(holder, held_since, page.as_of),
            panel=f"{before}{pk}{after}",
        )
        for pk, name, lon, lat, holder, held_since in found
    ]


def shown_incidents(
    viewer: Viewer, mission: Mission, as_of: dt.date, window: str = "all"
) -> QuerySet[Incident]:
    """Incidents that began by the day (in the window before it), each in its newest vintage."""
    rows = incidents(viewer, mission).filter(date_start__lte=as_of)
    if window.isdigit():
        rows = rows.filter(date_start__gt=as_of - dt.timedelta(days=int(window)))
    return rows


def incident_features(page: Page, window: str) -> dict[str, object]:
    """Incidents as points; above `MOST_POINTS` as counts by cell, with a note that says so."""
    rows = shown_incidents(page.viewer, page.mission, page.as_of, window)
    name = ("cells", page.as_of, window)
    cells = sums_of(page.viewer, page.mission, name, rows, _by_cell)
    total = sum(count for count, _deaths in cells.values())
    if total <= MOST_POINTS:
        points = rows.order_by("pk").values_list("pk", "lon", "lat")
        nobody = str(uuid.UUID(int=0))
        before, after = panel_address(page, "incident", nobody).split(nobody)
        features = [
            _point(lon, lat, count=1, panel=f"{before}{pk}{after}") for pk, lon, lat in points
        ]
        return collection(features, total=total, note="")
    features = [
        _point(
            (east + 0.5) * CELL_DEGREES,
            (north + 0.5) * CELL_DEGREES,
            count=n,
            panel=panel_address(page, "cell", f"{east}_{north}") + f"&incidents={window}",
        )
        for (east, north), (n, _deaths) in sorted(
            cast(dict[tuple[int, int], tuple[int, int]], cells).items()
        )
    ]
    note = _(
        "%(total)s incidents, shown as counts by cells of %(cell_degrees)s°: none is left out."
    ) % {"total": grouped(total), "cell_degrees": CELL_DEGREES}
    return collection(features, total=total, note=note)


class _Whole(Func):
    """The whole number below a number that is not negative.

    On SQLite a cast, which it does itself; its FLOOR would call back for every row.
    """

    function = "FLOOR"
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: str
    ) -> tuple[str, tuple[str | int, ...]]:
        """The SQL of SQLite."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS INTEGER)")


def _by_cell(rows: QuerySet[Incident]) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Incidents by grid cell, counted east and north from longitude and latitude 0."""
    shift = round(WHOLE_TURN / CELL_DEGREES)
    found = (
        rows.order_by()
        .annotate(
            east=_Whole(F("lon") / CELL_DEGREES + shift),
            north=_Whole(F("lat") / CELL_DEGREES + shift),
        )
        .values_list("east", "north")
        .annotate(n=Count("pk"))
    )
    for east, north, count in found:
        yield (int(east) - shift, int(north) - shift), count, 0


def cell_incidents(page: Page, window: str, cell: str) -> QuerySet[Incident]:
    """The incidents of one cell such as "507_-35"; none where the cell cannot be read."""
    rows = shown_incidents(page.viewer, page.mission, page.as_of, window)
    try:
        east, north = (int(part) * CELL_DEGREES for part in cell.split("_"))
    except ValueError:
        return rows.none()
    return rows.filter(
        lon__gte=east, lon__lt=east + CELL_DEGREES, lat__gte=north, lat__lt=north + CELL_DEGREES
    )


def window_of(page: Page, asked: str) -> str:
    """The window asked for; else the shortest in which there are incidents at all."""
    if asked in WINDOWS:
        return asked
    for window in WINDOWS:
        if shown_incidents(page.viewer, page.mission, page.as_of, window).exists():
            return window
    return "all"


def panel_address(page: Page, kind: str, key: str) -> str:
    """The address of the side panel's content for one thing on the map, as of the day."""
    address = reverse("map-panel", args=[page.mission.code, kind, key])
    return f"{address}?as_of={page.as_of.isoformat()}"


def box_of(shapes: Mapping[uuid.UUID, AreaBoundary], rows: QuerySet[Incident]) -> Box | None:
    """The box around the areas; around the incidents where no area has a boundary."""
    if shapes:
        found = list(shapes.values())
        return (
            min(s.min_lon for s in found),
            min(s.min_lat for s in found),
            max(s.max_lon for s in found),
            max(s.max_lat for s in found),
        )
    points = list(rows.order_by().values_list("lon", "lat"))
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def country_box(name: str) -> Box | None:
    """The box around a country of the base map; None where it has no such country."""
    for known, country in _countries():
        if fold(known) == fold(name):
            west, south, east, north = shapely.total_bounds(country).tolist()
            return west, south, east, north
    return None


@lru_cache(maxsize=32)
def base_map(box: Box, without: str = "") -> str:
    """The outlines of countries around a box as GeoJSON text; kept, since clipping takes a while.

    `without` names the country that is left out where its areas are drawn more finely.
    """
    west, south, east, north = box
    margin = MARGIN_DEGREES + MARGIN_SHARE * max(east - west, north - south)
    frame = (
        max(west - margin, -180.0),
        max(south - margin, -90.0),
        min(east + margin, 180.0),
        min(north + margin, 90.0),
    )
    features: list[Feature] = []
    for name, country in _countries():
        if without and fold(name) == fold(without):
            continue
        clipped = shapely.clip_by_rect(country, *frame)
        if not clipped.is_empty:
            geometry = mapping(shapely.set_precision(clipped, 1e-3))
            features.append({"type": "Feature", "properties": {}, "geometry": geometry})
    return json.dumps(collection(features), separators=(",", ":"))


@lru_cache(maxsize=1)
def _countries() -> list[tuple[str, shapely.Geometry]]:
    stored = json.loads(shipped("basemap.geojson").read_text(encoding="utf-8"))
    return [
        (feature["properties"]["name"], shapely.make_valid(shape(feature["geometry"])))
        for feature in stored["features"]
    ]


def rounded(box: Box) -> Box:
    """The box grown to whole tenths of a degree, so that small changes find the kept base map."""
    west, south, east, north = box
    return (
        math.floor(west * 10) / 10,
        math.floor(south * 10) / 10,
        math.ceil(east * 10) / 10,
        math.ceil(north * 10) / 10,
    )


def _point(lon: float, lat: float, **properties: object) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        "properties": properties,
    }
