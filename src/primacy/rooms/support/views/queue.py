"""The queue of cases, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.platform.policy import Denied, Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.case_list import (
    COLUMNS,
    Asked,
    CountedPages,
    asked_cases,
    case_lines,
    counted,
    export_rows,
    reads_cases,
    total_of,
)
from primacy.rooms.support.forms_request import QueueFilter
from primacy.rooms.support.models import CaseState
from primacy.rooms.support.queries import VIEW, policies

A_PAGE = 50


def queue(request: HttpRequest, mission: str) -> HttpResponse:
    """The cases, those due first at the top."""
    page = _opened(request, mission)
    form, asked = _asked(request)
    counts = counted(page.viewer, page.mission, asked)
    rows = asked_cases(page.viewer, page.mission, asked)
    pages = CountedPages(rows, A_PAGE, total_of(counts, asked.state))
    leaf = pages.get_page(request.GET.get("page"))
    shown = list(leaf)
    context = page.context(
        place="support",
        title=_("Support"),
        purpose=_("Requests for support to forces: who asks, what is checked, what was decided."),
        marking=Marking(max([Marking.CONFIDENTIAL.value, *(row.marking for row in shown)]))
        if shown
        else None,
        form=form,
        asked=asked,
        counts=[(s.value, s.label, counts[s]) for s in CaseState if counts.get(s)],
        leaf=leaf,
        lines=case_lines(page.viewer, shown),
        none_at_all=not shown and asked == Asked(),
        no_procedure=not shown and not policies(page.viewer, page.mission).exists(),
        may_request=page.viewer.has("support.request", page.mission.pk),
        may_configure=page.viewer.has("support.configure", page.mission.pk),
        may_screen=page.viewer.has("support.screen", page.mission.pk),
    )
    return render(request, "support/queue.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The cases shown as CSV or XLSX."""
    page = _opened(request, mission)
    _form, asked = _asked(request)
    return table_response(
        form,
        name=f"support-{page.mission.code}",
        columns=COLUMNS,
        rows=export_rows(page.viewer, asked_cases(page.viewer, page.mission, asked)),
        sheet=_("Support"),
    )


def _opened(request: HttpRequest, mission: str) -> Page:
    """The page, for those to whom cases are open at all; the host state reads the stop list."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    if not reads_cases(page.viewer, page.mission):
        raise Denied(
            _("Cases of support are not open to you. What concerns you is on the stop list and in "
              "what the mission tells you.")
        )  # fmt: skip
    return page


def _asked(request: HttpRequest) -> tuple[QueueFilter, Asked]:
    """The filter as it was asked; what cannot be read asks for everything."""
    form = QueueFilter(request.GET or None)
    return form, Asked(**form.cleaned_data) if form.is_valid() else Asked()
