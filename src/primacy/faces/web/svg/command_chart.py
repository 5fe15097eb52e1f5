"""The command chart of a day: a row for each unit under its superior, with who commands it.

What is certain has a whole line around it, what is only possible a broken one, and the word beside
it, so that a black print says the same as the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.faces.web.svg.axes import long_date
from primacy.faces.web.svg.chart_rows import Row, chart_rows
from primacy.faces.web.svg.chart_words import (
    ChartWords,
    described,
    people_lines,
    spoken,
    unit_lines,
    why,
)
from primacy.faces.web.svg.fills import INK, MUTED, PAPER, RULE
from primacy.faces.web.svg.markup import Svg, document, element, link
from primacy.kernels.command import Commander, Commanders, CommandTree
from primacy.platform.language.later import later

MOST_UNITS = 40
"""Units that one chart shows; what is deeper is folded into "+ 12 units"."""
MOST_COMMANDERS = 3
WIDTH, NARROW = 760.0, 560.0
"""With commanders beside the units, and without."""
BROKEN = "4 3"

_TOP = 52.0
_LINE = 18.0
_PAD = 6.0
_GAP = 5.0
_INDENT = 20.0
_DEEPEST = 8
_PEOPLE = 0.46
"""The share of the width that stands for commanders."""
_LETTER = 7.8
"""The width of a bold letter of 13 px, on average, in the widest of the usual fonts."""
_PLAIN = 6.6
_MOST_LINES = 3
"""Lines that a unit's name may take; what is longer is cut."""


@dataclass(frozen=True)
class _Drawn:
    """A row at its place: the lines of text on both sides and the height they take."""

    row: Row
    y: float
    height: float
    name: tuple[str, ...]
    left: tuple[str, ...]
    people: tuple[Commander, ...]
    right: tuple[str, ...]


def command_chart(
    tree: CommandTree,
    commanders: Mapping[str, Commanders],
    words: ChartWords,
    *,
    top: str | None = None,
    most: int = MOST_UNITS,
    title: str = later("Chain of command"),
    width: float | None = None,
) -> Svg:
    """The command chart of the day of a tree; below one unit where `top` names it.

    A unit without an entry in `commanders` is drawn without that side: nobody was asked.
    """
    width = width or (WIDTH if commanders else NARROW)
    split = width * (1 - _PEOPLE) if commanders else width + 7
    rows = chart_rows(tree, top, most, words.unit)
    drawn = _placed(rows, tree, commanders, words, split)
    height = max(drawn[-1].y + drawn[-1].height if drawn else _TOP, _TOP) + _GAP
    return document(
        _legend(tree),
        element("g", *_connectors(drawn), fill="none", stroke=RULE, class_="axis"),
        *(_row(one, tree, words, split, width) for one in drawn),
        width=width,
        height=height,
        title=title,
        desc=described(tree, rows, commanders, words),
        class_="command-chart",
    )


def units_drawn(
    tree: CommandTree, words: ChartWords, top: str | None = None, most: int = MOST_UNITS
) -> list[str]:
    """The units that `command_chart` draws, so that nobody else's commander is read."""
    return [row.unit for row in chart_rows(tree, top, most, words.unit) if row.folded == 0]


def _placed(
    rows: Sequence[Row],
    tree: CommandTree,
    commanders: Mapping[str, Commanders],
    words: ChartWords,
    split: float,
) -> list[_Drawn]:
    placed: list[_Drawn] = []
    y = _TOP
    for row in rows:
        first, *left = unit_lines(row, tree, words)
        level = words.level(row.unit) if row.folded == 0 else ""
        room = split - _x(row.depth) - 24 - (len(level) + 1) * 6.2
        name = _wrapped(first, room) if row.folded == 0 else (first,)
        found = commanders.get(row.unit) if row.folded == 0 else None
        people = found.all[:MOST_COMMANDERS] if found else ()
        right = tuple(people_lines(found, words, words.closed(row.unit)) if found else ())
        if found and len(found.all) > len(people):
            rest = len(found.all) - len(people)
            more = ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
            right = (*right[: len(people)], more, *right[len(found.all) :])
        height = max(len(name) + len(left), len(right)) * _LINE + _PAD
        placed.append(_Drawn(row, y, height, name, tuple(left), people, right))
        y += height + _GAP
    return placed


