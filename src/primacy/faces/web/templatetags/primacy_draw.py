"""Drawings of records: `{% load primacy_draw %}`. They turn rows of rooms into server-drawn SVG."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.faces.web import svg
from primacy.faces.web.outlines import outlines, plain_map
from primacy.kernels.readiness import CriterionResult
from primacy.platform.language.figures import as_written
from primacy.platform.language.nouns import NOUNS
from primacy.platform.language.sentences import said
from primacy.platform.policy import restricted
from primacy.rooms.forces.facade import ClaimReading, TreeReading, Unit
from primacy.rooms.persons.facade import drawn_command
from primacy.rooms.places.facade import AreaBoundary, Outline, Page
from primacy.rooms.readiness.facade import LeadEntry, Row

register = template.Library()

UNITS_WITHOUT_SCALE = ("yes_no",)
BESIDE = (420, 300)
"""Width and height of a map beside a table, which shows it at about two thirds."""
BESIDE_PIXELS = 8.0


@register.simple_tag
def board_map(
    rows: Sequence[Row],
    shapes: Iterable[AreaBoundary],
    mission: str,
    query: str = "",
    position: int = 0,
) -> svg.Svg:
    """The board's areas filled by who leads the responsibility at `position`, each linked.

    Without letters: beside a table they would be too small to read; patterns tell leads apart.
    """
    leads: dict[str, str | None] = {}
    for row in rows:
        lead = row.cells[position].lead if len(row.cells) > position else None
        leads[str(row.id)] = lead.value if lead else None
    features = outlines(shapes, mission, query, BESIDE, BESIDE_PIXELS)
    return svg.area_map(features, leads, *BESIDE, {}, title=_("Who leads, by area"))


@register.simple_tag(takes_context=True)
def outline_map(
    context: Context, known: Sequence[Outline], chosen: uuid.UUID, lead: str | None
) -> svg.Svg:
    """All areas of one level, plain; the chosen one over them, filled by who leads it."""
    page: Page = context["page"]
    plain = plain_map(page.viewer, page.mission, known, BESIDE, BESIDE_PIXELS)
    shape = plain.shapes.get(str(chosen))
    mine = [shape] if shape else []
    leads = {str(chosen): lead}
    title = _("Where the area lies")
    return svg.area_map(mine, leads, *BESIDE, {}, title=title, ground=plain.ground)


@register.simple_tag(takes_context=True)
def areas_map(
    context: Context, known: Sequence[Outline], places: Sequence[ClaimReading]
) -> svg.Svg:
    """All areas of one level, plain; over them those that claims name, certain ones filled."""
    page: Page = context["page"]
    plain = plain_map(page.viewer, page.mission, known, BESIDE, BESIDE_PIXELS)
    sure: dict[str, bool] = {}
    for one in places:
        if one.area is not None:
            key = str(one.area.pk)
            sure[key] = sure.get(key, False) or one.certain
    shown = [plain.shapes[key] for key in sure if key in plain.shapes]
    fills = {key: "mission" if certain else "unknown" for key, certain in sure.items()}
    words = {key: _("certain") if certain else _("possible") for key, certain in sure.items()}
    title = _("Where the unit was")
    return svg.area_map(shown, fills, *BESIDE, {}, title=title, ground=plain.ground, meanings=words)


@register.simple_tag(takes_context=True)
def command_drawing(context: Context, reading: TreeReading, top: Unit | None) -> svg.Svg:
    """The command chart of a day, each unit linked to its page, folded ones to their own chart."""
    page: Page = context["page"]
    asked = context["request"].GET.copy()
    asked.pop("under", None)

    def address(unit: str) -> str:
        code = reading.units[unit].code
        address = reverse("unit", args=[page.mission.code, code])
        return f"{address}?{asked.urlencode()}" if asked else address

    def below(unit: str) -> str:
        more = asked.copy()
        more["under"] = reading.units[unit].code
        return f"{reverse('command-chart', args=[page.mission.code])}?{more.urlencode()}"

    head = str(top.pk) if top else None
    words = svg.ChartWords(reading.text, str, href=address, more=below)
    if not page.viewer.has("persons.view", page.mission.pk):
        return svg.command_chart(reading.tree, {}, words, top=head)
    drawn = svg.units_drawn(reading.tree, words, head)
    asked_of = [reading.units[unit] for unit in drawn if unit in reading.units]
    command = drawn_command(page.viewer, page.mission, asked_of, reading.day, reading.known_at)

    def closed(unit: str) -> str:
        return str(restricted()) if unit in command.restricted else ""

    words = replace(words, person=command.person, closed=closed)
    return svg.command_chart(reading.tree, command.found, words, top=head)


@register.simple_tag
def criterion_line(result: CriterionResult) -> svg.Svg:
    """One criterion on a line; a yes-or-no criterion has no line."""
    criterion = result.criterion
    if criterion.unit in UNITS_WITHOUT_SCALE:
        return svg.Svg("")
    share = criterion.unit == "share"
    return svg.criterion_scale(
        result.value,
        result.low,
        result.high,
        criterion.threshold,
        criterion.comparison.value,
        minimum=0.0,
        maximum=1.0 if share else None,
        self_value=result.self_value,
        field_value=result.field_value,
        label=said(criterion.name),
        unit="" if share else criterion.unit,
    )


@register.simple_tag
def lead_history(
    histories: Iterable[tuple[object, Sequence[LeadEntry]]], as_of: dt.date, today: dt.date
) -> svg.Svg:
    """Who led over time: one bar row for each (label, entries) pair."""
    rows, days = [], [as_of]
    for label, entries in histories:
        segments = lead_segments(entries)
        days += [segment.start for segment in segments]
        rows.append(svg.TimelineRow(name=str(label), segments=segments))
    start = dt.date(min(days).year, 1, 1)
    last = max(max(days), as_of)
    end = max(min(dt.date(last.year + 1, 12, 31), max(today, last)), start + dt.timedelta(days=365))
    return svg.lead_timeline(rows, start, end, as_of=as_of)


def lead_segments(entries: Sequence[LeadEntry]) -> list[svg.Segment]:
    """The entries of one history as bars, each until the next begins; corrected ones left out."""
    corrected = {entry.corrects_id for entry in entries if entry.corrects_id}
    kept = [entry for entry in entries if entry.pk not in corrected]
    ends: list[dt.date | None] = [entry.from_latest for entry in kept[1:]]
    return [
        svg.Segment(lead=entry.lead or None, start=entry.from_latest, end=end)
        for entry, end in zip(kept, [*ends, None][: len(kept)], strict=True)
    ]


@register.filter
def value_text(result: CriterionResult, number: float | None) -> str:
    """A value of a criterion in its unit: 79 %, yes, 45 minutes; "not known" for None."""
    if number is None:
        return _("not known")
    unit = result.criterion.unit
    if unit == "share":
        return as_written(f"{100 * number:.4g} %")
    if unit == "yes_no":
        return _("yes") if number >= 0.5 else _("no")
    figure = as_written(f"{number:,.4g}")
    return f"{figure} {ngettext(NOUNS.get(unit, unit), unit, round(number))}" if unit else figure
