"""The server's own map: areas filled by class, without any tile or script."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from primacy.faces.web.svg.fills import (
    FAINT,
    FILLS,
    INK,
    MUTED,
    PAPER,
    RULE,
    fill_class,
    pattern_definitions,
    pattern_fill,
)
from primacy.faces.web.svg.markup import Svg, document, element, link, number, short_id
from primacy.platform.language.later import later

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]
DISCLAIMER = later(
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations."
)


# What all areas and all letters share stands on their group: a page holds dozens of them.
_AREAS: dict[str, object] = {
    "stroke": MUTED,
    "stroke_width": 1,
    "stroke_linejoin": "round",
    "fill_rule": "evenodd",
}
_LETTERS: dict[str, object] = {
    "aria_hidden": "true",
    "pointer_events": "none",
    "text_anchor": "middle",
    "font_size": 12,
    "font_weight": 600,
    "stroke_width": 2.5,
    "paint_order": "stroke",
    "stroke_linejoin": "round",
}


@dataclass(frozen=True)
class AreaShape:
    """An area to draw: its polygons are lists of rings of (longitude, latitude)."""

    key: str
    name: str
    polygons: Sequence[Polygon]
    href: str | None = None


@dataclass(frozen=True)
class PointMark:
    """A place to mark on the map."""

    name: str
    lon: float
    lat: float
    href: str | None = None


@dataclass(frozen=True)
class _Frame:
    """Equirectangular projection at the mean latitude, fitted into the drawing."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            self.left + (lon - self.west) * self.shrink * self.scale,
            self.top + (self.north - lat) * self.scale,
        )


@dataclass(frozen=True)
class Ground:
    """Areas drawn plain as one path, and where they lie: worked out once for many drawings."""

    path: str
    _frame: _Frame | None


def ground_of(shapes: Sequence[AreaShape], width: float, height: float) -> Ground:
    """The ground of drawings of this size that show all these areas."""
    frame = _fit(shapes, width, height)
    return Ground("".join(_path(shape, frame) for shape in shapes) if frame else "", frame)


def polygons_of(geometry: Mapping[str, object] | None) -> tuple[Polygon, ...]:
    """The polygons of a GeoJSON Polygon or MultiPolygon; none for anything else."""
    if not geometry:
        return ()
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, (list, tuple)):
        return ()
    if geometry.get("type") == "Polygon":
        return (coordinates,)
    return tuple(coordinates) if geometry.get("type") == "MultiPolygon" else ()


def area_map(
    features: Sequence[AreaShape],
    classes: Mapping[str, str | None],
    width: float = 640,
    height: float = 420,
    labels: Mapping[str, str] | None = None,
    *,
    title: str = later("Map of areas"),
    context: Sequence[AreaShape] = (),
    ground: Ground | None = None,
    marks: Sequence[PointMark] = (),
    show_all: bool = False,
    meanings: Mapping[str, str] | None = None,
) -> Svg:
    """A map with each area filled by its class (a lead or readiness code), linked where it can be.

    `classes` and `labels` go by the area's key; without `labels` each area bears the letter of
    its class. Areas of `context` (neighbours, the country) are drawn plain and unlabelled; they
    may lie outside the drawing unless `show_all` is set. A `ground` of the same size is drawn
    below them all and says where everything lies. `meanings` gives an area, by its key, words
    other than those of its class.
    """
    shown = [*features, *context] if show_all or not features else features
    frame = ground._frame if ground else _fit(shown, width, height)
    if frame is None:
        return _empty(title, width, height)
    names = {shape.key: fill_class(classes.get(shape.key)) for shape in features}
    mark = "m" + short_id(title, *(f"{k}={v}" for k, v in sorted(names.items())))
    grounds = [_plain(_path(shape, frame)) for shape in context]
    if ground:
        grounds.insert(0, _plain(ground.path))
    said = {key: FILLS[name].words for key, name in names.items()} | dict(meanings or {})
    areas = [_area(s, names[s.key], frame, mark, said[s.key]) for s in features]
    letters = [_label(shape, names[shape.key], frame, labels) for shape in _largest_first(features)]
    return document(
        pattern_definitions(set(names.values()), mark),
        element("g", *grounds, class_="context"),
        element("g", *areas, class_="areas", **_AREAS),
        element("g", *letters, class_="labels", **_LETTERS),
        element("g", *(_point(m, frame) for m in marks), class_="marks"),
        width=width,
        height=height,
        title=title,
        desc=_described(features, said) + DISCLAIMER,
        class_="area-map",
    )


def _described(features: Sequence[AreaShape], said: Mapping[str, str]) -> str:
    """Each area with its class; nothing where every area is a link that says so itself."""
    if features and all(shape.href for shape in features):
        return ""
    parts = [f"{shape.name}: {said[shape.key]}" for shape in features]
    return "; ".join(parts) + ". "


