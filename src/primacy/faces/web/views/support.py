"""Papers of support: letters and the report, printed for whoever may read them."""

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from primacy.faces.papers.support import intercession_letter, notice_letter, support_report
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Denied, require
from primacy.platform.reports import Paper, print_paper
from primacy.rooms.places.facade import open_page
from primacy.rooms.support.facade import intercession_by_id, notice_by_id, reads_cases

VIEW = "support.view"


def letter(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """The letter of an intercession."""
    page = open_page(request, mission)
    row = intercession_by_id(page.viewer, page.mission, pk)
    return _printed(intercession_letter(page.viewer, row), f"letter-{row.made_on.isoformat()}")


def notice(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """A notice to the host state."""
    page = open_page(request, mission)
    row = notice_by_id(page.viewer, page.mission, pk)
    return _printed(notice_letter(page.viewer, row), f"notice-{row.sent_on.isoformat()}")


def report(request: HttpRequest, mission: str) -> HttpResponse:
    """The report of a period; this year where none is asked for."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    if not reads_cases(page.viewer, page.mission):
        raise Denied(_("The report is made of cases, which are not open to you."))
    today = clock.today()
    first = parse_as_of(request.GET.get("first"), dt.date(today.year, 1, 1))
    last = parse_as_of(request.GET.get("last"), dt.date(today.year, 12, 31))
    first, last = min(first, last), max(first, last)
    made = support_report(page.viewer, page.mission, first, last)
    return _printed(made, f"support-{first.isoformat()}-{last.isoformat()}")


def _printed(paper: Paper, name: str) -> HttpResponse:
    answer = HttpResponse(print_paper(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
