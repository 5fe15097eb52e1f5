"""The published lists of a mission: those in force, every load, what each changed."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.screening.forms import ListForm
from primacy.rooms.screening.queries import (
    SEE,
    list_changes,
    list_file,
    list_files,
    lists_in_force,
)

A_PAGE = 100


def list_page(request: HttpRequest, mission: str) -> HttpResponse:
    """The lists in force and every load, with the form for a newer one."""
    page = open_page(request, mission)
    return show_lists(request, page, ListForm())


def show_lists(request: HttpRequest, page: Page, form: ListForm) -> HttpResponse:
    """The page of lists with this form in it."""
    require(page.viewer, SEE, page.mission.pk)
    context = page.context(
        place="screenings",
        title=_("Lists"),
        purpose=_("Published lists to screen against: of which day, and what each load changed."),
        crumbs=[(_("Screening"), reverse("screenings", args=[page.mission.code]))],
        marking=Marking.INTERNAL,
        form=form,
        in_force=[
            (row, (page.today - row.list_date).days)
            for row in lists_in_force(page.viewer, page.mission)
        ],
        loads=list(list_files(page.viewer, page.mission)[:A_PAGE]),
        may_run=page.viewer.has("screening.run", page.mission.pk),
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "screening/lists.html", context, status=status)


def one_list(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One load: its counts, what it changed, what of the file was not used."""
    page = open_page(request, mission)
    require(page.viewer, SEE, page.mission.pk)
    found = list_file(page.viewer, page.mission, pk)
    changes = list_changes(page.viewer, found)
    context = page.context(
        place="screenings",
        title=str(found),
        purpose=_("One load of a list: what it holds, what it changed, what could not be read."),
        crumbs=[
            (_("Screening"), reverse("screenings", args=[mission])),
            (_("Lists"), reverse("screening-lists", args=[mission])),
        ],
        marking=Marking(found.marking),
        list=found,
        leaf=Paginator(changes, A_PAGE).get_page(request.GET.get("page")),
    )
    return render(request, "screening/list.html", context)
