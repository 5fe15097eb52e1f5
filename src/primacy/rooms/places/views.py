"""The list of sites."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.rooms.places.page import open_page
from primacy.rooms.places.queries import sites
from primacy.rooms.places.rules import holder_on

COLUMNS = ("code", "name", "kind", "lat", "lon", "area", "holder", "held_since", "note", "source")
SITES_A_PAGE = 100


def site_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The sites that stood on the day, and who held each."""
    page = open_page(request, mission)
    rows = sites(page.viewer, page.mission, page.as_of)
    leaf = Paginator(rows, SITES_A_PAGE).get_page(request.GET.get("page"))
    context = page.context(
        place="map",
        title=_("Sites"),
        purpose=_("Posts, bases, stations and protected sites, and who holds them."),
        crumbs=[(_("Map"), reverse("map", args=[mission]))],
        sites=[(site, holder_on(site.holder, site.held_since, page.as_of)) for site in leaf],
        leaf=leaf,
    )
    return render(request, "places/sites.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The sites of the day as CSV or XLSX."""
    page = open_page(request, mission)
    rows = (
        [
            site.code,
            site.name,
            site.kind,
            site.lat,
            site.lon,
            site.area.code if site.area else "",
            holder_on(site.holder, site.held_since, page.as_of),
            site.held_since,
            site.note,
            str(site.source),
        ]
        for site in sites(page.viewer, page.mission, page.as_of)
    )
    name = f"sites-{page.mission.code}-{page.as_of.isoformat()}"
    return table_response(form, name=name, columns=COLUMNS, rows=rows)
