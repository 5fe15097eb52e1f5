"""Shapes made as coarse as a drawing of a given size can show, so that pages stay small."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry import mapping, shape

from primacy.faces.web.svg.area_map import AreaShape, polygons_of

PIXELS = 1.2
"""Detail below this size is dropped; borders between neighbours stay shared."""


def coarse(
    shapes: Sequence[AreaShape], width: float, height: float, pixels: float = PIXELS
) -> list[AreaShape]:
    """The same areas with no more detail than a drawing of this width and height shows."""
    drawn = [one for one in shapes if one.polygons]
    if not drawn:
        return list(shapes)
    whole = [
        shape({"type": "MultiPolygon", "coordinates": [list(polygon) for polygon in one.polygons]})
        for one in drawn
    ]
    west, south, east, north = shapely.total_bounds(whole)
    pixel = max((east - west) / width, (north - south) / height, 1e-9)
    simple = shapely.coverage_simplify(whole, pixels * pixel)
    outlines = {
        one.key: tuple(
            polygon
            for polygon in polygons_of(mapping(geometry))
            # Islets smaller than a pixel would be dots without meaning; an area keeps its land.
            if len(polygons_of(mapping(geometry))) == 1
            or shapely.Polygon(polygon[0]).area > pixel**2
        )
        for one, geometry in zip(drawn, simple, strict=True)
    }
    return [replace(one, polygons=outlines.get(one.key) or one.polygons) for one in shapes]
