"""Boundaries on record as outlines for drawings: as coarse as the drawing, and kept."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from primacy.faces.web import svg
from primacy.faces.web.svg.coarse import PIXELS, coarse
from primacy.platform.audit.newest_values import NewestValues
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import AreaBoundary, Mission, Outline, geometries

_kept: NewestValues[dict[str, svg.AreaShape]] = NewestValues(16)
"""Coarse outlines by the boundaries they were made of: a boundary on record never changes."""


@dataclass(frozen=True)
class PlainMap:
    """Areas drawn plain, for a map on which one of them is marked."""

    shapes: Mapping[str, svg.AreaShape]
    """By the area's id."""
    ground: svg.Ground


_plain: NewestValues[PlainMap] = NewestValues(16)
"""Plain maps by the boundaries they show, which the viewer must have been let through to."""


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


def plain_map(
    viewer: Viewer,
    mission: Mission,
    known: Sequence[Outline],
    size: tuple[int, int],
    pixels: float = PIXELS,
) -> PlainMap:
    """All these areas drawn plain; their shapes are read only where the drawing is not kept."""
    key = (*size, pixels, *(one.pk for one in known))
    kept = _plain.get(key)
    if kept is None:
        texts = geometries(viewer, mission, [one.pk for one in known])
        exact = [
            svg.AreaShape(str(one.area_id), one.name, svg.polygons_of(json.loads(texts[one.pk])))
            for one in known
            if one.pk in texts
        ]
        shapes = coarse(exact, *size, pixels)
        kept = PlainMap({shape.key: shape for shape in shapes}, svg.ground_of(shapes, *size))
        _plain.put(key, kept)
    return kept


def _exact(boundary: AreaBoundary) -> svg.AreaShape:
    return svg.AreaShape(
        key=str(boundary.area_id),
        name=boundary.area.name,
        polygons=svg.polygons_of(json.loads(boundary.geometry)),
    )
