"""GeoJSON read with the core installation: no GDAL."""

import json
from collections.abc import Mapping

import shapely
from django.utils.translation import gettext_noop
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from primacy.platform.imports.errors import TooLarge
from primacy.rooms.places.imports.errors import FileUnreadable
from primacy.rooms.places.imports.records import Feature

OTHER_FORMATS = {
    "Topology": gettext_noop(
        "This is TopoJSON. Save it as GeoJSON (e.g. mapshaper: -o format=geojson)."
    ),
    "FeatureSet": gettext_noop("Save it as GeoJSON."),
}
_UNREADABLE = (
    ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip
EXPECTED = gettext_noop("Give a GeoJSON FeatureCollection of polygons with their names.")


POINT_LIMIT = 1_000_000
"""Points in a file of text; each takes about two hundred bytes while it is read."""


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
            hint = gettext_noop(
                "This looks like Esri JSON. Save it as GeoJSON (in ArcGIS: f=geojson)."
            )
        raise FileUnreadable(
            file,
            gettext_noop("It is JSON, but not a GeoJSON FeatureCollection (type: %(kind)s).")
            % {"kind": kind},
            hint,
        )
    return [_feature(i, member) for i, member in enumerate(members, 1)], _crs_name(document)


def _document(file: str, raw: bytes) -> Mapping[str, object]:
    """The JSON object of the file."""
    if raw.count(b"[") + raw.count(b"{") > POINT_LIMIT:
        raise TooLarge(
            gettext_noop(
                "%(file)s: it holds more than %(points)s points. Nothing was changed. Simplify "
                "its lines, or save it as GeoPackage."
            )
            % {"file": file, "points": format(POINT_LIMIT, ",")}
        )
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as problem:
        raise FileUnreadable(
            file,
            gettext_noop("It is not UTF-8 text (byte %(start)s): another encoding, or not GeoJSON.")
            % {"start": problem.start},
            EXPECTED,
        ) from problem
    except RecursionError as problem:
        raise FileUnreadable(
            file, gettext_noop("Its JSON is nested too deeply to be a map."), EXPECTED
        ) from problem
    except ValueError as problem:
        where = (
            gettext_noop("line %(lineno)s") % {"lineno": problem.lineno}
            if isinstance(problem, json.JSONDecodeError)
            else "inside"
        )
        raise FileUnreadable(
            file,
            gettext_noop("It is not complete, valid JSON (%(where)s: %(problem)s).")
            % {"where": where, "problem": problem},
            gettext_noop("Download or export it again; a file cut short ends like this."),
        ) from problem
    if not isinstance(document, dict):
        raise FileUnreadable(file, gettext_noop("It is JSON, but not a GeoJSON object."), EXPECTED)
    return document


def _refuse_constant(text: str) -> float:
    raise ValueError(gettext_noop("%(text)s is not a number a map can use") % {"text": text})


def _feature(row: int, member: object) -> Feature:
    """One row; what cannot be read is kept as text for the report of problems."""
    if not isinstance(member, dict):
        return Feature(row, {}, None, gettext_noop("not a Feature object"))
    properties = member.get("properties")
    values = dict(properties) if isinstance(properties, dict) else {}
    geometry = member.get("geometry")
    if geometry is None:
        return Feature(row, values, None, gettext_noop("no geometry"))
    try:
        return Feature(row, values, _shape(geometry))
    except _UNREADABLE as problem:
        return Feature(
            row,
            values,
            None,
            (gettext_noop("geometry that cannot be read (%(problem)s)") % {"problem": problem})[
                :200
            ],
        )


def _shape(geometry: object) -> BaseGeometry:
    if not isinstance(geometry, dict):
        raise TypeError(gettext_noop("not an object"))
    return shapely.force_2d(shape(geometry))


def _crs_name(document: Mapping[str, object]) -> str:
    """The name in the legacy "crs" member; "" where there is none (then it is WGS 84)."""
    crs = document.get("crs")
    if not isinstance(crs, dict):
        return ""
    properties = crs.get("properties")
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""
