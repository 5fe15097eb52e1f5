"""The case study page: story, replay of who led, contradictions, gaps, strength."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.faces.web.outlines import outlines
from primacy.rooms.cases.facade import (
    GAP,
    conflicts,
    fact_lines,
    facts,
    story_markup,
    story_title,
)
from primacy.rooms.forces.facade import (
    ForceReading,
    UnitPlace,
    board_units,
    forces_tree,
    newest_strengths,
    strengths,
    unit_places,
    units,
)
from primacy.rooms.places.facade import Page, boundaries_at, open_page
from primacy.rooms.readiness.facade import (
    LeadEntry,
    Ledger,
    Responsibility,
    board_areas,
    open_ledger,
    responsibilities,
)

BESIDE = (280, 190)
"""Width and height of the map beside the story."""
STRENGTH_KINDS = ("present", "assigned", "paid", "authorised_ceiling")
UNITS_A_PAGE = 50


@dataclass(frozen=True)
class Change:
    """One lead that began in several areas or units at once, on the same facts."""

    entry: LeadEntry
    names: tuple[str, ...]


@dataclass(frozen=True)
class ChangeDay:
    """The leads that began by one day."""

    on: dt.date
    entries: tuple[LeadEntry, ...]

    @property
    def changes(self) -> list[Change]:
        """The entries put together where lead, first possible day and facts are the same."""
        groups: dict[tuple[object, ...], list[LeadEntry]] = defaultdict(list)
        for entry in self.entries:
            groups[(entry.lead, entry.from_earliest, *entry.references)].append(entry)
        return [
            Change(rows[0], tuple(str(row.area or row.unit) for row in rows))
            for rows in groups.values()
        ]


@dataclass(frozen=True)
class Replay:
    """The days on which a lead changed, and where the day shown stands among them."""

    days: tuple[ChangeDay, ...]
    as_of: dt.date

    @property
    def previous(self) -> ChangeDay | None:
        """The last change before the day."""
        return next((day for day in reversed(self.days) if day.on < self.as_of), None)

    @property
    def next(self) -> ChangeDay | None:
        """The first change after the day."""
        return next((day for day in self.days if day.on > self.as_of), None)

    @property
    def current(self) -> ChangeDay | None:
        """What changed on the day itself."""
        return next((day for day in self.days if day.on == self.as_of), None)

    @property
    def position(self) -> int:
        """How many changes there were up to the day."""
        return sum(day.on <= self.as_of for day in self.days)


def case(request: HttpRequest, mission: str) -> HttpResponse:
    """The story and the replay; a mission without story shows its own lead changes."""
    page = open_page(request, mission)
    functions = responsibilities(page.viewer, page.mission, page.as_of)
    function = _chosen(request, functions)
    ledger = open_ledger(page.viewer, page.mission)
    clashes = conflicts(page.viewer, page.mission)
    everything = facts(page.viewer, page.mission)
    story = page.mission.story
    context = page.context(
        place="case",
        title=story_title(story)
        or _("Case study: %(country)s") % {"country": page.mission.country},
        purpose=_("What happened, replayed by date, and what the sources do not say.")
        if story
        else _("How the lead moved in this mission, day by day."),
        story=story_markup(story, lambda mark: reverse("case-fact", args=[mission, mark])),
        functions=functions,
        function=function,
        replay=Replay(_change_days(ledger, function), page.as_of),
        area_rows=_area_histories(page, ledger, function),
        drawing=_map(page, ledger, function) if function else svg.Svg(""),
        clashes=[fact_lines(rows) for rows in clashes.values()],
        gaps=fact_lines(everything.filter(grade=GAP)),
        fact_count=everything.count(),
    )
    return render(request, "cases/case.html", context)


def leads(request: HttpRequest, mission: str) -> HttpResponse:
    """What the drawings show, in words and figures: strength, units, every change of the lead."""
    page = open_page(request, mission)
    functions = responsibilities(page.viewer, page.mission, page.as_of)
    function = _chosen(request, functions)
    ledger = open_ledger(page.viewer, page.mission)
    leaf, on_page = _forces(page, request.GET.get("page"))
    context = page.context(
        place="case",
        title=_("Leads and strength"),
        purpose=_("Every change of the lead, units with a lead of their own, and who was there."),
        crumbs=[(_("Case study"), reverse("case", args=[mission]) + f"?as_of={page.as_of}")],
        functions=functions,
        function=function,
        replay=Replay(_change_days(ledger, function), page.as_of),
        unit_rows=_unit_histories(page, ledger, functions),
        forces=on_page,
        leaf=leaf,
    )
    return render(request, "cases/leads.html", context)


def _chosen(request: HttpRequest, functions: Sequence[Responsibility]) -> Responsibility | None:
    """The responsibility asked for, else the first."""
    asked = request.GET.get("responsibility", "")
    first = functions[0] if functions else None
    return next((function for function in functions if function.code == asked), first)


def _change_days(ledger: Ledger, function: Responsibility | None) -> tuple[ChangeDay, ...]:
    """Each day by which leads had begun; entries that were corrected later are left out."""
    corrected = {entry.corrects_id for entry in ledger.entries if entry.corrects_id}
    days: dict[dt.date, list[LeadEntry]] = defaultdict(list)
    for entry in ledger.entries:
        if entry.pk not in corrected and function and entry.responsibility_id == function.pk:
            days[entry.from_latest].append(entry)
    return tuple(
        ChangeDay(on, tuple(sorted(found, key=lambda e: str(e.area or e.unit))))
        for on, found in sorted(days.items())
    )


def _area_histories(
    page: Page, ledger: Ledger, function: Responsibility | None
) -> list[tuple[str, list[LeadEntry]]]:
    if function is None:
        return []
    shown = board_areas(page.viewer, page.mission, ledger)
    rows = [(area.name, ledger.history(("area", area.pk), function.pk)) for area in shown]
    return [row for row in rows if row[1]]


def _unit_histories(
    page: Page, ledger: Ledger, functions: Sequence[Responsibility]
) -> list[tuple[str, list[LeadEntry]]]:
    rows = [
        (unit.name, ledger.history(("unit", unit.pk), function.pk))
        for unit in board_units(page.viewer, page.mission)
        for function in functions
    ]
    return [row for row in rows if row[1]]


def _map(page: Page, ledger: Ledger, function: Responsibility) -> svg.Svg:
    """Who led on the day, area by area."""
    shown = [area.pk for area in board_areas(page.viewer, page.mission, ledger)]
    shapes = boundaries_at(page.viewer, page.mission, page.as_of)
    leads: dict[str, str | None] = {}
    drawn = [shapes[key] for key in shown if key in shapes]
    for key in shown:
        lead = ledger.at(("area", key), function.pk, page.as_of).at.lead
        leads[str(key)] = lead.value if lead else None
    if not drawn:
        return svg.Svg("")
    query = f"?as_of={page.as_of.isoformat()}"
    features = outlines(drawn, page.mission.code, query, BESIDE, 4.0)
    return svg.area_map(features, leads, *BESIDE, {}, title=_("Who led, by area"))


def _forces(page: Page, number: str | None) -> tuple[Leaf[UnitPlace], list[ForceReading]]:
    """A page of the units with a head count or a ceiling by the day, and their newest figures."""
    counted = strengths(page.viewer, page.mission, page.as_of).filter(kind__in=STRENGTH_KINDS)
    places = unit_places(page.viewer, page.mission, counted)
    leaf = Paginator(places, UNITS_A_PAGE).get_page(number)
    ids = [place.pk for place in leaf]
    rows = newest_strengths(page.viewer, page.mission, page.as_of, ids, STRENGTH_KINDS)
    shown = units(page.viewer, page.mission).in_bulk(ids)
    return leaf, forces_tree(leaf, shown, rows, {}, page.as_of)
