"""Coordinates brought to WGS 84, longitude first."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from django.utils.translation import gettext_noop

from primacy.rooms.places.imports.errors import CrsUnknown, GisPartMissing
from primacy.rooms.places.imports.records import Feature

WGS84 = "WGS 84"
PLAIN = ("", "epsg:4326", "ogc:crs84", "wgs84", "wgs 84")


def named_wgs84(name: str) -> bool:
    """True where a name of a coordinate system means WGS 84 in degrees."""
    text = name.strip().lower()
    if text.startswith("urn:ogc:def:crs:"):
        parts = text.split(":")
        text = f"{parts[4]}:{parts[-1]}"
    return text in PLAIN


def to_wgs84(file: str, features: Sequence[Feature], crs: str) -> tuple[list[Feature], str]:
    """The features in WGS 84 and what to call the system they came in."""
    if named_wgs84(crs):
        return list(features), WGS84
    try:
        import pyproj
        from pyproj.exceptions import ProjError
    except ImportError as problem:
        raise GisPartMissing(
            file,
            gettext_noop(
                "Its coordinates are in '%(crs)s'; turning them into degrees needs pyproj."
            )
            % {"crs": crs[:80]},
            gettext_noop(
                "Install the GIS parts (pip install 'primacy[gis]'), or save the file in EPSG:4326."
            ),
        ) from problem
    try:
        system = pyproj.CRS.from_user_input(crs)
        # always_xy: GeoJSON and shapefiles keep longitude first whatever the authority says.
        turn = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    except ProjError as problem:
        raise CrsUnknown(
            file,
            gettext_noop("The coordinate system '%(crs)s' is not known.") % {"crs": crs[:80]},
            gettext_noop(
                "Give it as an EPSG code with the option crs, e.g. crs='EPSG:32629' for "
                "UTM zone 29N."
            ),
        ) from problem
    code = system.to_authority(min_confidence=70)
    shown = ":".join(code) if code else system.name
    if system.is_geographic and code in (("EPSG", "4326"), ("OGC", "CRS84")):
        return list(features), WGS84

    def project(points: np.ndarray) -> np.ndarray:
        lon, lat = turn.transform(points[:, 0], points[:, 1])
        return np.column_stack([lon, lat])

    turned = [
        f if f.shape is None else replace(f, shape=shapely.transform(f.shape, project))
        for f in features
    ]
    return turned, shown
