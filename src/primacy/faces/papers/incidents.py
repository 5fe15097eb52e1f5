"""A summary of incidents as a paper: counts by type, year and area, with what was asked for."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.platform.policy import Marking, Viewer, restricted
from primacy.platform.reports import Block, Cell, Facts, Figure, Paper, Table, Text
from primacy.platform.reports.words import figure, long_day
from primacy.rooms.incidents.facade import (
    Incident,
    IncidentFilter,
    counts_by_type,
    counts_by_year,
    deaths_sum,
    incidents,
    narrowed,
)
from primacy.rooms.places.facade import Mission

NEWEST = 20
ROWS = 60


def incidents_paper(
    viewer: Viewer, mission: Mission, as_of: dt.date, wanted: IncidentFilter
) -> Paper:
    """The incidents up to a day that fit a filter, counted; the newest ones in full."""
    rows = narrowed(viewer, mission, incidents(viewer, mission), wanted)
    rows = rows.filter(date_start__lte=as_of)
    types = counts_by_type(viewer, mission, rows)
    blocks: list[Block] = [
        Facts(
            [
                (_("Incidents"), figure(sum(one.incidents for one in types))),
                (_("Deaths, best estimate"), figure(sum(one.deaths for one in types))),
                (_("From"), long_day(wanted.start) if wanted.start else _("the first on record")),
                (_("To"), long_day(min(wanted.end, as_of) if wanted.end else as_of)),
                (_("Area"), wanted.area.name if wanted.area else _("all")),
            ]
        ),
        _counted(
            _("By type"), _("Type"), [(one.label, one.incidents, one.deaths) for one in types]
        ),
        *_by_year(rows),
        _by_area(viewer, mission, rows),
        _newest(rows),
        Text(
            _(
                "Deaths are best estimates of the data's own makers; an interval is shown where "
                "they give one. What was not reported is not counted."
            ),
            quiet=True,
        ),
    ]
    highest = rows.order_by("-marking").values_list("marking", flat=True).first()
    origins = rows.order_by().values_list("origin", "vintage").distinct()
    return Paper(
        title=_("Incidents: %(country)s") % {"country": mission.country},
        subtitle=_("Events with place, time and harm, as on record here."),
        mission=mission.name,
        as_of=as_of,
        marking=Marking(highest if highest is not None else Marking.INTERNAL),
        printed_for=viewer.label,
        blocks=blocks,
        sources=sorted({f"{origin} {vintage}".strip() for origin, vintage in origins if origin}),
    )


def _counted(caption: str, head: str, lines: Iterable[tuple[str, int, int]]) -> Table:
    """A table of names with their incidents and deaths."""
    return Table(
        caption,
        [head, _("Incidents"), _("Deaths, best estimate")],
        [
            [name, Cell(figure(count), figure=True), Cell(figure(deaths), figure=True)]
            for name, count, deaths in lines
        ],
        [3, 1, 1],
    )


def _by_year(rows: QuerySet[Incident]) -> list[Block]:
    years = counts_by_year(rows)
    if not years:
        return []
    bars = [svg.Bar(str(year), float(count)) for year, count in years]
    chart = svg.bar_chart(bars, title=_("Incidents by year"), unit=_("incidents"))
    words = "; ".join(f"{year}: {figure(count)}" for year, count in years)
    return [Figure(str(chart), words, _("Incidents by year"), 70)]


def _by_area(viewer: Viewer, mission: Mission, rows: QuerySet[Incident]) -> Table:
    found = (
        rows.order_by()
        .values("area__name")
        .annotate(incidents=Count("pk"), deaths=deaths_sum(viewer, mission))
        .order_by("-incidents", "area__name")[:ROWS]
    )
    lines = [
        (one["area__name"] or _("outside every area"), one["incidents"], one["deaths"] or 0)
        for one in found
    ]
    return _counted(_("By area, most incidents first"), _("Area"), lines)


def _newest(rows: QuerySet[Incident]) -> Table:
    found = rows.select_related("area").order_by("-date_start", "-pk")[:NEWEST]
    return Table(
        _("The newest"),
        [_("Day"), _("Type"), _("Place"), _("Deaths"), _("Source")],
        [
            [
                long_day(one.date_start),
                str(one.get_type_display()),
                f"{one.place} ({one.area.name})" if one.area else one.place,
                Cell(_deaths(one), figure=True),
                f"{one.origin} {one.vintage}".strip() or _("entered here"),
            ]
            for one in found
        ],
        [1.1, 1.2, 2.4, 1, 1.3],
    )


def _deaths(one: Incident) -> str:
    """The best estimate with its interval, where it may be shown."""
    best, low, high = one.deaths_best, one.deaths_low, one.deaths_high
    if one.withheld:
        return restricted().text
    if best is None:
        return _("not known")
    if low is None or high is None or low == high == best:
        return figure(best)
    return f"{figure(best)} ({figure(low)}–{figure(high)})"
