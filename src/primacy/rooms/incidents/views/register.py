"""The register of incidents: filter, counts, table, exports."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from openpyxl import Workbook

from primacy.rooms.incidents.exports import COLUMNS, incident_lines
from primacy.rooms.incidents.forms import OUTSIDE, FilterForm
from primacy.rooms.incidents.models import Incident
from primacy.rooms.incidents.queries import (
    IncidentFilter,
    counts_by_type,
    counts_by_year,
    incidents,
    narrowed,
    page_of,
)
from primacy.rooms.incidents.rules import Deaths, origin_words, where_words
from primacy.rooms.places.facade import Page, areas, open_page


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
    form, rows = _found(page, request)
    shown = page_of(rows, request.GET.get("after", ""))
    kinds = counts_by_type(rows)
    years = counts_by_year(rows)
    total = sum(kind.incidents for kind in kinds)
    newest = rows.order_by("-date_start").values_list("date_start", flat=True).first()
    oldest = rows.order_by("date_start").values_list("date_start", flat=True).first()
    ages = ((page.as_of - newest).days, (page.as_of - oldest).days) if newest and oldest else None
    context = page.context(
        place="incidents",
        title="Incidents",
        purpose="Events with place, time, actors and harm, each with its source and precision.",
        evidence_ages=ages,
        shows_evidence=True,
        form=form,
        narrowed=form.is_bound and any(form.cleaned_data.values()) if form.is_valid() else True,
        lines=[line_of(row) for row in shown.rows],
        following=shown.following,
        is_first=shown.is_first,
        kinds=kinds,
        years=years,
        most=max((count for _, count in years), default=0),
        total=total,
        deaths=sum(kind.deaths for kind in kinds),
        may_enter=page.viewer.has("incidents.edit", page.mission.pk) and not page.mission.is_case,
        may_import=page.viewer.has("imports.run", page.mission.pk),
    )
    return render(request, "incidents/register.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The incidents of the page, all of them, as CSV or XLSX."""
    page = open_page(request, mission)
    _, rows = _found(page, request)
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Incidents")
        sheet.append(list(COLUMNS))
        for line in incident_lines(rows):
            sheet.append(line)
        file = HttpResponse(
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        book.save(file)
        response = file
    else:
        raise Http404
    name = f"incidents-{page.mission.code}-{page.as_of.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def line_of(row: Incident) -> Line:
    """An incident with its figures in words."""
    deaths = Deaths(row.deaths_best, row.deaths_low, row.deaths_high)
    return Line(row, deaths, origin_words(row.origin), where_words(row.where_precision))


def _found(page: Page, request: HttpRequest) -> tuple[FilterForm, QuerySet[Incident]]:
    """The filter form, and the incidents that pass it; with a bad filter none is applied."""
    known = list(areas(page.viewer, page.mission))
    form = FilterForm(known, request.GET or None)
    rows = incidents(page.viewer, page.mission).filter(date_start__lte=page.as_of)
    if not form.is_valid():
        return form, rows
    values = form.cleaned_data
    wanted = IncidentFilter(
        start=values["start"],
        end=values["end"],
        types=(values["type"],) if values["type"] else (),
        area=next((area for area in known if area.code == values["area"]), None),
        outside=values["area"] == OUTSIDE,
        text=values["text"],
    )
    return form, narrowed(page.viewer, page.mission, rows, wanted)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def _csv(rows: QuerySet[Incident]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for line in incident_lines(rows):
        yield writer.writerow(line)
