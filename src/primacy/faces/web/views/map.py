"""The map page: areas by who leads or readiness, sites, incidents, each with its side panel."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.faces.web.outlines import outlines
from primacy.faces.web.views import map_layers as layers
from primacy.platform.policy import Marking
from primacy.rooms.incidents.facade import (
    Incident,
    IncidentFilter,
    IncidentType,
    deaths_sum,
    register_counts,
)
from primacy.rooms.places.facade import (
    AreaBoundary,
    Page,
    area_by_code,
    boundaries_at,
    holder_on,
    open_page,
    sites,
)
from primacy.rooms.readiness.facade import Board, first_lead_day, read_board, read_row

GEOJSON = "application/geo+json"
PANELS = ("area", "site", "incident", "cell")


def map_page(request: HttpRequest, mission: str) -> HttpResponse:
    """The map; without script the server's own drawing and the list of areas."""
    page = open_page(request, mission)
    board = read_board(page.viewer, page.mission, page.as_of)
    window = layers.window_of(page, request.GET.get("incidents", ""))
    at = layers.position_of(board, request.GET.get("responsibility", ""))
    function = board.responsibilities[at] if board.responsibilities else None
    asked = layers.Asked(function.code if function else "", window)
    everything = boundaries_at(page.viewer, page.mission, page.as_of)
    shapes = {row.id: everything[row.id] for row in board.rows if row.id in everything}
    query = f"?as_of={page.as_of.isoformat()}"
    context = page.context(
        place="map",
        title=_("Map: %(country)s") % {"country": page.mission.country},
        purpose=_("Who leads where, with sites and incidents, on any day."),
        evidence_ages=board.evidence_ages,
        shows_evidence=True,
        function=function,
        functions=board.responsibilities,
        window=window,
        windows=layers.WINDOWS,
        map_config=_config(page, asked, everything),
        first_paint=_first_paint(page, board, at, everything),
        layers=[
            {"key": "sites", "label": _("Sites"), "shown": True},
            {
                "key": "incidents",
                "label": _("Incidents %(windows)s") % {"windows": layers.WINDOWS[window]},
                "shown": True,
            },
        ],
        areas=[
            {"name": row.name, "url": reverse("area", args=[mission, row.code_key]) + query}
            for row in board.rows
        ],
        vintages=sorted({shape.vintage for shape in shapes.values()}),
        approximate=sorted(s.area.name for s in shapes.values() if s.approximate),
        may_import=page.viewer.has("imports.run", page.mission.pk),
        without=sorted(row.name for row in board.rows if row.id not in shapes),
    )
    return render(request, "web/map.html", context)


def areas(request: HttpRequest, mission: str) -> HttpResponse:
    """The areas as GeoJSON."""
    page = open_page(request, mission)
    asked = layers.Asked(request.GET.get("responsibility", ""), request.GET.get("incidents", ""))
    return HttpResponse(layers.area_collection(page, asked), content_type=GEOJSON)


def site_points(request: HttpRequest, mission: str) -> HttpResponse:
    """The sites as GeoJSON."""
    page = open_page(request, mission)
    return _geojson(layers.collection(layers.site_features(page)))


def incidents(request: HttpRequest, mission: str) -> HttpResponse:
    """The incidents as GeoJSON: points, or counts by cell where there are many."""
    page = open_page(request, mission)
    window = layers.window_of(page, request.GET.get("incidents", ""))
    return _geojson(layers.incident_features(page, window))


def base_map(request: HttpRequest, mission: str) -> HttpResponse:
    """The outlines of the countries around the mission's areas as GeoJSON."""
    page = open_page(request, mission)
    drawn = boundaries_at(page.viewer, page.mission, page.as_of)
    box = _box(page, drawn)
    without = page.mission.country if drawn else ""
    empty = json.dumps(layers.collection([]))
    text = layers.base_map(layers.rounded(box), without) if box else empty
    response = HttpResponse(text, content_type=GEOJSON)
    response["Cache-Control"] = "private, max-age=86400"
    return response


def panel(request: HttpRequest, mission: str, kind: str, key: str) -> HttpResponse:
    """What stands beside the map for one area, site, incident or cell."""
    page = open_page(request, mission)
    if kind not in PANELS:
        raise Http404
    content = {"area": _area, "site": _site, "incident": _incident, "cell": _cell}[kind]
    context = {"mission": page.mission, "as_of": page.as_of, **content(request, page, key)}
    return render(request, f"web/map_panel_{kind}.html", context)


