"""Acts on places: start a mission, add areas, boundaries, population and sites."""

import datetime as dt
from collections.abc import Mapping, Sequence

import h3
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.places.errors import BadPlace
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission, Site
from primacy.rooms.places.rules import boundary_values, polygon

H3_RESOLUTION = 9
"""Points are stored in this cell and rolled up by mask, never re-indexed from lat and lon."""


def create_mission(
    *,
    actor: Viewer,
    code: str,
    name: str,
    short_name: str,
    country: str,
    country_code: str = "",
    host_force: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    default_as_of: dt.date | None = None,
    ladder: Sequence[str] | None = None,
    summary: str = "",
    story: str = "",
    is_case: bool = False,
    exercise: bool = False,
    open_to_guests: bool = False,
) -> Mission:
    """A new mission with an empty board."""
    require(actor, "missions.create")
    if not name.strip() or not country.strip():
        raise BadPlace(_("A mission needs a name and a country."))
    if Mission.objects.filter(code=code).exists():
        raise BadPlace(
            _("A mission with the code '%(code)s' exists already. Choose another code.")
            % {"code": code}
        )
    with transaction.atomic():
        mission = Mission(
            code=code,
            name=name.strip(),
            short_name=short_name.strip() or name.strip()[:40],
            country=country.strip(),
            country_code=country_code,
            host_force=host_force,
            starts_on=starts_on,
            ends_on=ends_on,
            default_as_of=default_as_of,
            summary=summary,
            story=story,
            is_case=is_case,
            exercise=exercise,
            open_to_guests=open_to_guests,
            recorded_by_id=actor.account_id,
        )
        if ladder:
            mission.ladder = list(ladder)
        mission.save()
        record(
            actor,
            "places.mission.create",
            mission,
            {"code": code, "name": name, "open_to_guests": open_to_guests},
            mission_id=mission.pk,
        )
    return mission


def add_area(
    *,
    actor: Viewer,
    mission: Mission,
    code: str,
    name: str,
    level: int,
    kind: str = "other",
    parent: Area | None = None,
    p_code: str = "",
    aliases: Sequence[str] = (),
    marking: Marking = Marking.INTERNAL,
) -> Area:
    """A new area in the hierarchy."""
    require(actor, "places.edit", mission.pk)
    if not name.strip():
        raise BadPlace(_("An area needs a name."))
    with transaction.atomic():
        area = Area.objects.create(
            mission=mission,
            code=code,
            p_code=p_code,
            name=name.strip(),
            level=level,
            kind=kind,
            parent=parent,
            aliases=list(aliases),
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        record(actor, "places.area.create", area, {"code": code, "name": name, "level": level})
    return area


def add_boundary(
    *,
    actor: Viewer,
    area: Area,
    geometry: BaseGeometry,
    vintage: str,
    source: Source,
    approximate: bool = False,
    basis: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> AreaBoundary:
    """A further version of an area's shape; earlier ones stay."""
    require(actor, "places.edit", area.mission_id)
    shape = polygon(geometry)
    if shape.is_empty:
        raise BadPlace(_("The shape given for %(area)s holds no area.") % {"area": area.name})
    with transaction.atomic():
        boundary = AreaBoundary.objects.create(
            area=area,
            vintage=vintage,
            name=area.name,
            p_code=area.p_code,
            source=source,
            approximate=approximate,
            basis=basis,
            valid_from=valid_from,
            valid_to=valid_to,
            recorded_by_id=actor.account_id,
            **vars(boundary_values(shape)),
        )
        body = {"area": area.code, "vintage": vintage, "approximate": approximate}
        record(actor, "places.boundary.add", boundary, body, mission_id=area.mission_id)
    return boundary


def add_population(
    *,
    actor: Viewer,
    area: Area,
    year: int,
    value: int,
    source: Source,
    qualifier: str = "exact",
    definition: str = "",
) -> AreaPopulation:
    """A population figure with its year and source."""
    require(actor, "places.edit", area.mission_id)
    if value < 0:
        raise BadPlace(_("A population of %(value)s cannot be.") % {"value": value})
    with transaction.atomic():
        figure = AreaPopulation.objects.create(
            area=area,
            year=year,
            value=value,
            qualifier=qualifier,
            definition=definition,
            source=source,
            recorded_by_id=actor.account_id,
        )
        body = {"area": area.code, "year": year, "value": value}
        record(actor, "places.population.add", figure, body, mission_id=area.mission_id)
    return figure


def add_site(
    *,
    actor: Viewer,
    mission: Mission,
    code: str,
    name: str,
    kind: str,
    lat: float,
    lon: float,
    source: Source,
    area: Area | None = None,
    holder: str = "unknown",
    held_since: dt.date | None = None,
    opened_on: dt.date | None = None,
    closed_on: dt.date | None = None,
    note: str = "",
    marking: Marking = Marking.INTERNAL,
) -> Site:
    """A new site with who holds it."""
    require(actor, "places.edit", mission.pk)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadPlace(
            _(
                "%(lat)s, %(lon)s is not on the earth: latitude runs from -90 to 90, "
                "longitude from -180 to 180. Were the two swapped?"
            )
            % {"lat": lat, "lon": lon}
        )
    with transaction.atomic():
        site = Site.objects.create(
            mission=mission,
            area=area,
            code=code,
            name=name,
            kind=kind,
            lat=lat,
            lon=lon,
            h3=h3.str_to_int(h3.latlng_to_cell(lat, lon, H3_RESOLUTION)),
            holder=holder,
            held_since=held_since,
            opened_on=opened_on,
            closed_on=closed_on,
            note=note,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body: Mapping[str, object] = {"name": name, "kind": kind, "holder": holder}
        record(actor, "places.site.create", site, body)
    return site
