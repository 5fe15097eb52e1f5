"""Horizontal bars with their figures and intervals written beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.faces.web.svg.axes import short_figure
from primacy.faces.web.svg.fills import BLUE, INK, MUTED
from primacy.faces.web.svg.markup import Svg, document, element, link

_ROW = 22.0
_TOP = 20.0


@dataclass(frozen=True)
class Bar:
    """One bar: a value of None is written as not known, never drawn as zero."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    href: str | None = None


def bar_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    unit: str = "",
    width: float = 480,
    maximum: float | None = None,
) -> Svg:
    """A bar chart from zero; negative values are drawn as zero length and written in full."""
    largest = maximum or max(
        (v for b in bars for v in (b.value, b.high) if v is not None and v > 0), default=1.0
    )
    left = min(12 + 6.6 * max((len(b.name) for b in bars), default=0), width * 0.42)
    room = width - left - 64
    rows = [_row(bar, index, left, room, largest) for index, bar in enumerate(bars)]
    head = element("text", unit, x=left, y=12, font_size=11, class_="muted", fill=MUTED)
    parts = [f"{b.name}: {_words(b)}" for b in bars]
    return document(
        head,
        *rows,
        width=width,
        height=_TOP + _ROW * max(len(bars), 1) + 4,
        title=title,
        desc="; ".join(parts) + (f" ({unit})." if unit else ".") if parts else "No figures.",
        class_="bar-chart",
    )


def _row(bar: Bar, index: int, left: float, room: float, largest: float) -> Svg:
    y = _TOP + index * _ROW
    middle = y + _ROW / 2
    shown = _cut(bar.name, left)
    name = element("text", shown, x=left - 8, y=middle + 4, text_anchor="end", class_="name")
    if bar.value is None:
        known = element("text", "? not known", x=left, y=middle + 4, class_="muted", fill=MUTED)
        return element("g", link(bar.href, name, bar.name), known, class_="bar-row")
    length = room * min(max(bar.value, 0.0) / largest, 1.0)
    bar_end = max(length, room * min(max(bar.high or 0.0, 0.0) / largest, 1.0))
    parts = [
        link(bar.href, name, bar.name),
        element("rect", x=left, y=y + 4, width=length, height=_ROW - 8, class_="bar", fill=BLUE),
        _interval(bar, left, room, largest, middle),
        element("text", short_figure(bar.value), x=left + bar_end + 6, y=middle + 4, class_="fig"),
    ]
    return element("g", element("title", f"{bar.name}: {_words(bar)}"), *parts, class_="bar-row")


def _interval(bar: Bar, left: float, room: float, largest: float, y: float) -> Svg:
    if bar.low is None or bar.high is None:
        return Svg("")
    start, end = (left + room * min(max(v, 0.0) / largest, 1.0) for v in (bar.low, bar.high))
    return element(
        "path",
        d=f"M{start:.1f} {y - 4:.1f}v8m0-4H{end:.1f}m0-4v8",
        class_="interval",
        stroke=INK,
        stroke_width=1.4,
        fill="none",
    )


def _words(bar: Bar) -> str:
    if bar.value is None:
        return _("not known")
    if bar.low is None or bar.high is None:
        return short_figure(bar.value)
    return _("%(short_figure)s (%(short_figure_2)s to %(short_figure_3)s)") % {
        "short_figure": short_figure(bar.value),
        "short_figure_2": short_figure(bar.low),
        "short_figure_3": short_figure(bar.high),
    }


def _cut(name: str, room: float) -> str:
    fits = max(int((room - 10) / 6.2), 4)
    return name if len(name) <= fits else name[: fits - 1] + "…"