def _config(
    page: Page, asked: layers.Asked, shapes: Mapping[uuid.UUID, AreaBoundary]
) -> dict[str, object]:
    code, query = page.mission.code, asked.query
    config: dict[str, object] = {
        "areas": reverse("map-areas", args=[code]) + query,
        "sites": reverse("map-sites", args=[code]),
        "incidents": reverse("map-incidents", args=[code]) + query,
        "basemap": reverse("map-basemap", args=[code]),
        "as_of": page.as_of.isoformat(),
    }
    box = _box(page, shapes)
    if box:
        config["bounds"] = list(box)
    first, last = _span(page)
    if first < last:
        config["dates"] = {"from": first.isoformat(), "to": last.isoformat()}
    if settings.PRIMACY_TILE_URL:
        config["tile_url"] = settings.PRIMACY_TILE_URL
    return config


def _box(page: Page, shapes: Mapping[uuid.UUID, AreaBoundary]) -> layers.Box | None:
    rows = layers.shown_incidents(page.viewer, page.mission, page.as_of)
    return layers.box_of(shapes, rows) or layers.country_box(page.mission.country)


def _span(page: Page) -> tuple[dt.date, dt.date]:
    """The ends of the date slider: the first record or the start, to the end or today."""
    mission = page.mission
    everything = layers.shown_incidents(page.viewer, mission, dt.date.max)
    # From the sums that are kept: a million incidents are not looked through for their first day.
    counts = register_counts(page.viewer, mission, everything, IncidentFilter(), dt.date.max)
    known = (mission.starts_on, counts.first, page.as_of, first_lead_day(page.viewer, mission))
    ends = mission.ends_on or page.today
    return min(day for day in known if day), max(ends, page.as_of)


def _first_paint(
    page: Page, board: Board, at: int, shapes: Mapping[uuid.UUID, AreaBoundary]
) -> svg.Svg:
    query = f"?as_of={page.as_of.isoformat()}"
    leads: dict[str, str | None] = {}
    drawn = []
    for row in board.rows:
        lead = row.cells[at].lead if len(row.cells) > at else None
        leads[str(row.id)] = lead.value if lead else None
        if row.id in shapes:
            drawn.append(shapes[row.id])
    features = outlines(drawn, page.mission.code, query, DRAWN, DRAWN_PIXELS)
    return svg.area_map(features, leads, *DRAWN, title=_("Who leads, by area"))


DRAWN, DRAWN_PIXELS = (900, 560), 6.0
"""The server's own drawing: its size, and how coarse it is, since the moving map replaces it."""


def _area(request: HttpRequest, page: Page, key: str) -> dict[str, object]:
    area = area_by_code(page.viewer, page.mission, key)
    row = read_row(page.viewer, page.mission, page.as_of, area)
    window = layers.window_of(page, request.GET.get("incidents", ""))
    rows = layers.shown_incidents(page.viewer, page.mission, page.as_of, window).filter(area=area)
    return {
        "area": area,
        "row": row,
        "boundary": boundaries_at(page.viewer, page.mission, page.as_of, only=area).get(area.pk),
        "incident_count": rows.count(),
        "window": layers.WINDOWS[window],
    }


def _site(request: HttpRequest, page: Page, key: str) -> dict[str, object]:
    site = sites(page.viewer, page.mission, page.as_of).filter(pk=_identity(key)).first()
    if site is None:
        raise Http404
    return {"site": site, "holder": holder_on(site.holder, site.held_since, page.as_of)}


def _incident(request: HttpRequest, page: Page, key: str) -> dict[str, object]:
    rows = layers.shown_incidents(page.viewer, page.mission, page.as_of)
    found = rows.select_related("area").filter(pk=_identity(key)).first()
    if found is None:
        raise Http404
    return {"incident": found, "marking": Marking(found.marking), "url": _incident_url(found, page)}


def _cell(request: HttpRequest, page: Page, key: str) -> dict[str, object]:
    window = layers.window_of(page, request.GET.get("incidents", ""))
    rows = layers.cell_incidents(page, window, key)
    counted = rows.order_by("type").values_list("type").annotate(n=Count("pk"))
    return {
        "types": [(IncidentType(code).label, n) for code, n in counted],
        "total": rows.count(),
        "deaths": rows.aggregate(n=deaths_sum(page.viewer, page.mission))["n"] or 0,
        "newest": [(row, _incident_url(row, page)) for row in rows.order_by("-date_start")[:10]],
        "window": layers.WINDOWS[window],
        "degrees": layers.CELL_DEGREES,
    }


def _incident_url(incident: Incident, page: Page) -> str:
    try:
        return reverse("incident", args=[page.mission.code, incident.pk])
    except NoReverseMatch:
        return ""


def _identity(key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except (ValueError, ValidationError):
        raise Http404 from None


def _geojson(content: dict[str, object]) -> HttpResponse:
    return HttpResponse(layers.compact(content), content_type=GEOJSON)
