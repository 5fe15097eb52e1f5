"""GeoPackage and shapefile read by pyogrio, from the optional GIS parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from primacy.rooms.places.imports.errors import FileUnreadable, GisPartMissing, LayerUnknown
from primacy.rooms.places.imports.records import Feature

INSTALL = "Install the GIS parts (pip install 'primacy[gis]'), or save the file as GeoJSON."
MAGIC = {".gpkg": b"SQLite format 3\x00", ".shp": b"\x00\x00\x27\x0a"}
"""First bytes, checked so that GDAL is never given a file of another format under this name."""


@dataclass(frozen=True)
class GisTable:
    """A layer as pyogrio gives it: rows, their coordinate system, remarks."""

    features: list[Feature]
    crs: str
    layer: str
    notes: list[str]


def read_gis(path: Path, shown: str, layer: str, encoding: str) -> GisTable:
    """The polygon layer of a GeoPackage or shapefile; `shown` is the name used in messages."""
    try:
        import pyogrio
        import pyogrio.errors
        import pyogrio.raw
    except ImportError as problem:
        raise GisPartMissing(
            shown, f"Reading {path.suffix} files needs the optional part pyogrio.", INSTALL
        ) from problem
    _check_magic(path, shown)
    refused = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError)
    try:
        chosen = _choose(shown, pyogrio.list_layers(path), layer, path)
        meta, _, shapes, fields = pyogrio.raw.read(path, layer=chosen, encoding=encoding or None)
    except (*refused, pyogrio.errors.FieldError, UnicodeDecodeError, LookupError) as problem:
        raise FileUnreadable(
            shown,
            f"It cannot be read ({str(problem)[:200]}).",
            "Check that all its parts are there and whole; for a shapefile .shp, .shx and .dbf. "
            "Where names cannot be read, give its encoding (encoding='CP1252').",
        ) from problem
    columns = [str(name) for name in meta["fields"]]
    plain = [_plain(column) for column in fields]
    features = []
    for i, wkb in enumerate(shapes if shapes is not None else [None] * len(plain[0])):
        values = {name: column[i] for name, column in zip(columns, plain, strict=True)}
        features.append(_feature(i + 1, values, wkb))
    return GisTable(features, str(meta["crs"] or ""), chosen, [])


def _check_magic(path: Path, shown: str) -> None:
    expected = MAGIC[path.suffix.lower()]
    with path.open("rb") as handle:
        start = handle.read(len(expected))
    if start != expected:
        what = "GeoPackage" if path.suffix.lower() == ".gpkg" else "shapefile"
        raise FileUnreadable(
            shown,
            f"It is called {path.suffix} but its content is no {what}.",
            "Export it again from the GIS, or give it the ending of its true format.",
        )


def _choose(shown: str, layers: np.ndarray, wanted: str, path: Path) -> str:
    """The layer to read: the one asked for, or the only one with polygons."""
    found = {str(name): str(kind or "") for name, kind in layers}
    if wanted and wanted not in found:
        raise LayerUnknown(
            shown,
            f"It has no layer '{wanted[:60]}'.",
            f"Choose one of these with the option layer: {', '.join(found)[:300]}.",
        )
    if wanted:
        return wanted
    polygons = [name for name, kind in found.items() if "Polygon" in kind or kind == "Unknown"]
    if len(found) == 1:
        return next(iter(found))
    if len(polygons) == 1:
        return polygons[0]
    raise LayerUnknown(
        shown,
        f"It holds {len(found)} layers, {len(polygons)} of them with polygons.",
        f"Choose one with the option layer: {', '.join(polygons or found)[:300] or 'none found'}.",
    )


def _plain(column: np.ndarray) -> list[object]:
    """The values of a field as Python's own: NaN and missing dates become None."""
    values: list[object] = []
    for value in column.astype(str) if column.dtype.kind == "M" else column.tolist():
        missing = value is None or value == "NaT" or (isinstance(value, float) and value != value)
        values.append(None if missing else value)
    return values


def _feature(row: int, values: Mapping[str, object], wkb: bytes | None) -> Feature:
    if wkb is None:
        return Feature(row, values, None, "no geometry")
    try:
        return Feature(row, values, shapely.force_2d(shapely.from_wkb(wkb)))
    except shapely.errors.ShapelyError as problem:
        return Feature(row, values, None, f"geometry that cannot be read ({problem})"[:200])
