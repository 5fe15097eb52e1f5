"""A criterion on a line: threshold, value, interval, and what each side says."""

import math
from collections.abc import Callable
from typing import Literal

from django.utils.translation import gettext as _

from primacy.faces.web.svg.axes import short_figure
from primacy.faces.web.svg.fills import INK, MUTED, PAPER, RULE
from primacy.faces.web.svg.markup import Svg, document, element
from primacy.platform.language.later import later

ComparisonWord = Literal["at_least", "at_most", "equals"]

_HEIGHT = 34.0
_LINE = 14.0
_MARGIN = 10.0
_WORDS = {
    "at_least": later("at least"),
    "at_most": later("at most"),
    "equals": "exactly",
}


def criterion_scale(
    value: float | None,
    low: float | None,
    high: float | None,
    threshold: float,
    comparison: ComparisonWord | str,
    minimum: float | None = None,
    maximum: float | None = None,
    self_value: float | None = None,
    field_value: float | None = None,
    *,
    label: str = later("Criterion"),
    unit: str = "",
    width: float = 220,
) -> Svg:
    """A small line: the thick part is where the criterion is met, the tick is the threshold.

    Dot = value that counts, bar = its interval, hollow square = self-assessment, triangle = field
    team. Bounds that are not given are chosen so that all marks fit.
    """
    known = [v for v in (value, low, high, self_value, field_value) if _is_number(v)]
    bounds = _bounds([*known, threshold], minimum, maximum)

    def x(point: float) -> float:
        share = (point - bounds[0]) / (bounds[1] - bounds[0])
        return _MARGIN + min(max(share, 0.0), 1.0) * (width - 2 * _MARGIN)

    parts = [_axis(width), _met_zone(x, threshold, comparison, bounds)]
    if low is not None and high is not None and _is_number(low) and _is_number(high):
        parts.append(_interval(x(low), x(high)))
    parts.append(_threshold(x(threshold), threshold, width))
    if self_value is not None and _is_number(self_value):
        parts.append(_self_mark(x(self_value)))
    if field_value is not None and _is_number(field_value):
        parts.append(_field_mark(x(field_value)))
    if value is not None and _is_number(value):
        parts.append(_value_dot(x(value)))
    elif not known:
        parts.append(_no_evidence(x(threshold), width))
    words = _described(value, low, high, threshold, comparison, (self_value, field_value), unit)
    return document(
        *parts, width=width, height=_HEIGHT, title=label, desc=words, class_="criterion-scale"
    )


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _bounds(
    shown: list[float | None], minimum: float | None, maximum: float | None
) -> tuple[float, float]:
    numbers = [v for v in shown if v is not None]
    low = minimum if minimum is not None else min(0.0, *numbers)
    high = maximum if maximum is not None else max(*numbers, low) * 1.15
    return (low, high) if high > low else (low, low + 1.0)


def _axis(width: float) -> Svg:
    return element(
        "path",
        d=f"M{_MARGIN:g} {_LINE:g}H{width - _MARGIN:g}",
        class_="axis",
        stroke=RULE,
        stroke_width=1,
        fill="none",
    )


def _met_zone(
    x: Callable[[float], float],
    threshold: float,
    comparison: str,
    bounds: tuple[float, float],
) -> Svg:
    start, end = {
        "at_least": (threshold, bounds[1]),
        "at_most": (bounds[0], threshold),
    }.get(comparison, (threshold, threshold))
    left, right = x(start) - 2, x(end) + 2
    return element(
        "rect",
        x=left,
        y=_LINE - 3,
        width=right - left,
        height=6,
        class_="met-zone",
        fill="#bfe3d3",
        stroke="none",
    )


def _interval(left: float, right: float) -> Svg:
    return element(
        "path",
        d=f"M{left:.1f} {_LINE - 4:g}v8m0-4H{right:.1f}m0-4v8",
        class_="interval",
        stroke=INK,
        stroke_width=1.5,
        fill="none",
    )


def _threshold(at: float, threshold: float, width: float) -> Svg:
    tick = element(
        "path",
        d=f"M{at:.1f} {_LINE - 9:g}V{_LINE + 8:g}",
        class_="threshold",
        stroke=INK,
        stroke_width=2,
    )
    figure = element(
        "text",
        short_figure(threshold),
        x=min(max(at, _MARGIN), width - _MARGIN),
        y=_LINE + 19,
        text_anchor="middle",
        font_size=10.5,
        class_="muted",
        fill=MUTED,
    )
    return Svg(tick + figure)


def _value_dot(at: float) -> Svg:
    return element(
        "circle",
        cx=at,
        cy=_LINE,
        r=4.5,
        class_="value-dot",
        fill=INK,
        stroke=PAPER,
        stroke_width=1.5,
    )


def _self_mark(at: float) -> Svg:
    return element(
        "rect",
        x=at - 4,
        y=_LINE - 4,
        width=8,
        height=8,
        class_="self-mark",
        fill=PAPER,
        stroke=INK,
        stroke_width=1.5,
    )


def _field_mark(at: float) -> Svg:
    return element(
        "path",
        d=f"M{at:.1f} {_LINE - 5.5:g}l5 9.5h-10z",
        class_="field-mark",
        fill=PAPER,
        stroke=INK,
        stroke_width=1.5,
    )


def _no_evidence(threshold_at: float, width: float) -> Svg:
    """The words on the side of the line that the threshold leaves free."""
    left = threshold_at > width / 2
    return element(
        "text",
        "? no evidence",
        x=_MARGIN if left else width - _MARGIN,
        y=_LINE - 4,
        text_anchor="start" if left else "end",
        font_size=10.5,
        class_="muted",
        fill=MUTED,
    )


def _described(
    value: float | None,
    low: float | None,
    high: float | None,
    threshold: float,
    comparison: str,
    sides: tuple[float | None, float | None],
    unit: str,
) -> str:
    after = f" {unit}" if unit else ""
    words = [
        "No evidence"
        if value is None
        else _("Value %(short_figure)s%(after)s")
        % {"short_figure": short_figure(value), "after": after}
    ]
    if low is not None and high is not None:
        words.append(
            _("interval %(short_figure)s to %(short_figure_2)s")
            % {"short_figure": short_figure(low), "short_figure_2": short_figure(high)}
        )
    words.append(f"needed: {_WORDS.get(comparison, comparison)} {short_figure(threshold)}{after}")
    for side, said in zip(("self-assessment", _("field team")), sides, strict=True):
        if said is not None:
            words.append(f"{side} {short_figure(said)}")
    return "; ".join(words) + "."
