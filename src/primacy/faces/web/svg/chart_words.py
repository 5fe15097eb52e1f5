"""What a command chart says in words: of units, of their places, of who commands them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.faces.web.svg.axes import long_date
from primacy.faces.web.svg.chart_rows import Row
from primacy.kernels.command import Commander, Commanders, CommandTree, Reason
from primacy.platform.language.sentences import said

MOST_DESCRIBED = 20
"""Units that are told one by one to who cannot see the drawing."""

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
    closed: Words = _no_level
    """Says that a posting in the unit is closed to the reader; nothing where none is."""


def unit_lines(row: Row, tree: CommandTree, words: ChartWords) -> tuple[str, ...]:
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


def commander_line(one: Commander, words: ChartWords) -> str:
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


def vacancy_line(found: Commanders) -> str:
    """That nobody is known to command, and since when."""
    vacancy = found.vacancy
    if vacancy is None or vacancy.since is None:
        return _("no commander on record")
    return _("no commander known since %(day)s") % {"day": long_date(vacancy.since)}


def people_lines(found: Commanders, words: ChartWords, restricted: str) -> list[str]:
    """Who commanded, a line each; with `restricted` (words) that more is closed to the reader.

    Where a closed posting may hold, "nobody known" would be false: only that it is closed is said.
    """
    lines = [commander_line(one, words) for one in found.all]
    if restricted:
        return [*lines, restricted]
    return lines or [vacancy_line(found)]


def described(
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
            parts.append(unit_lines(row, tree, words)[0] + ".")
            continue
        told = spoken(row, tree, words)
        found = commanders.get(row.unit)
        if found is not None:
            people = people_lines(found, words, words.closed(row.unit))
            told = _("%(unit)s; commander: %(people)s") % {
                "unit": told,
                "people": ", ".join(people),
            }
        parts.append(told + ".")
    return " ".join(parts)


def spoken(row: Row, tree: CommandTree, words: ChartWords) -> str:
    """A unit and its place in words, with the reasons where it is only possible."""
    edge = tree.superior(row.unit)
    name = words.unit(row.unit)
    if edge is None:
        return name
    parts = {"unit": name, "superior": words.unit(edge.superior)}
    if edge.certain and not edge.contested:
        return _("%(unit)s, under %(superior)s") % parts
    parts["why"] = why(edge.reasons, words)
    if edge.certain:
        return _("%(unit)s, under %(superior)s, contested (%(why)s)") % parts
    return _("%(unit)s, possibly under %(superior)s (%(why)s)") % parts


def why(reasons: Sequence[Reason], words: ChartWords) -> str:
    """Reasons in the reader's language, with the names the reader may see."""
    return "; ".join(said(reason.words(words.unit, words.person)) for reason in reasons)