def _fit(shapes: Sequence[AreaShape], width: float, height: float) -> _Frame | None:
    points = [p for s in shapes for polygon in s.polygons for ring in polygon for p in ring]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.05)
    margin = 8
    scale = min(
        (width - 2 * margin) / max((east - west) * shrink, 1e-6),
        (height - 2 * margin) / max(north - south, 1e-6),
    )
    left = (width - (east - west) * shrink * scale) / 2
    return _Frame(west, north, shrink, scale, left, (height - (north - south) * scale) / 2)


def _path(shape: AreaShape, frame: _Frame) -> str:
    """The outline in whole pixels; in tenths where the area is smaller than that shows."""
    return _rings(shape, frame, 1) or _rings(shape, frame, 10)


def _rings(shape: AreaShape, frame: _Frame, parts: int) -> str:
    pieces = []
    for polygon in shape.polygons:
        for ring in polygon:
            points = [_grid(frame.xy(p[0], p[1]), parts) for p in ring]
            steps = [step for step, _ in groupby(points)]
            if steps and steps[0] == steps[-1]:
                steps.pop()
            if len(steps) > 2:
                pieces.append(_ring(steps, parts))
    return "".join(pieces)


def _grid(point: tuple[float, float], parts: int) -> tuple[int, int]:
    return round(point[0] * parts), round(point[1] * parts)


def _ring(steps: Sequence[tuple[int, int]], parts: int) -> str:
    """A closed ring in steps from corner to corner, which are shorter to write than places."""
    moves = [(x - a, y - b) for (a, b), (x, y) in pairwise(steps)]
    start, *rest = [number(v / parts) for place in [steps[0], *moves] for v in place]
    return f"M{start} {rest[0]}l{' '.join(rest[1:])}z".replace(" -", "-")


def _area(shape: AreaShape, name: str, frame: _Frame, mark: str, said: str) -> Svg:
    words = f"{shape.name}: {said}"
    path = element(
        "path",
        element("title", words),
        d=_path(shape, frame),
        class_=f"area class-{name}",
        fill=pattern_fill(name, mark),
    )
    return link(shape.href, path, words)


def _plain(path: str) -> Svg:
    return element(
        "path",
        d=path,
        class_="land",
        fill=FAINT,
        stroke=RULE,
        stroke_width=0.6,
        fill_rule="evenodd",
    )


def _label(shape: AreaShape, name: str, frame: _Frame, labels: Mapping[str, str] | None) -> Svg:
    words = FILLS[name].letter if labels is None else labels.get(shape.key, "")
    at = _inside(shape, frame) if words else None
    if at is None:
        return Svg("")
    fill = FILLS[name]
    solid = fill.pattern == "solid"
    return element(
        "text",
        words,
        x=round(at[0]),
        y=round(at[1]) + 4,
        class_=f"label on-{name}",
        fill=fill.letter_colour if solid else INK,
        stroke=fill.ground if solid else PAPER,
    )


def _inside(shape: AreaShape, frame: _Frame) -> tuple[float, float] | None:
    """A point inside the largest outer ring: the middle of its widest stretch at mid height."""
    rings = [[frame.xy(p[0], p[1]) for p in polygon[0]] for polygon in shape.polygons if polygon]
    if not rings:
        return None
    ring = max(rings, key=_ring_area)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    stretches = [s for share in (0.5, 0.4, 0.6) for s in _stretches(ring, top, bottom, share)]
    if not stretches:
        return None
    left, right, y = max(stretches, key=lambda s: s[1] - s[0])
    return ((left + right) / 2, y)


def _stretches(
    ring: Sequence[tuple[float, float]], top: float, bottom: float, share: float
) -> list[tuple[float, float, float]]:
    y = top + (bottom - top) * share
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return [(a, b, y) for a, b in zip(crossings[::2], crossings[1::2], strict=False)]


def _ring_area(ring: Sequence[tuple[float, float]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _largest_first(shapes: Sequence[AreaShape]) -> list[AreaShape]:
    """Bigger areas first, so that the label of a small one is not covered."""
    return sorted(shapes, key=lambda s: -sum(len(r) for p in s.polygons for r in p))


def _point(mark: PointMark, frame: _Frame) -> Svg:
    x, y = frame.xy(mark.lon, mark.lat)
    sign = element(
        "rect",
        element("title", mark.name),
        x=x - 3,
        y=y - 3,
        width=6,
        height=6,
        class_="place",
        fill=INK,
        stroke=PAPER,
        stroke_width=1,
    )
    return link(mark.href, sign, mark.name)


def _empty(title: str, width: float, height: float) -> Svg:
    words = _("No boundaries are recorded for these areas yet.")
    body = element(
        "text", words, x=width / 2, y=height / 2, text_anchor="middle", class_="muted", fill=MUTED
    )
    return document(body, width=width, height=height, title=title, desc=words, class_="area-map")
