"""The report of a period: tables from the raw history, and what is still open."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.exports import table_response
from primacy.platform.policy import Denied, Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.annual import AnnualReport, annual_report, report_cells
from primacy.rooms.support.case_list import reads_cases
from primacy.rooms.support.forms_more import YearForm
from primacy.rooms.support.overrides import Overrides
from primacy.rooms.support.queries import VIEW
from primacy.rooms.support.sheets import Cell, Grid
from primacy.rooms.support.views.sheet import sheet_page


def report(request: HttpRequest, mission: str) -> HttpResponse:
    """The tables and open questions of a period; this year where none is asked for."""
    page = _opened(request, mission)
    form, first, last = _period(request)
    made = annual_report(page.viewer, page.mission, first, last)
    query = f"first={first.isoformat()}&last={last.isoformat()}"
    grids = [
        Grid(table.title, table.columns, [[Cell(cell) for cell in row]
                                          for row in report_cells(table)],
             _("Nothing in this period."), table.said)
        for table in made.tables
    ]  # fmt: skip
    questions = Grid(_("Open questions"), [_("What is still open")],
                     [[Cell(text)] for text in made.open_questions],
                     _("Nothing stands open."))  # fmt: skip
    return sheet_page(
        request,
        page,
        title=_("Report on support"),
        purpose=_("What was asked, decided, delivered and stopped %(period)s.")
        % {"period": made.said},
        grids=[questions, *grids, *_overrides(made.overrides)],
        cards={},
        shown=[],
        marking=Marking.CONFIDENTIAL,
        filters=form,
        csv=f"{reverse('support-report-export', args=[mission, 'csv'])}?{query}",
        xlsx=f"{reverse('support-report-export', args=[mission, 'xlsx'])}?{query}",
        links=[(_("As a paper"), f"{reverse('support-report-paper', args=[mission])}?{query}")],
    )


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """Every table of the report in one file, a line a row, its table first."""
    page = _opened(request, mission)
    _form, first, last = _period(request)
    made = annual_report(page.viewer, page.mission, first, last)
    return table_response(
        form,
        name=f"support-report-{page.mission.code}-{first.isoformat()}-{last.isoformat()}",
        columns=[_("Table"), _("Period"), *(f"{_('Column')} {n}" for n in range(1, _widest(made)))],
        rows=_rows(made),
    )


def _rows(made: AnnualReport) -> list[list[str]]:
    rows = []
    width = _widest(made) - 1
    for table in made.tables:
        for row in [list(map(str, table.columns)), *report_cells(table)]:
            rows.append([table.title, table.said, *row, *[""] * (width - len(row))])
    rows += [[_("Open questions"), made.said, text, *[""] * (width - 1)]
             for text in made.open_questions]  # fmt: skip
    return rows


def _widest(made: AnnualReport) -> int:
    return 1 + max((len(table.columns) for table in made.tables), default=1)


def _overrides(found: Overrides) -> list[Grid]:
    """How often the recommendation and the decision differ from what each office answered."""
    rows = [
        [
            Cell(one.office),
            Cell(f"{one.month:%Y-%m}"),
            Cell(one.answered, figure=True),
            Cell(_("%(n)d of %(all)d") % {"n": one.agreed_recommendation, "all": one.recommended}),
            Cell(_("%(n)d of %(all)d") % {"n": one.agreed_ruling, "all": one.answered}),
            Cell(one.milder, figure=True),
        ]
        for one in found.offices
    ]
    heads = [_("Office"), _("Month"), _("Answers decided on"), _("As recommended"),
             _("As decided"), _("Decided milder")]  # fmt: skip
    return [Grid(_("Answers against recommendations and decisions"), heads, rows,
                 _("Nothing was decided in this period."))]  # fmt: skip


def _opened(request: HttpRequest, mission: str) -> Page:
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    if not reads_cases(page.viewer, page.mission):
        raise Denied(_("The report is made of cases, which are not open to you."))
    return page


def _period(request: HttpRequest) -> tuple[YearForm, dt.date, dt.date]:
    year = clock.today().year
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if not request.GET.get("first"):
        return YearForm(initial={"first": first, "last": last}), first, last
    form = YearForm(request.GET)
    if not form.is_valid():
        return form, first, last
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    if last < first:
        raise Http404(_("The period ends before it begins."))
    return form, first, last
