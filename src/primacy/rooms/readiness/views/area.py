"""The area page: who led here over time, its evidence, its assessments; recording leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.platform.sources.actions import SourceMissing
from primacy.rooms.forces.facade import strengths
from primacy.rooms.places.facade import (
    area_by_code,
    areas,
    boundary_versions,
    open_page,
    outlines_at,
    populations_at,
    sites,
)
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.board import board_areas, responsibilities
from primacy.rooms.readiness.errors import NotAllowed
from primacy.rooms.readiness.forms import LeadForm, today_initial
from primacy.rooms.readiness.kept_board import read_area
from primacy.rooms.readiness.ledger import open_ledger
from primacy.rooms.readiness.queries import assessments


def area(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """One area as of a day."""
    page = open_page(request, mission)
    viewer = page.viewer
    place = area_by_code(viewer, page.mission, code)
    found = read_area(viewer, page.mission, page.as_of, place)
    items = sorted(found.items, key=lambda item: item.evidence.observed_on, reverse=True)
    ages = [(page.as_of - item.evidence.observed_on).days for item in items]
    shapes = outlines_at(viewer, page.mission, page.as_of, place.level)
    mine = shapes.get(place.pk)
    boundaries = list(boundary_versions(viewer, place))
    context = page.context(
        place="board",
        title=place.name,
        purpose=_("%(get_kind_display)s of %(country)s: leads, evidence, sites.")
        % {"get_kind_display": place.get_kind_display(), "country": page.mission.country},
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        evidence_ages=(min(ages), max(ages)) if ages else None,
        shows_evidence=True,
        area=place,
        row=found.row,
        histories=[(f, found.ledger.history(("area", place.pk), f.pk)) for f in found.functions],
        items=items,
        assessments=assessments(viewer, page.mission).filter(area=place, as_of__lte=page.as_of),
        boundary=next((one for one in boundaries if mine and one.pk == mine.pk), None),
        shapes=list(shapes.values()),
        boundaries=boundaries,
        population=found.row.population
        if found.row
        else populations_at(viewer, page.mission, page.as_of, place).get(place.pk),
        sites=sites(viewer, page.mission, page.as_of).filter(area=place),
        strengths=strengths(viewer, page.mission, page.as_of).filter(area=place)[:20],
        may_observe=viewer.has("readiness.observe", page.mission.pk),
        may_assess=viewer.has("readiness.assess", page.mission.pk) and not page.mission.is_case,
    )
    return render(request, "readiness/area.html", context)


def record_leads(request: HttpRequest, mission: str) -> HttpResponse:
    """Records who leads now, for many areas and responsibilities at once."""
    page = open_page(request, mission)
    require(page.viewer, "readiness.propose", page.mission.pk)
    functions = responsibilities(page.viewer, page.mission, page.as_of)
    ledger = open_ledger(page.viewer, page.mission)
    shown = board_areas(page.viewer, page.mission, ledger)
    form = LeadForm(
        shown,
        functions,
        page.mission.ladder,
        request.POST or None,
        today_initial(page.today, functions=[str(f.pk) for f in functions]),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        chosen_areas = areas(page.viewer, page.mission).filter(pk__in=values["areas"])
        try:
            made = actions.record_leads(
                actor=page.viewer,
                functions=[f for f in functions if str(f.pk) in values["functions"]],
                areas=list(chosen_areas),
                lead="" if values["lead"] == "unknown" else values["lead"],
                since=values["since"],
                source_title=values["source"],
                note=values["note"],
                marking=Marking.INTERNAL,
            )
        except (NotAllowed, SourceMissing) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("%(made)s entries were added to the lead ledger.") % {"made": len(made)}
            )
            return redirect("board", mission=mission)
    context = page.context(
        place="board",
        title=_("Record who leads"),
        purpose=_("For what was true before the board began. Later changes come from decisions."),
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        form=form,
    )
    return render(request, "readiness/leads_record.html", context)
