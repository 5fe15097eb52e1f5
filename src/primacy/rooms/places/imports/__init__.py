"""Import of areas from GeoJSON, GeoPackage and shapefile: preview, load, undo."""

from primacy.rooms.places.imports.errors import AreasRefused
from primacy.rooms.places.imports.load import load_areas, preview_areas, undo_areas
from primacy.rooms.places.imports.records import (
    AreasOptions,
    AreasPreview,
    ColumnsUsed,
    Match,
    Neighbours,
    NewArea,
    Repair,
)

__all__ = [
    "AreasOptions",
    "AreasPreview",
    "AreasRefused",
    "ColumnsUsed",
    "Match",
    "Neighbours",
    "NewArea",
    "Repair",
    "load_areas",
    "preview_areas",
    "undo_areas",
]
