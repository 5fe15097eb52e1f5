"""Build the world base map from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/build_basemap.py package/countries-50m.json

Decodes the TopoJSON (Natural Earth 1:50m, public domain), simplifies each shared line once so
that neighbours still meet, cuts outlines at the date line, keeps `iso_n3` and `name`, and writes
`data/basemap.geojson`. Countries smaller than the simplification are left out.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
SIMPLIFY_DEGREES = 0.05
DECIMALS = 3
GRID_DEGREES = 0.001
HALF_TURN = 180.0
MIN_RING_POINTS = 4

Position = tuple[float, float]
Line = list[Position]


class Transform(TypedDict):
    """Scale and offset that turn the stored integers into degrees."""

    scale: tuple[float, float]
    translate: tuple[float, float]


def decode_arcs(arcs: list[list[tuple[int, int]]], transform: Transform) -> list[Line]:
    """Return the lines of a quantised topology in degrees (deltas summed up)."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    lines: list[Line] = []
    for arc in arcs:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(line)
    return lines


def simplified(line: Line) -> Line:
    """Return the line with fewer points and short numbers; its two ends stay."""
    points = line
    closed = line[0] == line[-1]
    if len(line) > (MIN_RING_POINTS if closed else 2):
        kept = LineString(line).simplify(SIMPLIFY_DEGREES, preserve_topology=True)
        points = [(float(x), float(y)) for x, y in kept.coords]
        if closed and len(points) < MIN_RING_POINTS:
            points = line  # an islet: a few points cost less than losing it
    out: Line = []
    for x, y in points:
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not out or out[-1] != point:
            out.append(point)
    return out if len(out) > 1 else [out[0], out[0]]


def ring(indexes: list[int], lines: list[Line]) -> Line:
    """Return the closed ring made of arcs; a negative index means the arc reversed."""
    points: Line = []
    for index in indexes:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points.extend(line if not points else line[1:])
    return points


def polygon(arcs: list[list[int]], lines: list[Line]) -> list[Line]:
    """Return the rings of one polygon, or nothing when its outer ring has collapsed."""
    rings = [ring(indexes, lines) for indexes in arcs]
    if not rings or len(set(rings[0])) < MIN_RING_POINTS - 1:
        return []
    return [rings[0], *(inner for inner in rings[1:] if len(set(inner)) >= MIN_RING_POINTS - 1)]


def unwrapped(line: Line) -> Line:
    """Return the ring without jumps at the date line; one round the pole closes along it."""
    out = [line[0]]
    for (before, _), (x, y) in pairwise(line):
        step = (x - before + 180) % 360 - 180
        out.append((out[-1][0] + step, y))
    if abs(out[-1][0] - out[0][0]) > HALF_TURN:
        pole = -90.0 if out[0][1] < 0 else 90.0
        out += [(out[-1][0], pole), (out[0][0], pole), out[0]]
    return out


def polygonal_parts(geometry: BaseGeometry) -> list[Polygon]:
    """Return every polygon inside a geometry, however deep it is nested."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    return [part for item in getattr(geometry, "geoms", ()) for part in polygonal_parts(item)]


def cut_at_date_line(rings: list[Line]) -> list[Polygon]:
    """Return the polygon as parts that each lie between 180 west and 180 east, and are valid."""
    whole = Polygon(rings[0], rings[1:])
    if any(abs(x2 - x1) > HALF_TURN for line in rings for (x1, _), (x2, _) in pairwise(line)):
        whole = Polygon(unwrapped(rings[0]), [unwrapped(line) for line in rings[1:]])
    valid = whole if whole.is_valid else shapely.make_valid(whole)
    left, _, right, _ = valid.bounds
    parts: list[Polygon] = []
    for turn in (-360.0, 0.0, 360.0):
        if left + turn < HALF_TURN and right + turn > -HALF_TURN:
            inside = translate(valid, xoff=turn).intersection(box(-180, -90, 180, 90))
            parts += polygonal_parts(shapely.set_precision(inside, GRID_DEGREES))
    return parts


def country_geometry(polygons: list[list[Line]]) -> dict[str, object]:
    """Return the GeoJSON geometry of a country from the rings of its polygons."""
    parts = [part for rings in polygons for part in cut_at_date_line(rings)]
    whole = MultiPolygon(parts)
    if not whole.is_valid:  # simplified neighbours, such as islands, may touch along a line
        mended = shapely.set_precision(shapely.union_all(parts), GRID_DEGREES)
        whole = MultiPolygon(polygonal_parts(mended))
    coordinates = mapping(whole)["coordinates"]
    return {"type": "MultiPolygon", "coordinates": _rounded(coordinates)}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


def build(topology_path: Path) -> str:
    """Return the base map as GeoJSON text, one country a line."""
    topology = json.loads(topology_path.read_text(encoding="utf-8"))
    lines = [simplified(arc) for arc in decode_arcs(topology["arcs"], topology["transform"])]
    out = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country["type"] is None:
            continue
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        polygons = [made for made in (polygon(part, lines) for part in parts) if made]
        if not polygons:
            continue
        feature = {
            "type": "Feature",
            "properties": {"iso_n3": country.get("id"), "name": country["properties"]["name"]},
            "geometry": country_geometry(polygons),
        }
        out.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(out) + "\n]}\n"


def main() -> None:
    """Write data/basemap.geojson and report its size."""
    parser = argparse.ArgumentParser(description="Build data/basemap.geojson from world-atlas.")
    parser.add_argument("topology", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    path = ROOT / "data" / "basemap.geojson"
    path.write_text(build(parser.parse_args().topology), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
