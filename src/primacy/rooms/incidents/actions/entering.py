"""Acts on incidents: enter one that the mission or its partners reported."""

import datetime as dt

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from primacy.kernels.grid import priogrid_id
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.ids import uuid7
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.incidents.errors import BadIncident
from primacy.rooms.incidents.imports.points import OUTSIDE, MissionAreas, h3_cells
from primacy.rooms.incidents.models import Incident, IncidentType
from primacy.rooms.incidents.rules import (
    DATE_WORDS,
    WHERE_WORDS,
    Deaths,
    require_days,
    require_deaths,
    require_point,
)
from primacy.rooms.places.facade import Area, Mission, boundaries_at

OWN = "own"
FIRST_VERSION = "1"


def enter_incident(
    *,
    actor: Viewer,
    mission: Mission,
    type: IncidentType,
    date_start: dt.date,
    source: str,
    date_end: dt.date | None = None,
    date_precision: int = 1,
    lat: float | None = None,
    lon: float | None = None,
    where_precision: int = 1,
    area: Area | None = None,
    place: str = "",
    side_a: str = "",
    side_b: str = "",
    deaths_best: int = 0,
    deaths_low: int | None = None,
    deaths_high: int | None = None,
    headline: str = "",
    marking: Marking = Marking.INTERNAL,
) -> Incident:
    """The new incident. Without a point it is put in the middle of its area, and says so."""
    require(actor, "incidents.edit", mission.pk)
    last = date_end or date_start
    require_days(date_start, last, clock.today())
    low = deaths_best if deaths_low is None else deaths_low
    high = deaths_best if deaths_high is None else deaths_high
    require_deaths(Deaths(deaths_best, low, high))
    if date_precision not in DATE_WORDS or where_precision not in WHERE_WORDS:
        raise BadIncident(_("The precision is not one of the codes. Nothing was saved."))
    if not source.strip():
        raise BadIncident(
            _("Say where this comes from: a report, a patrol, a call. Nothing saved.")
        )
    if lat is None or lon is None:
        lat, lon, where_precision = _middle_of(actor, mission, area)
    require_point(lat, lon)
    at = np.array([lat]), np.array([lon])
    with transaction.atomic():
        incident = Incident.objects.create(
            mission=mission,
            area=area if area is not None else _area_at(actor, mission, *at),
            origin=OWN,
            origin_id=str(uuid7()),
            vintage=FIRST_VERSION,
            type=IncidentType(type),
            date_start=date_start,
            date_end=last,
            date_precision=date_precision,
            lat=lat,
            lon=lon,
            where_precision=where_precision,
            place=place.strip()[:300],
            country=mission.country[:100],
            h3=int(h3_cells(*at)[0]),
            priogrid=int(priogrid_id(*at)[0]),
            side_a=side_a.strip()[:200],
            side_b=side_b.strip()[:200],
            deaths_best=deaths_best,
            deaths_low=low,
            deaths_high=high,
            headline=headline.strip(),
            source_text=source.strip(),
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        # The log is read by those who keep the server: no place, no names.
        record(actor, "incidents.enter", incident, {"type": type, "day": str(date_start)})
    return incident


def _area_at(viewer: Viewer, mission: Mission, lat: np.ndarray, lon: np.ndarray) -> Area | None:
    """The area a point lies in, the deepest one; None outside all."""
    places = MissionAreas(viewer, mission)
    position = int(places.locate(lat, lon)[0])
    if position == OUTSIDE:
        return None
    return mission.areas.get(pk=places.ids[position])


def _middle_of(viewer: Viewer, mission: Mission, area: Area | None) -> tuple[float, float, int]:
    """A point inside the area, and the precision code of "only the area is known"."""
    if area is None:
        raise BadIncident(_("Give latitude and longitude, or choose the area. Nothing was saved."))
    day = mission.default_as_of or clock.today()
    boundary = boundaries_at(viewer, mission, day).get(area.pk)
    if boundary is None:
        raise BadIncident(
            _(
                "%(area)s has no boundary on record, so the place cannot be set from it. "
                "Nothing was saved; give latitude and longitude."
            )
            % {"area": area.name}
        )
    precision = {0: 6, 1: 4}.get(area.level, 3)
    return boundary.label_lat, boundary.label_lon, precision
