"""The command chart of a day: a row for each unit under its superior, with who commands it.

What is certain has a whole line around it, what is only possible a broken one, and the word beside
it, so that a black print says the same as the page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.faces.web.svg.axes import long_date
from primacy.faces.web.svg.chart_rows import Row, chart_rows
from primacy.faces.web.svg.fills import INK, MUTED, PAPER, RULE
from primacy.faces.web.svg.markup import Svg, document, element, link
from primacy.kernels.command import Commander, Commanders, CommandTree, Reason
from primacy.platform.language.later import later
from primacy.platform.language.sentences import said

MOST_UNITS = 40
"""Units that one chart shows; what is deeper is folded into "+ 12 units"."""
MOST_DESCRIBED = 20
"""Units that are told one by one to who cannot see the drawing."""
MOST_COMMANDERS = 3
BROKEN = "4 3"

_TOP = 30.0
_LINE = 17.0
_PAD = 7.0
_GAP = 5.0
_INDENT = 20.0
_DEEPEST = 8
_PEOPLE = 0.46
"""The share of the width that stands for commanders."""
_LETTER = 6.9
"""The width of a letter of 13 px, on average."""

Words = Callable[[str], str]
Address = Callable[[str], str | None]


def _no_address(_unit: str) -> str | None:
    return None


def _no_level(_unit: str) -> str:
    return ""


@dataclass(frozen=True)
class ChartWords:
    """What the chart says of ids: names a reader may see, levels, and addresses to go to.

    `person` is asked for every person drawn: what a reader may not know is kept back there.
    `more` leads to the chart with a unit on top, from the row that stands for its folded units.
    """

    unit: Words
    person: Words
    level: Words = _no_level
    href: Address = _no_address
    more: Address = _no_address


@dataclass(frozen=True)
class _Drawn:
    """A row at its place: the lines of text on both sides and the height they take."""

    row: Row
    y: float
    height: float
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
    width: float = 760,
) -> Svg:
    """The command chart of the day of a tree; below one unit where `top` names it.

    A unit without an entry in `commanders` is drawn without that side: nobody was asked.
    """
    rows = chart_rows(tree, top, most, words.unit)
    drawn = _placed(rows, tree, commanders, words)
    height = max(drawn[-1].y + drawn[-1].height if drawn else _TOP, _TOP) + _GAP
    return document(
        _legend(tree, width, bool(commanders)),
        element("g", *_connectors(drawn), fill="none", stroke=RULE, class_="axis"),
        *(_row(one, tree, commanders, words, width) for one in drawn),
        width=width,
        height=height,
        title=title,
        desc=_described(tree, rows, commanders, words),
        class_="command-chart",
    )


def _placed(
    rows: Sequence[Row],
    tree: CommandTree,
    commanders: Mapping[str, Commanders],
    words: ChartWords,
) -> list[_Drawn]:
    placed: list[_Drawn] = []
    y = _TOP
    for row in rows:
        left = _left(row, tree, words)
        found = commanders.get(row.unit) if row.folded == 0 else None
        people = found.all[:MOST_COMMANDERS] if found else ()
        right = tuple(_commander(one, words) for one in people)
        if found and len(found.all) > len(people):
            rest = len(found.all) - len(people)
            right += (ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest},)
        if found and not people:
            right = (_vacancy(found),)
        height = max(len(left), len(right), 1) * _LINE + _PAD
        placed.append(_Drawn(row, y, height, left, people, right))
        y += height + _GAP
    return placed


def _left(row: Row, tree: CommandTree, words: ChartWords) -> tuple[str, ...]:
    """The unit's name, and what is to be said of its place."""
    if row.folded:
        if row.alone:
            count = ngettext(
                "+ %(n)d unit without superior or subordinates on record for this day",
                "+ %(n)d units without superior or subordinates on record for this day",
                row.folded,
            )
        else:
            count = ngettext("+ %(n)d unit", "+ %(n)d units", row.folded)
        return (count % {"n": row.folded},)
    lines = [words.unit(row.unit)]
    edge = tree.superior(row.unit)
    if edge is not None and edge.attached:
        lines.append(_("attached to %(unit)s") % {"unit": words.unit(edge.superior)})
    others = [words.unit(other.superior) for other in tree.others(row.unit)]
    if others:
        text = _("also named: %(units)s") if edge and edge.contested else _("or under %(units)s")
        lines.append(text % {"units": ", ".join(others)})
    if row.unit in tree.maybe_gone:
        lines.append(_("may no longer exist"))
    return tuple(lines)


def _commander(one: Commander, words: ChartWords) -> str:
    """A commander in one line: rank, name, and how far it may be relied on."""
    who = " ".join(part for part in (one.rank, words.person(one.person)) if part)
    sure = _("certain") if one.certain else _("possible")
    if one.certain and one.contested:
        sure = _("contested")
    if one.acting:
        sure = _("acting, %(sure)s") % {"sure": sure}
    if one.ultimate:
        sure = _("%(sure)s, probably not direct") % {"sure": sure}
    return _("%(who)s: %(sure)s") % {"who": who, "sure": sure}


