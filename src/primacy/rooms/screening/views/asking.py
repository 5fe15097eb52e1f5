"""Asking: persons or units typed, or a roster sheet with its preview."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.screening.actions import drop_roster, screen_lines
from primacy.rooms.screening.errors import ScreeningError
from primacy.rooms.screening.forms import RosterForm, RosterScreenForm, TypedForm
from primacy.rooms.screening.models import AskedKind, Roster
from primacy.rooms.screening.queries import lists_in_force, roster, screenings
from primacy.rooms.screening.roster_columns import TITLES
from primacy.rooms.screening.roster_sheet import read_typed

RUN = "screening.run"
SAMPLE = 10
SHOWN_PROBLEMS = 200


def new_screening(request: HttpRequest, mission: str) -> HttpResponse:
    """Asks for persons or units that are typed; the form for a sheet stands beside it."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    form = TypedForm(lists_in_force(page.viewer, page.mission), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = screen_lines(
                actor=page.viewer,
                mission=page.mission,
                title=values["title"],
                purpose=values["purpose"],
                asked=read_typed(values["typed"], AskedKind(values["kind"])),
                lists=form.chosen_lists(),
                register=form.with_register(),
            )
        except ScreeningError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("screening", mission=mission, pk=made.pk)
    return show_new(request, page, form, RosterForm())


def show_new(
    request: HttpRequest, page: Page, typed: TypedForm | None, sheet: RosterForm
) -> HttpResponse:
    """The page with both ways to ask."""
    lists = lists_in_force(page.viewer, page.mission)
    form = typed or TypedForm(lists)
    context = page.context(
        place="screenings",
        title=_("New screening"),
        purpose=_("Hold persons or units against the register and the lists in force."),
        crumbs=[(_("Screening"), reverse("screenings", args=[page.mission.code]))],
        marking=Marking.CONFIDENTIAL,
        form=form,
        sheet=sheet,
        lists=lists,
        columns=TITLES,
    )
    bad = any(one.is_bound and one.errors for one in (form, sheet))
    return render(request, "screening/new.html", context, status=400 if bad else 200)


def roster_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """A roster sheet before it is screened: what it holds, what is wrong, and the choice."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    found = roster(page.viewer, page.mission, pk)
    form = RosterScreenForm(lists_in_force(page.viewer, page.mission))
    return show_roster(request, page, found, form)


def show_roster(
    request: HttpRequest, page: Page, found: Roster, form: RosterScreenForm
) -> HttpResponse:
    """The page of a sheet with this form in it."""
    problems = [
        {**problem, "title": _title(str(problem["column"]))}
        for problem in found.problems[:SHOWN_PROBLEMS]
    ]
    context = page.context(
        place="screenings",
        title=found.file,
        purpose=_("A roster as it was read. Nobody is screened yet."),
        crumbs=[(_("Screening"), reverse("screenings", args=[page.mission.code]))],
        marking=Marking(found.marking),
        roster=found,
        sample=found.rows[:SAMPLE],
        missing=[_title(key) for key in found.missing_columns],
        mandatory=[_title(key) for key in found.missing_mandatory],
        problems=problems,
        screenings=list(screenings(page.viewer, page.mission).filter(roster=found)),
        form=form,
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "screening/roster.html", context, status=status)


def _title(key: str) -> str:
    """The title of a column; of several by key, each with "or" between."""
    joint = f" {_('or')} "
    return joint.join(str(TITLES.get(part, part)) for part in key.split("/"))


@require_POST
def drop(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Drops a previewed sheet; its rows are deleted."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    found = drop_roster(actor=page.viewer, roster=roster(page.viewer, page.mission, pk))
    messages.info(request, _("%(file)s was dropped. Its rows are deleted.") % {"file": found.file})
    return redirect("screenings", mission=mission)
