"""How alerts were answered, as evidence for the board: by the local force alone, and how fast.

Only alerts that accuse nobody and are kept from nobody go in. A board is shown to the host state
too, and a figure that moved with an accusing alert would tell the accused that there is one.
"""

import datetime as dt
import statistics
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.as_of import end_of
from primacy.platform.indicators import IndicatorValue, Subject, provide
from primacy.platform.policy import Viewer
from primacy.rooms.incidents.facade import areas_within
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.models import Accusation, Alert, KeptFrom, Responder, Tasking
from primacy.rooms.warning.queries import alerts

WINDOW_DAYS = 90
LOCAL = (Responder.HOST_UNIT.value, Responder.COMMUNITY.value)
MISSION = (
    Responder.MISSION_FORCE.value,
    Responder.MISSION_POLICE.value,
    Responder.CIVILIAN.value,
    Responder.NGO.value,
)


@dataclass(frozen=True)
class Answered:
    """An alert that somebody went to: where, when they arrived, how long it took, who went."""

    area: uuid.UUID | None
    arrived: dt.datetime
    minutes: float
    alone: bool
    marking: int


def told_to_all(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    """Of these alerts those that accuse nobody, never did, and are kept from nobody."""
    accused = Accusation.objects.filter(alert=OuterRef("pk"))
    kept = KeptFrom.objects.filter(alert=OuterRef("pk"))
    return rows.filter(~Q(Exists(accused)), ~Q(Exists(kept)))


def answered(viewer: Viewer, mission: Mission, as_of: dt.date) -> Iterator[Answered]:
    """The alerts of the window to which somebody arrived."""
    until = end_of(as_of)
    rows = told_to_all(alerts(viewer, mission)).filter(
        on_site_at__lte=until, on_site_at__gt=until - dt.timedelta(days=WINDOW_DAYS)
    )
    went = Tasking.objects.filter(alert=OuterRef("pk"), stood_down_at__isnull=True)
    rows = rows.annotate(
        with_local=Exists(went.filter(responder=Responder.HOST_UNIT)),
        with_mission=Exists(went.filter(responder__in=MISSION)),
    )
    for area, arrived, received, local, mission_too, marking in rows.order_by().values_list(
        "area_id", "on_site_at", "received_at", "with_local", "with_mission", "marking"
    ):
        minutes = (arrived - received).total_seconds() / 60
        yield Answered(area, arrived, minutes, local and not mission_too, marking)


@provide("response.median_minutes")
def median_minutes(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Median minutes from alert to arrival where the local force went alone, by area."""
    for subject, rows in _by_subject(viewer, subjects, as_of):
        alone = sorted(row.minutes for row in rows if row.alone)
        if not alone:
            continue
        low, high = _around_median(alone)
        yield IndicatorValue(
            subject=subject,
            observed_on=max(row.arrived for row in rows if row.alone).date(),
            value=round(statistics.median(alone), 1),
            source=_("alert desk: %(n)s alerts that accuse nobody") % {"n": len(alone)},
            low=low,
            high=high,
            marking=max(row.marking for row in rows),
        )


@provide("response.unaided_share")
def unaided_share(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Alerts the local force answered alone, of all to which somebody arrived, by area."""
    for subject, rows in _by_subject(viewer, subjects, as_of):
        if not rows:
            continue
        alone = sum(row.alone for row in rows)
        yield IndicatorValue(
            subject=subject,
            observed_on=max(row.arrived for row in rows).date(),
            value=alone / len(rows),
            source=_("alert desk: %(n)s alerts that accuse nobody") % {"n": len(rows)},
            numerator=float(alone),
            denominator=float(len(rows)),
            marking=max(row.marking for row in rows),
        )


def _by_subject(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterator[tuple[Subject, list[Answered]]]:
    """Each area asked about with the alerts answered in it and the areas under it."""
    by_mission: dict[uuid.UUID, list[Subject]] = {}
    for subject in subjects:
        if subject.kind == "area":
            by_mission.setdefault(subject.mission_id, []).append(subject)
    for mission in Mission.objects.filter(pk__in=by_mission):
        found = list(answered(viewer, mission, as_of))
        if not found:
            continue
        within = areas_within(viewer, mission)
        for subject in by_mission[mission.pk]:
            inside = set(within.get(subject.id, [subject.id]))
            yield subject, [row for row in found if row.area in inside]


def _around_median(values: Sequence[float]) -> tuple[float | None, float | None]:
    """The 90 % interval of the median from the order of the values; none for fewer than five.

    Source: the sign-test interval, Conover (1999), Practical Nonparametric Statistics, 3.2.
    """
    n = len(values)
    if n < 5:
        return None, None
    # The largest rank whose tail is at most 5 %, by the binomial with one half.
    tail, term, rank = 0.0, 0.5**n, 0
    while tail + term <= 0.05:
        tail += term
        rank += 1
        term *= (n - rank + 1) / rank
    return values[rank - 1], values[n - rank]
