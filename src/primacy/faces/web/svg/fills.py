"""Fills of leads, readiness and results: a colour, a pattern and a letter for each.

The mission's side is blue, the local side ochre; a lead's lightness and pattern differ as well, so
that a grey print and a colour-blind reader tell them apart.
"""

from dataclasses import dataclass
from typing import Literal

from primacy.faces.web.svg.markup import Svg, element
from primacy.platform.language.later import later

Pattern = Literal["solid", "halves", "stripes", "dots", "cross"]

BLUE = "#005f8a"
BLUE_TINT = "#8cc7e6"
OCHRE = "#dd9b1c"
OCHRE_TINT = "#fbe9bf"
INK = "#14191f"
MUTED = "#56616c"
RULE = "#7d8894"
FAINT = "#e3e8ec"
PAPER = "#ffffff"


@dataclass(frozen=True)
class Fill:
    """How one class is drawn: ground and ink colours, pattern, letter and words."""

    ground: str
    ink: str
    pattern: Pattern
    letter: str
    letter_colour: str
    words: str


FILLS: dict[str, Fill] = {
    "mission": Fill(BLUE, BLUE, "solid", "M", PAPER, later("mission leads")),
    "joint": Fill(
        OCHRE_TINT,
        BLUE_TINT,
        "halves",
        "J",
        INK,
        later("joint: mission leads, local beside"),
    ),
    "local_supported": Fill(
        OCHRE_TINT, OCHRE, "stripes", "L+", INK, later("local leads, mission alongside")
    ),
    "local_overseen": Fill(
        OCHRE_TINT, OCHRE, "dots", "L○", INK, later("local leads, mission monitors")
    ),
    "local": Fill(OCHRE, OCHRE, "solid", "L", INK, later("local leads alone")),
    "ready": Fill("#1d6b50", "#1d6b50", "solid", "●", PAPER, "ready"),
    "ready_with_conditions": Fill(
        "#d9efe5", "#1d6b50", "stripes", "◐", INK, later("ready with conditions")
    ),
    "not_ready": Fill(PAPER, RULE, "dots", "○", INK, later("not ready")),
    "unknown": Fill(FAINT, RULE, "cross", "?", INK, later("not known")),
}
"""By the code of a lead or a readiness; `unknown` serves both."""

LEAD_LETTERS: dict[str, str] = {
    code: FILLS[code].letter
    for code in ("mission", "joint", "local_supported", "local_overseen", "local")
}


def fill_class(code: str | None) -> str:
    """The class to draw: the code itself where it has a fill, else `unknown`."""
    return code if code is not None and code in FILLS else "unknown"


def pattern_definitions(classes: set[str], mark: str) -> Svg:
    """The `<defs>` with a pattern for each class; `mark` keeps ids apart on one page."""
    return element("defs", *(_pattern(name, mark) for name in sorted(classes)))


def pattern_fill(name: str, mark: str) -> str:
    """The value of a `fill` attribute that draws the class."""
    return f"url(#{mark}-{name})"


def _pattern(name: str, mark: str) -> Svg:
    fill = FILLS[name]
    ground = element("rect", width=8, height=8, fill=fill.ground)
    inks: dict[Pattern, tuple[Svg, ...]] = {
        "solid": (),
        "halves": (element("rect", width=4, height=8, fill=fill.ink),),
        "stripes": (element("rect", width=3, height=8, fill=fill.ink),),
        "dots": (element("circle", cx=4, cy=4, r=1.4, fill=fill.ink),),
        "cross": (element("path", d="M0 4H8M4 0V8", stroke=fill.ink, stroke_width=1, fill="none"),),
    }
    turned = "rotate(45)" if fill.pattern in ("halves", "stripes", "cross") else None
    return element(
        "pattern",
        ground,
        *inks[fill.pattern],
        id=f"{mark}-{name}",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
        patternTransform=turned,
        class_=f"fill-{name}",
    )