def _row(one: _Drawn, tree: CommandTree, words: ChartWords, split: float, width: float) -> Svg:
    row = one.row
    x = _x(row.depth)
    if row.folded:
        text = element("text", one.name[0], x=x, y=one.y + 16, font_size=13, class_="name")
        return link(words.more(row.unit) if row.unit else None, text)
    edge = tree.superior(row.unit)
    broken = edge is not None and not edge.certain
    level = words.level(row.unit)
    box = element(
        "rect",
        element("title", spoken(row, tree, words)),
        x=x,
        y=one.y,
        width=split - x - 8,
        height=one.height,
        rx=3,
        fill=PAPER,
        stroke=INK,
        stroke_width=1.2,
        stroke_dasharray=BROKEN if broken else None,
        class_="box",
    )
    # A space keeps the words of two lines apart for whoever hears them.
    name = Svg("").join(
        element("text", f"{line} " if n < len(one.name) - 1 else line, x=x + 8,
                y=one.y + 16 + _LINE * n, font_size=13, font_weight=600, class_="name")
        for n, line in enumerate(one.name)
    )  # fmt: skip
    small = [
        element("text", _cut(line, split - x - 24, _PLAIN), x=x + 8, y=one.y + 16 + _LINE * n,
                class_="muted", fill=MUTED)
        for n, line in enumerate(one.left, start=len(one.name))
    ]  # fmt: skip
    if level:
        small.append(element("text", level, x=split - 16, y=one.y + 16, text_anchor="end",
                             class_="muted", fill=MUTED))  # fmt: skip
    unit = link(words.href(row.unit), Svg(box + Svg(name)))
    return element("g", unit, *small, *_people(one, words, split, width), class_="row")


def _people(one: _Drawn, words: ChartWords, split: float, width: float) -> list[Svg]:
    """The right side: a pill for each commander, broken where only possible."""
    drawn = []
    for n, line in enumerate(one.right):
        y = one.y + 3 + _LINE * n
        who = one.people[n] if n < len(one.people) else None
        if who is not None:
            drawn.append(
                element(
                    "rect",
                    element("title", why(who.reasons, words)),
                    x=split + 0.5,
                    y=y + 0.5,
                    width=width - split - 1,
                    height=_LINE - 3,
                    rx=7.5,
                    fill=PAPER,
                    stroke=INK if who.certain else MUTED,
                    stroke_dasharray=None if who.certain else BROKEN,
                    class_="box" if who.certain else "box faint",
                )
            )
        drawn.append(
            element(
                "text",
                _cut_name(line, width - split - 16, 6.4),
                x=split + 8,
                y=y + 12,
                class_=None if who else "muted",
                fill=None if who else MUTED,
            )
        )
    return drawn


def _connectors(drawn: Sequence[_Drawn]) -> list[Svg]:
    """Lines from each unit to its superior, broken where the place is only possible."""
    at: dict[str, _Drawn] = {}
    paths: dict[bool, list[str]] = {True: [], False: []}
    for one in drawn:
        row = one.row
        above = at.get(row.superior)
        if above is not None:
            x = _x(row.depth) - _INDENT / 2
            y = one.y + min(one.height, _LINE + _PAD) / 2
            paths[row.certain].append(
                f"M{x:.1f} {above.y + above.height:.1f}V{y:.1f}h{_INDENT / 2:g}"
            )
        if row.folded == 0:
            at[row.unit] = one
    return [
        element("path", d="".join(found), stroke_dasharray=None if sure else BROKEN)
        for sure, found in paths.items()
        if found
    ]


def _legend(tree: CommandTree) -> Svg:
    """The day, and below it what whole and broken lines mean: a narrow screen shows both."""
    day = element("text", _("As of %(day)s") % {"day": long_date(tree.day)}, x=0, y=14,
                  font_size=13, font_weight=600)  # fmt: skip
    signs, x = [], 0.0
    for broken, text in ((None, _("certain")), (BROKEN, _("only possible"))):
        signs.append(element("rect", x=x + 0.5, y=26.5, width=22, height=11, rx=3, fill=PAPER,
                             stroke=INK, stroke_dasharray=broken, class_="box"))  # fmt: skip
        signs.append(element("text", text, x=x + 28, y=36))
        x += 44 + len(text) * 7
    return element("g", day, *signs, class_="legend")


def _x(depth: int) -> float:
    return 1 + _INDENT * min(depth, _DEEPEST)


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    """The text in lines between words; its last line is cut where there is no room for all."""
    most = max(int(room / _LETTER), 4)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return tuple(_cut(line, room) for line in lines) or (text,)


def _cut_name(line: str, room: float, letter: float) -> str:
    """A commander's line, shortened before the colon: how far it may be relied on stays whole."""
    who, colon, sure = line.rpartition(": ")
    if not who:
        return _cut(line, room, letter)
    return _cut(who, room - len(colon + sure) * letter, letter) + colon + sure


def _cut(text: str, room: float, letter: float = _LETTER) -> str:
    """The text, shortened to the letters there is room for."""
    most = max(int(room / letter), 4)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
