"""Shapes checked and repaired: invalid rings, coordinates off the earth, fit between neighbours."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from django.utils.translation import gettext_noop
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from primacy.rooms.places.imports.errors import WrongPlace
from primacy.rooms.places.imports.records import Feature, Layer, Neighbours, Repair
from primacy.rooms.places.rules import area_km2

EDGE = 0.001
"""Degrees by which a file may pass 180 or 90 through rounding."""
SLIVER_KM2 = 0.1
VERTEX_LIMIT = 600_000
"""Above this many points the fit between neighbours is not checked: it would take minutes."""
POLYGONS = ("Polygon", "MultiPolygon")


class BadShape(Exception):
    """A shape that cannot be an area: what it is, what was expected, what to do."""

    def __init__(self, value: str, expected: str, action: str) -> None:
        super().__init__(value)
        self.value = value
        self.expected = expected
        self.action = action


def require_polygons(layer: Layer) -> None:
    """Nothing, where some row has a polygon; says what the file holds instead otherwise."""
    kinds = Counter(f.shape.geom_type for f in layer.features if f.shape is not None)
    if kinds and not kinds.keys() & {*POLYGONS, "GeometryCollection"}:
        found = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        raise WrongPlace(
            layer.file,
            gettext_noop("It holds no polygons, but: %(found)s.") % {"found": found},
            gettext_noop("Give the layer of areas, not of points or lines."),
        )


def checked(feature: Feature, name: str) -> tuple[BaseGeometry, Repair | None]:
    """The valid polygons of a row and what was repaired; `BadShape` where there are none."""
    shape = feature.shape
    if shape is None or shape.is_empty:
        raise BadShape(
            feature.unreadable or gettext_noop("empty geometry"),
            "a polygon",
            gettext_noop("Draw or export the shape of this area again."),
        )
    if shape.geom_type not in (*POLYGONS, "GeometryCollection"):
        raise BadShape(
            shape.geom_type,
            "a polygon",
            gettext_noop("Choose the layer of areas, not of points or lines."),
        )
    _require_on_earth(shape)
    repaired, what = _repair(shape)
    # Shapes are kept to a millionth of a degree: what vanishes at that is no area.
    if repaired.is_empty or shapely.set_precision(repaired, 1e-6).is_empty:
        raise BadShape(
            what or gettext_noop("no area"),
            gettext_noop("a polygon that holds an area"),
            gettext_noop("Draw the shape again."),
        )
    if not what:
        return repaired, None
    # The ring of a self-crossing shape counts parts of it negatively: compare with care.
    before, after = area_km2(shape), area_km2(repaired)
    change = round(100 * (after - before) / before, 2) if before > 0 else None
    return repaired, Repair(feature.row, name, what, change)


def _repair(shape: BaseGeometry) -> tuple[BaseGeometry, str]:
    """The polygons made valid, and in words what was wrong ("" where nothing was)."""
    what: list[str] = []
    if not shape.is_valid:
        what.append(explain_validity(shape))
        # "structure" joins overlapping parts; the other method would cut them out as holes.
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if shape.geom_type not in POLYGONS:
        parts = [p for p in shapely.get_parts(shape) if p.geom_type in POLYGONS]
        what.append(gettext_noop("lines and points beside the polygons left out"))
        shape = shapely.union_all(parts) if parts else shapely.MultiPolygon()
    return shape, "; ".join(what)


def _require_on_earth(shape: BaseGeometry) -> None:
    points = shapely.get_coordinates(shape)
    if not np.isfinite(points).all():
        raise BadShape(
            gettext_noop("coordinates that are no numbers"),
            "degrees",
            gettext_noop("Export the shape again."),
        )
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    within = -180 - EDGE <= west and east <= 180 + EDGE
    if within and -90 - EDGE <= south and north <= 90 + EDGE:
        return
    found = f"{points[0][0]:.6g}, {points[0][1]:.6g}"
    if max(abs(west), abs(east), abs(south), abs(north)) > 1000:
        action = gettext_noop(
            "These look like metres: give the coordinate system with crs, e.g. 'EPSG:32629'."
        )
    else:
        action = gettext_noop("Longitude and latitude look swapped: use the option swap_axes.")
    raise BadShape(
        found, gettext_noop("longitude from -180 to 180, latitude from -90 to 90"), action
    )


def require_same_region(file: str, shapes: Sequence[BaseGeometry], board: BaseGeometry) -> str:
    """A remark where the file lies elsewhere than the board; refuses swapped coordinates.

    `board` is the box of the areas that have a shape already.
    """
    if board.is_empty or not shapes:
        return ""
    west, south, east, north = shapely.total_bounds(list(shapes))
    if shapely.box(west, south, east, north).intersects(board):
        return ""
    if shapely.box(south, west, north, east).intersects(board):
        raise WrongPlace(
            file,
            gettext_noop(
                "Its coordinates (%(west)s, %(south)s) fall on the mission's areas only "
                "when longitude and latitude are swapped."
            )
            % {"west": format(west, ".4g"), "south": format(south, ".4g")},
            gettext_noop("Use the option swap_axes, or export the file with longitude first."),
        )
    return gettext_noop(
        "None of these shapes touches the mission's areas on the map so far. "
        "Check the country and the coordinate system before loading."
    )


def fit(shapes: Sequence[BaseGeometry]) -> Neighbours:
    """Overlaps and enclosed gaps between shapes of one level, slivers not counted."""
    if len(shapes) < 2:
        return Neighbours()
    if int(shapely.get_num_coordinates(list(shapes)).sum()) > VERTEX_LIMIT:
        return Neighbours(checked=False)
    geometries = np.array(shapes, dtype=object)
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    once = left < right
    shared = shapely.intersection(geometries[left[once]], geometries[right[once]])
    overlaps = [km2 for g in shared if g.area > 0 and (km2 := area_km2(g)) >= SLIVER_KM2]
    whole = shapely.union_all(geometries)
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    gaps = [km2 for r in rings if (km2 := area_km2(shapely.Polygon(r))) >= SLIVER_KM2]
    return Neighbours(
        overlaps=len(overlaps),
        largest_overlap_km2=round(max(overlaps, default=0.0), 1),
        gaps=len(gaps),
        largest_gap_km2=round(max(gaps, default=0.0), 1),
    )
