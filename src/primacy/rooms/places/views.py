"""The list of sites."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.rooms.places.page import open_page
from primacy.rooms.places.queries import sites
from primacy.rooms.places.rules import holder_on


def site_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The sites that stood on the day, and who held each."""
    page = open_page(request, mission)
    rows = sites(page.viewer, page.mission, page.as_of)
    context = page.context(
        place="map",
        title=_("Sites"),
        purpose=_("Posts, bases, stations and protected sites, and who holds them."),
        crumbs=[(_("Map"), reverse("map", args=[mission]))],
        sites=[(site, holder_on(site.holder, site.held_since, page.as_of)) for site in rows],
    )
    return render(request, "places/sites.html", context)
