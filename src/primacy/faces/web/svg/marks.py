"""Small signs that stand in tables: readiness mark, swatch of a lead, age bar."""

from primacy.faces.web.svg.fills import FILLS, fill_class, pattern_definitions, pattern_fill
from primacy.faces.web.svg.markup import Svg, element, short_id

_DISC = {"cx": 8, "cy": 8, "r": 6}


def readiness_mark(readiness: str | None) -> Svg:
    """The sign ●, ◐, ○ or ? of a readiness. Decorative: the words stand beside it."""
    body = readiness_sign(readiness)
    return element(
        "svg", body, viewBox="0 0 16 16", width=16, height=16, class_="mark", aria_hidden="true"
    )


def readiness_sign(readiness: str | None) -> Svg:
    """What a readiness mark draws, in a box of 16 by 16, without the box."""
    code = fill_class(readiness)
    ring = element(
        "circle", cx=8, cy=8, r=6.0, fill="none", stroke="currentColor", stroke_width=1.6
    )
    if code == "ready":
        return Svg(ring + element("circle", **_DISC, fill="currentColor"))
    if code == "ready_with_conditions":
        return Svg(ring + element("path", d="M8 2a6 6 0 0 0 0 12z", fill="currentColor"))
    if code == "not_ready":
        return ring
    return element(
        "text",
        "?",
        x=8,
        y=13,
        text_anchor="middle",
        font_size=14,
        font_weight=600,
        fill="currentColor",
    )


def lead_swatch(code: str | None, width: int = 28, height: int = 18) -> Svg:
    """A small box with the fill and letter of a lead, for legends. Decorative."""
    name = fill_class(code)
    mark = "s" + short_id(name, str(width))
    box = element(
        "rect",
        x=0.5,
        y=0.5,
        width=width - 1,
        height=height - 1,
        fill=pattern_fill(name, mark),
        stroke="#56616c",
    )
    letter = element(
        "text",
        FILLS[name].letter,
        x=width / 2,
        y=height / 2 + 4,
        text_anchor="middle",
        font_size=12,
        font_weight=700,
        fill=FILLS[name].letter_colour,
        stroke=None if FILLS[name].pattern == "solid" else FILLS[name].ground,
        stroke_width=None if FILLS[name].pattern == "solid" else 3,
        paint_order="stroke",
    )
    return element(
        "svg",
        pattern_definitions({name}, mark),
        box,
        letter,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        class_="swatch",
        aria_hidden="true",
    )


def age_bar(age_days: int | None, allowed_days: int | None = 365) -> Svg:
    """A thin bar that fills as evidence ages; broken line where there is none. Decorative.

    Without an allowed age (evidence that does not expire) the bar fills over five years.
    """
    if age_days is None:
        body = element(
            "path", d="M0 2H40", stroke="currentColor", stroke_width=2, stroke_dasharray="3 3"
        )
        state = "none"
    else:
        share = age_share(age_days, allowed_days)
        state = age_state(share)
        body = Svg(
            element("rect", class_="age-track", width=40, height=4, fill="#d5dbe1")
            + element("rect", width=max(40 * share, 1.5), height=4, fill="currentColor")
        )
    return element(
        "svg",
        body,
        viewBox="0 0 40 4",
        width=40,
        height=4,
        class_=f"age age-{state}",
        aria_hidden="true",
    )


def age_share(age_days: int, allowed_days: int | None = 365) -> float:
    """How much of its bar an age fills, from 0 to 1."""
    return min(max(age_days, 0) / max(allowed_days or 1826, 1), 1.0)


def age_state(share: float) -> str:
    """The class of an age by how much of its bar it fills: fresh, ageing or old."""
    return "old" if share >= 1 else "ageing" if share > 0.66 else "fresh"
