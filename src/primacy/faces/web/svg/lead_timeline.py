"""Who led where over time: a row for each area, a bar for each lead."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.faces.web.svg.axes import long_date, year_ticks
from primacy.faces.web.svg.fills import (
    FAINT,
    FILLS,
    INK,
    MUTED,
    PAPER,
    fill_class,
    pattern_definitions,
    pattern_fill,
)
from primacy.faces.web.svg.markup import Svg, document, element, link, short_id
from primacy.platform.language.later import later

_ROW = 24.0
_TOP = 22.0
_LEFT = 132.0
MOST_DESCRIBED = 20
"""Rows that are told one by one to who cannot see the drawing."""


@dataclass(frozen=True)
class Segment:
    """A lead from a day to a day; without an end it still holds. `lead` None is not known."""

    lead: str | None
    start: dt.date
    end: dt.date | None = None


@dataclass(frozen=True)
class TimelineRow:
    """One area (or unit, or responsibility) with its segments."""

    name: str
    segments: Sequence[Segment]
    href: str | None = None


@dataclass(frozen=True)
class _Span:
    start: dt.date
    end: dt.date
    width: float

    def x(self, day: dt.date) -> float:
        days = max((self.end - self.start).days, 1)
        share = min(max((day - self.start).days / days, 0.0), 1.0)
        return _LEFT + share * (self.width - _LEFT - 8)


def lead_timeline(
    rows: Sequence[TimelineRow],
    start: dt.date,
    end: dt.date,
    *,
    as_of: dt.date | None = None,
    title: str = later("Who led, over time"),
    width: float = 760,
) -> Svg:
    """Bars of leads between two days, with a line at the as-of day."""
    span = _Span(start, end, width)
    height = _TOP + _ROW * max(len(rows), 1) + 6
    codes = {fill_class(s.lead) for row in rows for s in row.segments}
    mark = "g" + short_id(title, str(start), str(end), *sorted(codes))
    return document(
        pattern_definitions(codes, mark),
        _axis(span, height),
        element(
            "g",
            *(_row(row, index, span, mark) for index, row in enumerate(rows)),
            stroke_width=0.8,
            paint_order="stroke",
        ),
        _as_of_line(span, as_of, height),
        width=width,
        height=height,
        title=title,
        desc=_described(rows, as_of),
        class_="lead-timeline",
    )


def _axis(span: _Span, height: float) -> Svg:
    lines, labels = [], []
    for day, label in year_ticks(span.start, span.end):
        x = round(span.x(day), 1)
        lines.append(f"M{x:g} {_TOP - 4:g}V{height - 4:g}")
        labels.append(element("text", label, x=x, y=12))
    grid = element("path", d="".join(lines), class_="grid", stroke=FAINT) if lines else Svg("")
    words = element("g", *labels, font_size=11, class_="muted", fill=MUTED)
    return element("g", grid, words, class_="axes")


def _row(row: TimelineRow, index: int, span: _Span, mark: str) -> Svg:
    y = _TOP + index * _ROW
    shown = row.name if len(row.name) <= 20 else row.name[:19] + "…"
    name = element("text", shown, x=0, y=y + 16, class_="name")
    bars = [
        _bar(segment, y, span, mark)
        for segment in row.segments
        if segment.start <= span.end and (segment.end is None or segment.end >= span.start)
    ]
    return element("g", link(row.href, name, row.name), *bars, class_="row")


def _bar(segment: Segment, y: float, span: _Span, mark: str) -> Svg:
    code = fill_class(segment.lead)
    left, right = span.x(segment.start), span.x(segment.end or span.end)
    fill = FILLS[code]
    until = (
        _("to %(long_date)s") % {"long_date": long_date(segment.end)}
        if segment.end
        else _("and still")
    )
    box = element(
        "rect",
        element("title", f"{fill.words}, from {long_date(segment.start)} {until}"),
        x=left,
        y=y + 3,
        width=max(right - left, 2.0),
        height=_ROW - 6,
        class_=f"segment class-{code}",
        fill=pattern_fill(code, mark),
        stroke=MUTED,
    )
    if right - left < 18:
        return box
    solid = fill.pattern == "solid"
    letter = element(
        "text",
        fill.letter,
        x=left + 5,
        y=y + 16,
        font_size=11,
        font_weight=700,
        fill=fill.letter_colour,
        stroke=None if solid else fill.ground,
        stroke_width=None if solid else 3,
        pointer_events="none",
        class_="letter",
    )
    return Svg(box + letter)


def _as_of_line(span: _Span, as_of: dt.date | None, height: float) -> Svg:
    if as_of is None or not span.start <= as_of <= span.end:
        return Svg("")
    line = f"M{span.x(as_of):.1f} {_TOP - 6:g}V{height:.1f}"
    halo = element("path", d=line, class_="halo", stroke=PAPER, stroke_width=4)
    return halo + element(
        "path",
        element("title", f"as of {long_date(as_of)}"),
        d=line,
        class_="as-of",
        stroke=INK,
        stroke_width=1.5,
        stroke_dasharray="3 2",
    )


def _described(rows: Sequence[TimelineRow], as_of: dt.date | None) -> str:
    """Each row in words; of many rows how many there are, since nobody listens to a wall."""
    if len(rows) > MOST_DESCRIBED:
        return _("%(rows)d rows. Their changes stand in words on a page of their own.") % {
            "rows": len(rows)
        }
    parts = []
    for row in rows:
        steps = ", then ".join(
            _("%(words)s from %(long_date)s")
            % {"words": FILLS[fill_class(s.lead)].words, "long_date": long_date(s.start)}
            for s in row.segments
        )
        parts.append(f"{row.name}: {steps or _('no lead recorded')}")
    ending = _(" As of %(long_date)s.") % {"long_date": long_date(as_of)} if as_of else ""
    return "; ".join(parts) + "." + ending
