"""A summary of incidents as a paper: counts by type, year and area, with what was asked for."""

import datetime as dt

from django.db.models import Count
from django.utils.translation import gettext as _

from primacy.faces.web import svg
from primacy.platform.policy import Marking, Viewer, restricted
from primacy.platform.reports import Block, Cell, Facts, Figure, Paper, Table, Text
from primacy.platform.reports.words import figure, long_day
from primacy.rooms.incidents.facade import (
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
    years = counts_by_year(rows)
    newest = list(rows.select_related("area").order_by("-date_start", "-pk")[:NEWEST])
    total = sum(one.incidents for one in types)
    blocks: list[Block] = [
        Facts(
            [
                (_("Incidents"), figure(total)),
                (_("Deaths, best estimate"), figure(sum(one.deaths for one in types))),
                (_("From"), long_day(wanted.start) if wanted.start else _("the first on record")),
                (_("To"), long_day(min(wanted.end, as_of) if wanted.end else as_of)),
                (_("Area"), wanted.area.name if wanted.area else _("all")),
            ]
        ),
        Table(
            _("By type"),
            [_("Type"), _("Incidents"), _("Deaths, best estimate")],
            [
                [one.label, Cell(figure(one.incidents), True), Cell(figure(one.deaths), True)]
                for one in types
            ],
            [3, 1, 1],
        ),
    ]
    if years:
        bars = [svg.Bar(str(year), float(count)) for year, count in years]
        chart = svg.bar_chart(bars, title=_("Incidents by year"), unit=_("incidents"))
        words = "; ".join(f"{year}: {figure(count)}" for year, count in years)
        blocks.append(Figure(str(chart), words, _("Incidents by year"), 70))
    areas = (
        rows.order_by()
        .values("area__name")
        .annotate(incidents=Count("pk"), deaths=deaths_sum(viewer, mission))
        .order_by("-incidents", "area__name")[:ROWS]
    )
    blocks.append(
        Table(
            _("By area, most incidents first"),
            [_("Area"), _("Incidents"), _("Deaths, best estimate")],
            [
                [
                    one["area__name"] or _("outside every area"),
                    Cell(figure(one["incidents"]), True),
                    Cell(figure(one["deaths"] or 0), True),
                ]
                for one in areas
            ],
            [3, 1, 1],
        )
    )
    blocks.append(
        Table(
            _("The newest"),
            [_("Day"), _("Type"), _("Place"), _("Deaths"), _("Source")],
            [
                [
                    long_day(one.date_start),
                    str(one.get_type_display()),
                    f"{one.place} ({one.area.name})" if one.area else one.place,
                    Cell(
                        restricted().text
                        if one.withheld
                        else _deaths(one.deaths_best, one.deaths_low, one.deaths_high),
                        True,
                    ),
                    f"{one.origin} {one.vintage}".strip() or _("entered here"),
                ]
                for one in newest
            ],
            [1.1, 1.2, 2.4, 1, 1.3],
        )
    )
    blocks.append(
        Text(
            _(
                "Deaths are best estimates of the data's own makers; an interval is shown where "
                "they give one. What was not reported is not counted."
            ),
            quiet=True,
        )
    )
    highest = rows.order_by("-marking").values_list("marking", flat=True).first()
    return Paper(
        title=_("Incidents: %(country)s") % {"country": mission.country},
        subtitle=_("Events with place, time and harm, as on record here."),
        mission=mission.name,
        as_of=as_of,
        marking=Marking(highest if highest is not None else Marking.INTERNAL),
        printed_for=viewer.label,
        blocks=blocks,
        sources=sorted(
            {f"{origin} {vintage}".strip() for origin, vintage in _origins(rows) if origin}
        ),
    )


def _origins(rows: object) -> list[tuple[str, str]]:
    return list(rows.order_by().values_list("origin", "vintage").distinct())  # type: ignore[attr-defined]


def _deaths(best: int | None, low: int | None, high: int | None) -> str:
    if best is None:
        return _("not known")
    if low is None or high is None or low == high == best:
        return figure(best)
    return f"{figure(best)} ({figure(low)}–{figure(high)})"
