"""Reads of incidents: the present version, or as it was known on a day. Viewer first."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from primacy.platform.as_of import end_of
from primacy.platform.policy import Viewer, in_owning_team, visible
from primacy.rooms.incidents.errors import NoSuchIncident
from primacy.rooms.incidents.models import ENTERED_HERE, Incident, IncidentType
from primacy.rooms.incidents.tallies import sums_of
from primacy.rooms.places.facade import Area, Mission, areas

PAGE_SIZE = 50
CURSOR_MARK = "~"


@dataclass(frozen=True)
class IncidentFilter:
    """What to look for; what is empty does not narrow."""

    start: dt.date | None = None
    end: dt.date | None = None
    types: tuple[str, ...] = ()
    area: Area | None = None
    outside: bool = False
    text: str = ""


@dataclass(frozen=True)
class IncidentPage:
    """Some incidents, newest first, and the cursors of the pages beside it ("" for none)."""

    rows: list[Incident]
    following: str
    is_first: bool


@dataclass(frozen=True)
class TypeCount:
    """One type of incident: how many, and the deaths by the best estimate."""

    type: str
    label: str
    incidents: int
    deaths: int


def incidents(
    viewer: Viewer, mission: Mission, *, known_on: dt.date | None = None
) -> QuerySet[Incident]:
    """The mission's incidents the viewer may see: the newest version of each event.

    With `known_on` the versions that were on record and not yet replaced at the end of that day.
    """
    rows = visible(viewer, Incident.objects.filter(mission=mission), "incidents.view")
    if known_on is None:
        return rows.filter(superseded_at__isnull=True)
    moment = end_of(known_on)
    return rows.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment
    )


def narrowed(
    viewer: Viewer, mission: Mission, rows: QuerySet[Incident], wanted: IncidentFilter
) -> QuerySet[Incident]:
    """The incidents that pass the filter; an area takes in the areas under it."""
    if wanted.start:
        rows = rows.filter(date_end__gte=wanted.start)
    if wanted.end:
        rows = rows.filter(date_start__lte=wanted.end)
    if wanted.types:
        rows = rows.filter(type__in=wanted.types)
    if wanted.area is not None:
        rows = rows.filter(area__in=areas_within(viewer, mission)[wanted.area.pk])
    elif wanted.outside:
        rows = rows.filter(area__isnull=True)
    for word in wanted.text.split()[:8]:
        rows = rows.filter(
            Q(place__icontains=word)
            | Q(side_a__icontains=word)
            | Q(side_b__icontains=word)
            | Q(conflict__icontains=word)
            | Q(headline__icontains=word)
            | Q(adm_1__icontains=word)
            | Q(adm_2__icontains=word)
        )
    return rows


def page_of(rows: QuerySet[Incident], cursor: str = "", size: int = PAGE_SIZE) -> IncidentPage:
    """The page after a cursor. It reads no more rows than it shows, however far down it is."""
    after = _read_cursor(cursor)
    if after is not None:
        day, key = after
        rows = rows.filter(Q(date_start__lt=day) | Q(date_start=day, pk__lt=key))
    found = list(rows.select_related("area").order_by("-date_start", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    following = f"{last.date_start.isoformat()}{CURSOR_MARK}{last.pk}" if last else ""
    return IncidentPage(found[:size], following, after is None)


def deaths_sum(viewer: Viewer, mission: Mission) -> Sum:
    """The sum of deaths, for an aggregate; outside the owning team of published figures only.

    A sum that took in what is withheld would give it away to whoever adds up the rest.
    """
    if in_owning_team(viewer, "incidents.view", mission.pk):
        return Sum("deaths_best")
    return Sum("deaths_best", filter=~Q(origin__in=ENTERED_HERE))


@dataclass(frozen=True)
class RegisterCounts:
    """How many incidents of each type and year, and the days of the first and the last."""

    types: list[TypeCount]
    years: list[tuple[int, int]]
    first: dt.date | None
    last: dt.date | None

    @property
    def total(self) -> int:
        """All incidents."""
        return sum(kind.incidents for kind in self.types)

    @property
    def deaths(self) -> int:
        """All deaths by the best estimate."""
        return sum(kind.deaths for kind in self.types)


def register_counts(
    viewer: Viewer, mission: Mission, rows: QuerySet[Incident], wanted: IncidentFilter, end: dt.date
) -> RegisterCounts:
    """The exact counts of what `wanted` leaves of the mission's incidents that began by `end`.

    `rows` are those incidents, already narrowed. Where only type and last day narrow, the counts
    are drawn from sums by day that are kept; else the rows themselves are counted.
    """
    if wanted.start or wanted.area or wanted.outside or wanted.text:
        return _counted(_by_day_and_type(rows, deaths_sum(viewer, mission)))
    grouping = partial(_by_day_and_type, deaths=deaths_sum(viewer, mission))
    everything = incidents(viewer, mission)
    # Outsiders' sums leave small counts out: they are never kept under the same name.
    name = ("day and type", in_owning_team(viewer, "incidents.view", mission.pk))
    sums = sums_of(viewer, mission, name, everything, grouping)
    last = min(end, wanted.end or end)
    kept = (
        (group, n, deaths)
        for group, (n, deaths) in cast(dict[tuple[dt.date, str], tuple[int, int]], sums).items()
        if group[0] <= last and (not wanted.types or group[1] in wanted.types)
    )
    return _counted(kept)


def _by_day_and_type(
    rows: QuerySet[Incident], deaths: Sum
) -> Iterator[tuple[tuple[dt.date, str], int, int]]:
    found = (
        rows.order_by()
        .values_list("date_start", "type")
        .annotate(incidents=Count("pk"), deaths=deaths)
    )
    for day, kind, count, dead in found:
        yield (day, kind), count, dead or 0


def _counted(sums: Iterable[tuple[tuple[dt.date, str], int, int]]) -> RegisterCounts:
    types: dict[str, tuple[int, int]] = {}
    years: Counter[int] = Counter()
    days = []
    for (day, kind), count, deaths in sums:
        before = types.get(kind, (0, 0))
        types[kind] = before[0] + count, before[1] + deaths
        years[day.year] += count
        days.append(day)
    return RegisterCounts(
        [
            TypeCount(kind.value, str(kind.label), *types[kind])
            for kind in IncidentType
            if kind in types
        ],
        [(year, years[year]) for year in range(min(years), max(years) + 1)] if years else [],
        min(days, default=None),
        max(days, default=None),
    )


def counts_by_type(viewer: Viewer, mission: Mission, rows: QuerySet[Incident]) -> list[TypeCount]:
    """Incidents and deaths of each type that occurs, in the order of the types."""
    return _counted(_by_day_and_type(rows, deaths_sum(viewer, mission))).types


def counts_by_year(rows: QuerySet[Incident]) -> list[tuple[int, int]]:
    """Incidents in each year from the first to the last; years between without any are 0."""
    return _counted(_by_day_and_type(rows, Sum("deaths_best"))).years


def incident_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Incident:
    """One incident, in whichever version was asked for; `NoSuchIncident` otherwise."""
    rows = visible(viewer, Incident.objects.filter(mission=mission), "incidents.view")
    found = rows.select_related("area", "recorded_by").filter(pk=pk).first()
    if found is None:
        raise NoSuchIncident(
            _("No such incident in %(short_name)s is open to you.")
            % {"short_name": mission.short_name}
        )
    return found


def incident_is_open(viewer: Viewer, mission_id: uuid.UUID, pk: uuid.UUID) -> bool:
    """True where the mission has this incident and the viewer may see it."""
    rows = Incident.objects.filter(mission_id=mission_id, pk=pk)
    return visible(viewer, rows, "incidents.view").exists()


def versions(viewer: Viewer, incident: Incident) -> list[Incident]:
    """All versions of the same event on record, oldest first."""
    # Asked for by the origin's id alone, the keys come from its index; with the mission beside it
    # a planner without statistics would read the mission's whole register.
    same = Incident.objects.filter(origin=incident.origin, origin_id=incident.origin_id)
    keys = list(same.order_by().values_list("pk", flat=True))
    rows = Incident.objects.filter(mission=incident.mission_id, pk__in=keys)
    return list(visible(viewer, rows, "incidents.view").order_by("recorded_at", "vintage"))


def areas_within(viewer: Viewer, mission: Mission) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each area itself and all areas under it."""
    parents = dict(areas(viewer, mission).values_list("pk", "parent_id"))
    within: dict[uuid.UUID, list[uuid.UUID]] = {pk: [] for pk in parents}
    for pk in parents:
        at: uuid.UUID | None = pk
        # Bounded by the number of areas, so that a ring of parents cannot hold a page up.
        for _step in range(len(parents)):
            if at is None or at not in within:
                break
            within[at].append(pk)
            at = parents[at]
    return within


def _read_cursor(text: str) -> tuple[dt.date, uuid.UUID] | None:
    """The place a cursor stands for; None for none, or one that was changed by hand."""
    parts: Sequence[str] = text.split(CURSOR_MARK)
    try:
        return dt.date.fromisoformat(parts[0]), uuid.UUID(parts[1])
    except (ValueError, IndexError):
        return None
