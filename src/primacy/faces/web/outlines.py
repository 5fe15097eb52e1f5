"""Boundaries on record as outlines for drawings: as coarse as the drawing, and kept."""

import json
from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from primacy.faces.web import svg
from primacy.faces.web.svg.coarse import PIXELS, coarse
from primacy.platform.audit.newest_values import NewestValues
from primacy.rooms.places.facade import AreaBoundary

_kept: NewestValues[dict[str, svg.AreaShape]] = NewestValues(16)
"""Coarse outlines by the boundaries they were made of: a boundary on record never changes."""


def outlines(
    boundaries: Iterable[AreaBoundary],
    mission: str,
    query: str,
    size: tuple[int, int],
    pixels: float = PIXELS,
) -> list[svg.AreaShape]:
    """The boundaries for a drawing of this size, each linked to its area's page."""
    drawn = list(boundaries)
    key = (*size, pixels, *(boundary.pk for boundary in drawn))
    kept = _kept.get(key)
    if kept is None:
        made = coarse([_exact(boundary) for boundary in drawn], *size, pixels)
        kept = {shape.key: shape for shape in made}
        _kept.put(key, kept)
    asked = "" if query == "?" else query
    return [
        replace(
            kept[str(boundary.area_id)],
            name=boundary.area.name,
            href=reverse("area", args=[mission, boundary.area.code]) + asked,
        )
        for boundary in drawn
    ]


def _exact(boundary: AreaBoundary) -> svg.AreaShape:
    return svg.AreaShape(
        key=str(boundary.area_id),
        name=boundary.area.name,
        polygons=svg.polygons_of(json.loads(boundary.geometry)),
    )
