"""The page of the command tree: as of a day, and as known on a day."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.as_of import end_of, parse_as_of
from primacy.rooms.forces.queries import unit_by_code
from primacy.rooms.forces.register import tree, tree_in_parts
from primacy.rooms.places.facade import open_page

LINES_A_PAGE = 100


def command(request: HttpRequest, mission: str) -> HttpResponse:
    """Who stood under whom on the day, of all units or (`?under=`) below one."""
    page = open_page(request, mission)
    known_on, known_at = known_moment(request, page.today)
    reading = tree_in_parts(page.viewer, page.mission, page.as_of, known_at)
    places = reading.places
    under = request.GET.get("under", "")
    if under:
        places = reading.at_and_below(unit_by_code(page.viewer, page.mission, under))
    leaf = Paginator(places, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = page.context(
        place="forces",
        title=_("Command"),
        purpose=_("Who stood under whom on the day: what is certain, and what is only possible."),
        crumbs=[(_("Forces"), reverse("forces", args=[mission]))],
        reading=reading,
        leaf=leaf,
        lines=reading.shown(leaf.object_list),
        known_on=known_on,
        under=under,
        possible=sum(one.edge is not None and not one.edge.certain for one in places),
    )
    return render(request, "forces/command.html", context)


def chart(request: HttpRequest, mission: str) -> HttpResponse:
    """The same as a drawing to print: from the top, or (`?under=`) below one unit."""
    page = open_page(request, mission)
    known_on, known_at = known_moment(request, page.today)
    under = request.GET.get("under", "")
    top = unit_by_code(page.viewer, page.mission, under) if under else None
    context = page.context(
        place="forces",
        title=_("Command chart"),
        purpose=_("Who stood under whom on the day, drawn: broken lines are only possible."),
        crumbs=[
            (_("Forces"), reverse("forces", args=[mission])),
            (_("Command"), reverse("command", args=[mission])),
        ],
        reading=tree(page.viewer, page.mission, page.as_of, known_at),
        known_on=known_on,
        top=top,
        under=under,
    )
    return render(request, "forces/chart.html", context)


def known_moment(request: HttpRequest, today: dt.date) -> tuple[dt.date | None, dt.datetime | None]:
    """The day of `?known_on=` and its last moment; None for what is known now."""
    asked = request.GET.get("known_on", "")
    if not asked.strip():
        return None, None
    day = parse_as_of(asked, today)
    return day, end_of(day)
