"""Reads of places. Every function takes the viewer first and filters by right and compartment."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.places.errors import NoSuchArea, NoSuchMission
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission, Site


def missions(viewer: Viewer) -> QuerySet[Mission]:
    """The missions whose pages the viewer may open."""
    rows = Mission.objects.all()
    everywhere, by_mission, _ = viewer.missions_with("places.view")
    if everywhere or viewer.has("missions.create"):
        return rows
    return rows.filter(Q(pk__in=list(by_mission)) | Q(open_to_guests=True))


def mission_by_code(viewer: Viewer, code: str) -> Mission:
    """The mission of this code; `NoSuchMission` where the viewer may not see it either."""
    mission = missions(viewer).filter(code=code.replace("_", "-").lower()).first()
    if mission is None:
        known = ", ".join(missions(viewer).values_list("code", flat=True)[:20]) or _("none yet")
        raise NoSuchMission(
            _("No mission '%(code)s' is open to you. Missions you can open: %(known)s.")
            % {"code": code[:60], "known": known}
        )
    return mission


def opened_mission(viewer: Viewer, code: str) -> Mission:
    """The mission of this code, for somebody who may look into it.

    Those who only keep the server see that a mission exists, and nothing of it.
    """
    mission = mission_by_code(viewer, code)
    if not mission.open_to_guests:
        require(viewer, "places.view", mission.pk)
    return mission


def areas(viewer: Viewer, mission: Mission, level: int | None = None) -> QuerySet[Area]:
    """The mission's areas, without those an undone import had brought."""
    rows = visible(viewer, mission.areas.filter(withdrawn_at__isnull=True), "places.view")
    rows = rows.select_related("parent")
    return rows if level is None else rows.filter(level=level)


def area_by_code(viewer: Viewer, mission: Mission, code: str) -> Area:
    """The area of this code, P-code or name; `NoSuchArea` otherwise."""
    rows = areas(viewer, mission)
    area = (
        rows.filter(code__iexact=code).first()
        or rows.filter(p_code__iexact=code).first()
        or rows.filter(name__iexact=code).first()
    )
    if area is None:
        raise NoSuchArea(
            _("No area '%(code)s' in %(short_name)s.")
            % {"code": code[:60], "short_name": mission.short_name}
        )
    return area


def boundaries_at(
    viewer: Viewer,
    mission: Mission,
    as_of: dt.date,
    level: int | None = None,
    only: Area | None = None,
) -> dict[uuid.UUID, AreaBoundary]:
    """For each area (or one) the boundary in force: recorded last among those valid on the day."""
    rows = _valid_boundaries(mission, as_of, level)
    if only is not None:
        rows = rows.filter(area=only)
    rows = visible(viewer, rows, "places.view", via="area").select_related("area", "source")
    chosen: dict[uuid.UUID, AreaBoundary] = {}
    for boundary in rows.order_by("recorded_at", "id"):
        chosen[boundary.area_id] = boundary
    return chosen


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary in force without its shape: which it is, and whose."""

    pk: uuid.UUID
    area_id: uuid.UUID
    code: str
    name: str


def outlines_at(
    viewer: Viewer, mission: Mission, as_of: dt.date, level: int | None = None
) -> dict[uuid.UUID, Outline]:
    """For each area the boundary that `boundaries_at` gives, without reading its shape."""
    rows = _valid_boundaries(mission, as_of, level)
    rows = visible(viewer, rows, "places.view", via="area").order_by("recorded_at", "id")
    found = rows.values_list("pk", "area_id", "area__code", "area__name")
    return {area_id: Outline(pk, area_id, code, name) for pk, area_id, code, name in found}


def geometries(
    viewer: Viewer, mission: Mission, boundaries: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """The shapes of these boundaries as GeoJSON text, as far as the viewer may see them."""
    rows = AreaBoundary.objects.filter(pk__in=boundaries, area__mission=mission)
    return dict(visible(viewer, rows, "places.view", via="area").values_list("pk", "geometry"))


def _valid_boundaries(
    mission: Mission, as_of: dt.date, level: int | None
) -> QuerySet[AreaBoundary]:
    rows = AreaBoundary.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=as_of),
        Q(valid_to__isnull=True) | Q(valid_to__gte=as_of),
        area__mission=mission,
        area__withdrawn_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    return rows if level is None else rows.filter(area__level=level)


def boundary_versions(viewer: Viewer, area: Area) -> QuerySet[AreaBoundary]:
    """All boundaries of an area that an undone import did not bring."""
    rows = area.boundaries.filter(withdrawn_at__isnull=True).select_related("source")
    return visible(viewer, rows, "places.view", via="area")


def populations_at(
    viewer: Viewer, mission: Mission, as_of: dt.date, only: Area | None = None
) -> dict[uuid.UUID, AreaPopulation]:
    """For each area (or one) the newest figure not after the year; else the earliest one known."""
    rows = AreaPopulation.objects.filter(area__mission=mission, withdrawn_at__isnull=True)
    if only is not None:
        rows = rows.filter(area=only)
    rows = visible(viewer, rows, "places.view", via="area").select_related("source")
    chosen: dict[uuid.UUID, AreaPopulation] = {}
    for figure in rows.order_by("-year", "recorded_at"):
        if figure.area_id not in chosen or figure.year <= as_of.year < chosen[figure.area_id].year:
            chosen[figure.area_id] = figure
        elif chosen[figure.area_id].year > as_of.year:
            chosen[figure.area_id] = figure
    return chosen


def sites(viewer: Viewer, mission: Mission, as_of: dt.date | None = None) -> QuerySet[Site]:
    """The mission's sites; with a day, those not closed before and not opened after it."""
    rows = visible(viewer, mission.sites.select_related("area", "source"), "places.view")
    if as_of is None:
        return rows
    return rows.filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=as_of),
        Q(closed_on__isnull=True) | Q(closed_on__gte=as_of),
    )