def _vacancy(found: Commanders) -> str:
    vacancy = found.vacancy
    if vacancy is None or vacancy.since is None:
        return _("no commander on record")
    return _("no commander known since %(day)s") % {"day": long_date(vacancy.since)}


def _row(
    one: _Drawn,
    tree: CommandTree,
    commanders: Mapping[str, Commanders],
    words: ChartWords,
    width: float,
) -> Svg:
    row = one.row
    x, split = _x(row.depth), width * (1 - _PEOPLE)
    if row.folded:
        text = element("text", one.left[0], x=x, y=one.y + 16, font_size=13, class_="name")
        return link(words.more(row.unit) if row.unit else None, text)
    edge = tree.superior(row.unit)
    broken = edge is not None and not edge.certain
    level = words.level(row.unit)
    box = element(
        "rect",
        element("title", _spoken(row, tree, words)),
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
    room = split - x - 24 - (len(level) + 1) * 6.2
    name = element(
        "text",
        _cut(one.left[0], room),
        x=x + 8,
        y=one.y + 16,
        font_size=13,
        font_weight=600,
        class_="name",
    )
    small = [
        element("text", _cut(line, split - x - 24), x=x + 8, y=one.y + 16 + _LINE * n,
                class_="muted", fill=MUTED)
        for n, line in enumerate(one.left[1:], start=1)
    ]  # fmt: skip
    if level:
        small.append(element("text", level, x=split - 16, y=one.y + 16, text_anchor="end",
                             class_="muted", fill=MUTED))  # fmt: skip
    unit = link(words.href(row.unit), Svg(box + name), words.unit(row.unit))
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
                    element("title", _why(who.reasons, words)),
                    x=split + 0.5,
                    y=y + 0.5,
                    width=width - split - 1,
                    height=_LINE - 2,
                    rx=7,
                    fill=PAPER,
                    stroke=INK if who.certain else MUTED,
                    stroke_dasharray=None if who.certain else BROKEN,
                    class_="box",
                )
            )
        drawn.append(
            element(
                "text",
                _cut(line, width - split - 16, 6.4),
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


def _legend(tree: CommandTree, width: float, people: bool) -> Svg:
    """The day, and what whole and broken lines mean."""
    day = element("text", _("As of %(day)s") % {"day": long_date(tree.day)}, x=0, y=14,
                  font_size=13, font_weight=600)  # fmt: skip
    signs = []
    x = width * (1 - _PEOPLE) + (0 if people else 40)
    for broken, text in ((None, _("certain")), (BROKEN, _("only possible"))):
        signs.append(element("rect", x=x + 0.5, y=4.5, width=22, height=11, rx=3, fill=PAPER,
                             stroke=INK, stroke_dasharray=broken, class_="box"))  # fmt: skip
        signs.append(element("text", text, x=x + 28, y=14))
        x += 44 + len(text) * 6.6
    return element("g", day, *signs, class_="legend")


def _described(
    tree: CommandTree,
    rows: Sequence[Row],
    commanders: Mapping[str, Commanders],
    words: ChartWords,
) -> str:
    """The chart in words; of a big one how much it shows."""
    shown = [row for row in rows if row.folded == 0]
    parts = [_("As of %(day)s.") % {"day": long_date(tree.day)}]
    if not shown:
        return " ".join([*parts, _("No unit is on record for this day.")])
    if len(shown) > MOST_DESCRIBED:
        text = _("%(n)d units, each under its superior, with who commands it.")
        return " ".join([*parts, text % {"n": len(shown)}])
    for row in rows:
        if row.folded:
            parts.append(_left(row, tree, words)[0] + ".")
            continue
        told = _spoken(row, tree, words)
        found = commanders.get(row.unit)
        if found is not None:
            people = [_commander(one, words) for one in found.all] or [_vacancy(found)]
            told = _("%(unit)s; commander: %(people)s") % {
                "unit": told,
                "people": ", ".join(people),
            }
        parts.append(told + ".")
    return " ".join(parts)


def _spoken(row: Row, tree: CommandTree, words: ChartWords) -> str:
    """A unit and its place in words, with the reasons where it is only possible."""
    edge = tree.superior(row.unit)
    name = words.unit(row.unit)
    if edge is None:
        return name
    parts = {"unit": name, "superior": words.unit(edge.superior)}
    if edge.certain and not edge.contested:
        return _("%(unit)s, under %(superior)s") % parts
    parts["why"] = _why(edge.reasons, words)
    if edge.certain:
        return _("%(unit)s, under %(superior)s, contested (%(why)s)") % parts
    return _("%(unit)s, possibly under %(superior)s (%(why)s)") % parts


def _why(reasons: Sequence[Reason], words: ChartWords) -> str:
    return "; ".join(said(reason.words(words.unit, words.person)) for reason in reasons)


def _x(depth: int) -> float:
    return 1 + _INDENT * min(depth, _DEEPEST)


def _cut(text: str, room: float, letter: float = _LETTER) -> str:
    """The text, shortened to the letters there is room for."""
    most = max(int(room / letter), 4)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
