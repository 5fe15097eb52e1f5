"""GeoPackage and shapefile read by pyogrio, from the optional GIS parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from django.utils.translation import gettext_noop

from primacy.rooms.places.imports.errors import FileUnreadable, GisPartMissing, LayerUnknown
from primacy.rooms.places.imports.records import Feature

INSTALL = gettext_noop(
    "Install the GIS parts (pip install 'primacy[gis]'), or save the file as GeoJSON."
)
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
            shown,
            gettext_noop("Reading %(suffix)s files needs the optional part pyogrio.")
            % {"suffix": path.suffix},
            INSTALL,
        ) from problem
    _check_magic(path, shown)
    refused = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError)
    try:
        chosen = _choose(shown, pyogrio.list_layers(path), layer, path)
        meta, _, shapes, fields = pyogrio.raw.read(path, layer=chosen, encoding=encoding or None)
    except (*refused, pyogrio.errors.FieldError, UnicodeDecodeError, LookupError) as problem:
        raise FileUnreadable(
            shown,
            gettext_noop("It cannot be read (%(problem)s).") % {"problem": str(problem)[:200]},
            gettext_noop(
                "Check that all its parts are there and whole; for a shapefile "
                ".shp, .shx and .dbf. Where names cannot be read, give its "
                "encoding (encoding='CP1252')."
            ),
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
            gettext_noop("It is called %(suffix)s but its content is no %(what)s.")
            % {"suffix": path.suffix, "what": what},
            gettext_noop("Export it again from the GIS, or give it the ending of its true format."),
        )


def _choose(shown: str, layers: np.ndarray, wanted: str, path: Path) -> str:
    """The layer to read: the one asked for, or the only one with polygons."""
    found = {str(name): str(kind or "") for name, kind in layers}
    if wanted and wanted not in found:
        raise LayerUnknown(
            shown,
            gettext_noop("It has no layer '%(wanted)s'.") % {"wanted": wanted[:60]},
            gettext_noop("Choose one of these with the option layer: %(found)s.")
            % {"found": ", ".join(found)[:300]},
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
        gettext_noop("It holds %(found)s layers, %(polygons)s of them with polygons.")
        % {"found": len(found), "polygons": len(polygons)},
        gettext_noop("Choose one with the option layer: %(value)s.")
        % {"value": ", ".join(polygons or found)[:300] or "none found"},
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
        return Feature(row, values, None, gettext_noop("no geometry"))
    try:
        return Feature(row, values, shapely.force_2d(shapely.from_wkb(wkb)))
    except shapely.errors.ShapelyError as problem:
        return Feature(
            row,
            values,
            None,
            (gettext_noop("geometry that cannot be read (%(problem)s)") % {"problem": problem})[
                :200
            ],
        )
