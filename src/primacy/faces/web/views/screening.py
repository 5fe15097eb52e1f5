"""Uploads for screening: a published list, a roster sheet; and starting what takes long."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.faces.papers.screening import screening_paper
from primacy.faces.web.import_files import forget_upload, keep_upload
from primacy.faces.web.screening_work import LOAD_LIST, SCREEN_ROSTER
from primacy.faces.web.views.jobs import started
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.policy import require
from primacy.platform.reports import print_paper
from primacy.rooms.places.facade import open_page
from primacy.rooms.screening.facade import (
    ScreeningError,
    lists_in_force,
    preview_roster,
    roster,
    screening,
)
from primacy.rooms.screening.forms import ListForm, RosterForm, RosterScreenForm
from primacy.rooms.screening.views.asking import show_new, show_roster
from primacy.rooms.screening.views.lists import show_lists

RUN = "screening.run"


@require_POST
def load_list(request: HttpRequest, mission: str) -> HttpResponse:
    """Takes an uploaded list and asks for its loading."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_lists(request, page, form)
    values = form.cleaned_data
    if values["publisher"] == "ofac" and not values["list_date"]:
        form.add_error("list_date", _("These files do not say of which day they are. Give it."))
        return show_lists(request, page, form)
    kept = {
        name: str(keep_upload(values[name]).resolve())
        for name in ("file", "names", "addresses")
        if values[name]
    }
    asked = ask_for_work(
        actor=page.viewer,
        kind=LOAD_LIST,
        title=_("Load the list %(file)s") % {"file": values["file"].name},
        mission_id=page.mission.pk,
        arguments={
            **kept,
            "mission": str(page.mission.pk),
            "publisher": values["publisher"],
            "list_date": values["list_date"].isoformat() if values["list_date"] else "",
            "gaps": "yes" if values["gaps"] else "",
            "shrinks": "yes" if values["shrinks"] else "",
            "from": request.path.rsplit("/", 2)[0] + "/",
        },
    )
    return started(request, mission, asked)


@require_POST
def new_roster(request: HttpRequest, mission: str) -> HttpResponse:
    """Previews an uploaded roster sheet; the file itself is not kept."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_new(request, page, None, form)
    kept = keep_upload(form.cleaned_data["file"])
    try:
        found = preview_roster(actor=page.viewer, mission=page.mission, path=kept)
    except ScreeningError as problem:
        form.add_error("file", str(problem))
        return show_new(request, page, None, form)
    finally:
        forget_upload(kept)
    return redirect("screening-roster", mission=mission, pk=found.pk)


@require_POST
def screen_roster(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Asks for the screening of a previewed sheet."""
    page = open_page(request, mission)
    require(page.viewer, RUN, page.mission.pk)
    found = roster(page.viewer, page.mission, pk)
    form = RosterScreenForm(lists_in_force(page.viewer, page.mission), request.POST)
    if not form.is_valid():
        return show_roster(request, page, found, form)
    values = form.cleaned_data
    asked = ask_for_work(
        actor=page.viewer,
        kind=SCREEN_ROSTER,
        title=_("Screen %(file)s") % {"file": found.file},
        mission_id=page.mission.pk,
        arguments={
            "mission": str(page.mission.pk),
            "roster": str(found.pk),
            "title": values["title"],
            "purpose": values["purpose"],
            "lists": " ".join(str(row.pk) for row in form.chosen_lists()),
            "register": "yes" if form.with_register() else "",
            "rows": values["rows"],
            "from": request.path.rsplit("/", 2)[0] + "/",
        },
    )
    return started(request, mission, asked)


def paper(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """A screening as PDF, with all that was searched."""
    page = open_page(request, mission)
    found = screening(page.viewer, page.mission, pk)
    response = HttpResponse(
        print_paper(screening_paper(page.viewer, found)), content_type="application/pdf"
    )
    name = f"screening-{page.mission.code}-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
