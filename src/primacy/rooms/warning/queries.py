"""Reads of alerts. Each passes the permission layer and the shield; there is no other way."""

import datetime as dt
import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.asking import open_to
from primacy.rooms.warning.errors import NoSuchAlert
from primacy.rooms.warning.models import (
    Accusation,
    Alert,
    AlertSource,
    AlertStep,
    AreaForecast,
    ForecastRun,
    KeptFrom,
    ServiceLevels,
    StandsFor,
    Tasking,
)
from primacy.rooms.warning.rules import DEFAULT_MINUTES

VIEW, SHIELD, FORECASTS = "warning.view", "warning.shield", "forecasts.view"
M = TypeVar("M", bound=Model)


def alerts(viewer: Viewer, mission: Mission) -> QuerySet[Alert]:
    """The alerts of a mission that the viewer may learn of, newest first."""
    rows = Alert.objects.filter(open_to(viewer, mission), mission=mission)
    return visible(viewer, rows.select_related("mission", "area", "owner"), VIEW)


def overdue(viewer: Viewer, mission: Mission, now: dt.datetime) -> QuerySet[Alert]:
    """The alerts whose running step is overdue, the longest overdue first."""
    return alerts(viewer, mission).filter(due_at__lt=now).order_by("due_at", "number")


def waiting(viewer: Viewer, mission: Mission) -> QuerySet[Alert]:
    """The alerts on whose next step a clock runs, those due first at the top."""
    return alerts(viewer, mission).filter(due_at__isnull=False).order_by("due_at", "number")


def alert_by_number(viewer: Viewer, mission: Mission, number: int) -> Alert:
    """The alert of this number; `NoSuchAlert` where none is open to the viewer.

    The same answer whether there is none or it is kept from them.
    """
    row = alerts(viewer, mission).filter(number=number).first()
    if row is None:
        raise NoSuchAlert(_("No alert %(number)s is open to you.") % {"number": number})
    return row


def alert_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Alert:
    """The alert of this id; `NoSuchAlert` where none is open to the viewer."""
    row = alerts(viewer, mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchAlert(_("No such alert is open to you."))
    return row


def steps_of(viewer: Viewer, alert: Alert) -> QuerySet[AlertStep]:
    """The steps of an alert, first to last."""
    return _of(viewer, AlertStep.objects.all(), alert).order_by("id")


def taskings_of(viewer: Viewer, alert: Alert) -> QuerySet[Tasking]:
    """Who was tasked with an alert."""
    rows = Tasking.objects.select_related("unit", "post", "clearance")
    return _of(viewer, rows, alert).order_by("id")


def accusations_of(viewer: Viewer, alert: Alert) -> QuerySet[Accusation]:
    """Whom an alert accuses."""
    return _of(viewer, Accusation.objects.select_related("unit", "person"), alert).order_by("id")


def kept_from_of(viewer: Viewer, alert: Alert) -> QuerySet[KeptFrom]:
    """From whom an alert is kept by name."""
    rows = KeptFrom.objects.select_related("organisation", "account", "unit")
    return _of(viewer, rows, alert).order_by("id")


def sources_of(viewer: Viewer, alert: Alert) -> QuerySet[AlertSource]:
    """The pseudonyms of who warned, to members of their compartment."""
    rows = AlertSource.objects.filter(alert__in=alerts(viewer, alert.mission), alert=alert)
    return visible(viewer, rows, VIEW)


def stands_for(viewer: Viewer, mission: Mission) -> QuerySet[StandsFor]:
    """Which units accounts of the host state stand for, to those who keep the shield."""
    rows = StandsFor.objects.filter(mission=mission, ended_at__isnull=True)
    if not viewer.has(SHIELD, mission.pk):
        return rows.none()
    return rows.select_related("account", "unit").order_by("id")


def forecasts(viewer: Viewer, mission: Mission) -> QuerySet[ForecastRun]:
    """The forecasts of a mission, newest first."""
    return visible(viewer, ForecastRun.objects.filter(mission=mission), FORECASTS)


def forecast_by_number(viewer: Viewer, mission: Mission, number: int | None = None) -> ForecastRun:
    """The forecast of this number, or the newest; `NoSuchAlert` where none is open."""
    rows = forecasts(viewer, mission).order_by("-number")
    row = rows.first() if number is None else rows.filter(number=number).first()
    if row is None:
        raise NoSuchAlert(_("No such forecast is open to you."))
    return row


def area_forecasts(viewer: Viewer, run: ForecastRun) -> QuerySet[AreaForecast]:
    """What a forecast says of each area, the likeliest first."""
    rows = AreaForecast.objects.filter(run=run).select_related("area")
    rows = visible(viewer, rows, FORECASTS, via="run")
    return visible(viewer, rows, "places.view", via="area").order_by("rank")


def levels_of(mission: Mission) -> dict[str, dict[str, int]]:
    """Minutes by urgency and step, as the mission set them last, else as the product does."""
    row = ServiceLevels.objects.filter(mission=mission).order_by("-number").first()
    return dict(row.minutes) if row is not None else DEFAULT_MINUTES


def _of(viewer: Viewer, rows: QuerySet[M], alert: Alert) -> QuerySet[M]:
    """Rows that belong to an alert, where the alert itself is open to the viewer."""
    held = rows.filter(alert=alert, alert__in=alerts(viewer, alert.mission).order_by())
    return visible(viewer, held, VIEW, via="alert")
