"""The register of incidents: filter, counts, table, exports."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.rooms.incidents.exports import COLUMNS, incident_lines
from primacy.rooms.incidents.forms import FilterForm, asked_filter
from primacy.rooms.incidents.models import Incident
from primacy.rooms.incidents.queries import (
    IncidentFilter,
    incidents,
    narrowed,
    page_of,
    register_counts,
)
from primacy.rooms.incidents.rules import Deaths, origin_words, where_words
from primacy.rooms.places.facade import Page, open_page


@dataclass(frozen=True)
class Line:
    """One incident as the table shows it."""

    row: Incident
    deaths: Deaths
    origin: str
    where: str


def register(request: HttpRequest, mission: str) -> HttpResponse:
    """The incidents that had begun by the day, newest first."""
    page = open_page(request, mission)
    form, rows, wanted = _found(page, request)
    shown = page_of(rows, request.GET.get("after", ""))
    counts = register_counts(page.viewer, page.mission, rows, wanted, page.as_of)
    ages = (
        ((page.as_of - counts.last).days, (page.as_of - counts.first).days)
        if counts.first and counts.last
        else None
    )
    context = page.context(
        place="incidents",
        title=_("Incidents"),
        purpose=_("Events with place, time, actors and harm, each with its source and precision."),
        evidence_ages=ages,
        shows_evidence=True,
        form=form,
        narrowed=form.is_bound and any(form.cleaned_data.values()) if form.is_valid() else True,
        lines=[line_of(row) for row in shown.rows],
        following=shown.following,
        is_first=shown.is_first,
        kinds=counts.types,
        years=counts.years,
        most=max((count for year, count in counts.years), default=0),
        total=counts.total,
        deaths=counts.deaths,
        may_enter=page.viewer.has("incidents.edit", page.mission.pk) and not page.mission.is_case,
        may_import=page.viewer.has("imports.run", page.mission.pk),
    )
    return render(request, "incidents/register.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The incidents of the page, all of them, as CSV or XLSX."""
    page = open_page(request, mission)
    rows = _found(page, request)[1]
    name = f"incidents-{page.mission.code}-{page.as_of.isoformat()}"
    lines = incident_lines(page.viewer, rows)
    return table_response(form, name=name, columns=COLUMNS, rows=lines, sheet=_("Incidents"))


def line_of(row: Incident) -> Line:
    """An incident with its figures in words."""
    deaths = Deaths(row.deaths_best, row.deaths_low, row.deaths_high, row.withheld)
    return Line(row, deaths, origin_words(row.origin), where_words(row.where_precision))


def _found(
    page: Page, request: HttpRequest
) -> tuple[FilterForm, QuerySet[Incident], IncidentFilter]:
    """The filter form, and the incidents that pass it; with a bad filter none is applied."""
    form, wanted = asked_filter(page.viewer, page.mission, request.GET)
    rows = incidents(page.viewer, page.mission).filter(date_start__lte=page.as_of)
    return form, narrowed(page.viewer, page.mission, rows, wanted), wanted
