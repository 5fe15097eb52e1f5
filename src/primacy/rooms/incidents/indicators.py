"""Indicators computed from incidents."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Count, Max
from django.utils.translation import gettext_noop

from primacy.platform.indicators import Indicator, IndicatorValue, Subject, provide, register
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.incidents.queries import areas_within, incidents
from primacy.rooms.places.facade import Mission

WINDOW_DAYS = 90

COUNT_90D = register(
    Indicator(
        "incidents.count_90d",
        gettext_noop("Incidents on record that began in the last 90 days"),
        "incidents",
        "threat",
        gettext_noop(
            "Events of every type in the area and the areas under it, newest version of each."
        ),
    )
)


@provide(COUNT_90D.code)
def count_90d(
    viewer: Viewer, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    """Counts by area; none where no incident of the mission is on record from those days.

    A register that ends before the 90 days says nothing about them: that is unknown, not zero.
    """
    by_mission: dict[uuid.UUID, list[Subject]] = {}
    for subject in subjects:
        if subject.kind == "area":
            by_mission.setdefault(subject.mission_id, []).append(subject)
    for mission in Mission.objects.filter(pk__in=by_mission):
        yield from _of_mission(viewer, mission, by_mission[mission.pk], as_of)


def _of_mission(
    viewer: Viewer, mission: Mission, subjects: Sequence[Subject], as_of: dt.date
) -> Iterable[IndicatorValue]:
    first = as_of - dt.timedelta(days=WINDOW_DAYS - 1)
    rows = incidents(viewer, mission).filter(date_start__range=(first, as_of)).order_by()
    found = list(
        rows.values_list("area_id", "origin").annotate(
            incidents=Count("pk"), newest=Max("date_start"), marking=Max("marking")
        )
    )
    if not found:
        return
    counts: Counter[uuid.UUID | None] = Counter()
    for area_id, _origin, number, *_rest in found:
        counts[area_id] += number
    within = areas_within(viewer, mission)
    origins = ", ".join(sorted({origin for _, origin, *_ in found}))
    newest = max(row[3] for row in found)
    # A zero too is drawn from all rows of the window.
    marking = max([Marking.PUBLIC.value, *(row[4] for row in found)])
    for subject in subjects:
        yield IndicatorValue(
            subject=subject,
            observed_on=newest,
            value=float(sum(counts[area] for area in within.get(subject.id, [subject.id]))),
            source=f"incident register: {origins}",
            marking=marking,
        )
