"""GeoJSON read with the core installation: no GDAL."""

import json
from collections.abc import Mapping

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from primacy.rooms.places.imports.errors import FileUnreadable
from primacy.rooms.places.imports.records import Feature

OTHER_FORMATS = {
    "Topology": "This is TopoJSON. Save it as GeoJSON (e.g. mapshaper: -o format=geojson).",
    "FeatureSet": "Save it as GeoJSON.",
}
EXPECTED = "Give a GeoJSON FeatureCollection of polygons with their names."


def parse(file: str, raw: bytes) -> tuple[list[Feature], str]:
    """The features, and the name of the coordinate system where the file says one."""
    document = _document(file, raw)
    kind = document.get("type")
    if kind == "Feature":
        members: object = [document]
    else:
        members = document.get("features")
    if kind not in ("Feature", "FeatureCollection") or not isinstance(members, list):
        hint = OTHER_FORMATS.get(str(kind), EXPECTED)
        if isinstance(members, list) or "geometryType" in document:
            hint = "This looks like Esri JSON. Save it as GeoJSON (in ArcGIS: f=geojson)."
        raise FileUnreadable(
            file, f"It is JSON, but not a GeoJSON FeatureCollection (type: {kind}).", hint
        )
    return [_feature(i, member) for i, member in enumerate(members, 1)], _crs_name(document)


def _document(file: str, raw: bytes) -> Mapping[str, object]:
    """The JSON object of the file."""
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as problem:
        raise FileUnreadable(
            file,
            f"It is not UTF-8 text (byte {problem.start}): another encoding, or not GeoJSON.",
            EXPECTED,
        ) from problem
    except RecursionError as problem:
        raise FileUnreadable(
            file, "Its JSON is nested too deeply to be a map.", EXPECTED
        ) from problem
    except ValueError as problem:
        where = f"line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else "inside"
        raise FileUnreadable(
            file,
            f"It is not complete, valid JSON ({where}: {problem}).",
            "Download or export it again; a file cut short ends like this.",
        ) from problem
    if not isinstance(document, dict):
        raise FileUnreadable(file, "It is JSON, but not a GeoJSON object.", EXPECTED)
    return document


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number a map can use")


def _feature(row: int, member: object) -> Feature:
    """One row; what cannot be read is kept as text for the report of problems."""
    if not isinstance(member, dict):
        return Feature(row, {}, None, "not a Feature object")
    properties = member.get("properties")
    values = dict(properties) if isinstance(properties, dict) else {}
    geometry = member.get("geometry")
    if geometry is None:
        return Feature(row, values, None, "no geometry")
    try:
        return Feature(row, values, _shape(geometry))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as problem:
        return Feature(row, values, None, f"geometry that cannot be read ({problem})"[:200])


def _shape(geometry: object) -> BaseGeometry:
    if not isinstance(geometry, dict):
        raise TypeError("not an object")
    return shapely.force_2d(shape(geometry))


def _crs_name(document: Mapping[str, object]) -> str:
    """The name in the legacy "crs" member; "" where there is none (then it is WGS 84)."""
    crs = document.get("crs")
    if not isinstance(crs, dict):
        return ""
    properties = crs.get("properties")
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""
