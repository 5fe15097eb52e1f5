"""Lines over time with their bands, labelled at their ends."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from primacy.faces.web.svg.axes import long_date, round_ticks, short_figure, year_ticks
from primacy.faces.web.svg.fills import BLUE, FAINT, INK, MUTED, RULE
from primacy.faces.web.svg.markup import Svg, document, element, number

_TOP, _BOTTOM, _LEFT = 24.0, 24.0, 46.0
_STROKES = (
    (BLUE, None),
    ("#9a5b00", "6 3"),
    ("#1d6b50", "2 3"),
    (INK, "8 3 2 3"),
)


@dataclass(frozen=True)
class SeriesPoint:
    """One reading: None breaks the line. `low` and `high` draw the band."""

    on: dt.date
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """A named line; the name is written at its end."""

    name: str
    points: Sequence[SeriesPoint]


@dataclass(frozen=True)
class _Plot:
    """Where the plot lies and how days and values become coordinates."""

    width: float
    height: float
    right: float
    days: tuple[dt.date, dt.date]
    ticks: Sequence[float]

    def x(self, day: dt.date) -> float:
        span = max((self.days[1] - self.days[0]).days, 1)
        share = (day - self.days[0]).days / span
        return _LEFT + share * (self.width - _LEFT - self.right)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return _TOP + (high - value) / (high - low) * (self.height - _TOP - _BOTTOM)


def line_chart(
    series: Sequence[Series],
    *,
    title: str,
    unit: str = "",
    as_of: dt.date | None = None,
    width: float = 560,
    height: float = 220,
    from_zero: bool = True,
) -> Svg:
    """A chart of lines over time. Each line has its own dash, so colour is not needed."""
    readings = [p for s in series for p in s.points if p.value is not None]
    if not readings:
        return _empty(title, width, height)
    values = [v for p in readings for v in (p.value, p.low, p.high) if v is not None]
    low = min(0.0, *values) if from_zero else min(values)
    right = 12 + 6.4 * max(len(s.name) for s in series)
    days = [p.on for p in readings] + ([as_of] if as_of else [])
    plot = _Plot(
        width, height, min(right, width / 3), (min(days), max(days)), round_ticks(low, max(values))
    )
    ends = _end_heights(series, plot)
    lines = [_series(one, plot, index, ends.get(index)) for index, one in enumerate(series)]
    return document(
        _grid(plot, unit),
        _as_of_line(plot, as_of),
        *lines,
        width=width,
        height=height,
        title=title,
        desc=_described(series, unit, as_of),
        class_="line-chart",
    )


def _grid(plot: _Plot, unit: str) -> Svg:
    parts = [element("text", unit, x=0, y=12, font_size=11, class_="muted", fill=MUTED)]
    right = plot.width - plot.right
    for tick in plot.ticks:
        y = plot.y(tick)
        parts.append(
            element("path", d=f"M{_LEFT:g} {y:.1f}H{right:.1f}", class_="grid", stroke=FAINT)
        )
        parts.append(_tick_label(short_figure(tick), _LEFT - 6, y + 4, "end"))
    for day, label in year_ticks(*plot.days):
        x, foot = plot.x(day), plot.height - _BOTTOM
        parts.append(element("path", d=f"M{x:.1f} {foot:g}v4", class_="axis", stroke=RULE))
        parts.append(_tick_label(label, x, foot + 16, "middle"))
    return element("g", *parts, class_="axes")


def _tick_label(words: str, x: float, y: float, anchor: str) -> Svg:
    return element(
        "text", words, x=x, y=y, text_anchor=anchor, font_size=11, class_="muted", fill=MUTED
    )


def _as_of_line(plot: _Plot, as_of: dt.date | None) -> Svg:
    if as_of is None:
        return Svg("")
    x = plot.x(as_of)
    return element(
        "path",
        element("title", f"as of {long_date(as_of)}"),
        d=f"M{x:.1f} {_TOP:g}V{plot.height - _BOTTOM:.1f}",
        class_="as-of",
        stroke=INK,
        stroke_dasharray="2 2",
    )


def _series(series: Series, plot: _Plot, index: int, label_y: float | None) -> Svg:
    colour, dash = _STROKES[index % len(_STROKES)]
    parts = []
    for run in _runs(series):
        parts.append(_band(run, plot, colour))
        steps = [f"{number(plot.x(p.on))} {number(plot.y(p.value or 0.0))}" for p in run]
        if len(run) == 1:
            x, y = steps[0].split()
            parts.append(element("circle", cx=x, cy=y, r=2.5, fill=colour))
        else:
            parts.append(_stroke("M" + "L".join(steps), colour, dash))
    last = next((p for p in reversed(_in_order(series)) if p.value is not None), None)
    if last is not None and label_y is not None:
        parts.append(_end_label(series.name, plot.x(last.on) + 6, label_y, colour))
    return element("g", *parts, class_=f"series series-{index % len(_STROKES)}")


def _stroke(path: str, colour: str, dash: str | None) -> Svg:
    return element(
        "path", d=path, fill="none", stroke=colour, stroke_width=1.8, stroke_dasharray=dash
    )


def _end_label(name: str, x: float, y: float, colour: str) -> Svg:
    return element("text", name, x=x, y=y + 4, class_="series-name", fill=colour, font_size=12)


def _in_order(series: Series) -> list[SeriesPoint]:
    return sorted(series.points, key=lambda p: p.on)


def _runs(series: Series) -> list[list[SeriesPoint]]:
    """The points cut where a reading is missing, in order of days."""
    runs: list[list[SeriesPoint]] = [[]]
    for point in _in_order(series):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _band(run: Sequence[SeriesPoint], plot: _Plot, colour: str) -> Svg:
    bounded = [(p.on, p.low, p.high) for p in run if p.low is not None and p.high is not None]
    if not bounded:
        return Svg("")
    upper = [f"{number(plot.x(on))} {number(plot.y(high))}" for on, _, high in bounded]
    lower = [f"{number(plot.x(on))} {number(plot.y(low))}" for on, low, _ in reversed(bounded)]
    if len(bounded) == 1:
        return element(
            "path", d=f"M{lower[0]}L{upper[0]}", class_="interval", stroke=colour, stroke_width=1.5
        )
    outline = "M" + "L".join([*upper, *lower]) + "Z"
    return element("path", d=outline, class_="band", fill=colour, fill_opacity="0.16")


def _end_heights(series: Sequence[Series], plot: _Plot) -> dict[int, float]:
    """The heights of the names at line ends, pushed apart where they would overlap."""
    ends: dict[int, float] = {}
    for index, one in enumerate(series):
        known = [p.value for p in _in_order(one) if p.value is not None]
        if known:
            ends[index] = plot.y(known[-1])
    order = sorted(ends, key=lambda i: ends[i])
    for above, below in pairwise(order):
        ends[below] = max(ends[below], ends[above] + 14)
    return ends


def _described(series: Sequence[Series], unit: str, as_of: dt.date | None) -> str:
    parts = []
    for one in series:
        points = [p for p in _in_order(one) if p.value is not None]
        if not points:
            parts.append(_("%(one)s: no readings") % {"one": one.name})
            continue
        first, last = points[0], points[-1]
        parts.append(
            _("%(one)s: %(short_figure)s on %(long_date)s, %(short_figure_2)s on %(long_date_2)s")
            % {
                "one": one.name,
                "short_figure": short_figure(first.value),
                "long_date": long_date(first.on),
                "short_figure_2": short_figure(last.value),
                "long_date_2": long_date(last.on),
            }
        )
    ending = _(" As of %(long_date)s.") % {"long_date": long_date(as_of)} if as_of else ""
    return "; ".join(parts) + (f" ({unit})." if unit else ".") + ending


def _empty(title: str, width: float, height: float) -> Svg:
    words = _("No readings in this span.")
    body = element(
        "text", words, x=width / 2, y=height / 2, text_anchor="middle", class_="muted", fill=MUTED
    )
    return document(body, width=width, height=height, title=title, desc=words, class_="line-chart")
