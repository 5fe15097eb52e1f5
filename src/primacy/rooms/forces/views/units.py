"""Pages of forces: the units by force, and one unit with all its figures."""

import uuid
from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.platform.policy import Marking
from primacy.rooms.forces.exports import STRENGTH_COLUMNS, strength_rows
from primacy.rooms.forces.models import StrengthKind, Unit, UnitArea
from primacy.rooms.forces.queries import (
    newest_strengths,
    strengths,
    unit_by_code,
    unit_places,
    units,
)
from primacy.rooms.forces.reading import MAIN_KINDS, figures, forces_tree
from primacy.rooms.forces.register import unit_at
from primacy.rooms.forces.time_line import ClaimReading
from primacy.rooms.forces.views.command import known_moment
from primacy.rooms.places.facade import Outline, Page, areas, open_page, outlines_at

UNITS_A_PAGE = 50
"""Units on one page: more would be slow to come over a thin link."""


def forces(request: HttpRequest, mission: str) -> HttpResponse:
    """Units by force, with the newest figure of each kind as of the day."""
    page = open_page(request, mission)
    leaf = Paginator(unit_places(page.viewer, page.mission), UNITS_A_PAGE).get_page(
        request.GET.get("page")
    )
    ids = [place.pk for place in leaf]
    rows = list(newest_strengths(page.viewer, page.mission, page.as_of, ids))
    shown = units(page.viewer, page.mission).in_bulk(ids)
    tree = forces_tree(leaf, shown, rows, _areas_of(page, ids), page.as_of)
    ages = [(page.as_of - row.date_to).days for row in rows if row.date_to <= page.as_of]
    context = page.context(
        place="forces",
        title=_("Forces"),
        purpose=_(
            "Who the forces are, and how many are present, assigned and paid. Never added up."
        ),
        evidence_ages=(min(ages), max(ages)) if ages else None,
        shows_evidence=True,
        forces=tree,
        leaf=leaf,
        kinds=[kind.label for kind in MAIN_KINDS],
        sees_census=page.viewer.has("census.view", page.mission.pk),
        sees_screening=page.viewer.has("screening.view", page.mission.pk),
    )
    return render(request, "forces/forces.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """Every strength figure up to the day, of all units or (`?unit=`) of one, as CSV or XLSX."""
    page = open_page(request, mission)
    rows = strengths(page.viewer, page.mission, page.as_of)
    if request.GET.get("unit"):
        rows = rows.filter(unit__code__iexact=request.GET["unit"])
    return table_response(
        form,
        name=f"forces-{page.mission.code}-{page.as_of.isoformat()}",
        columns=STRENGTH_COLUMNS,
        rows=strength_rows(rows),
    )


def unit(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """One unit on the day: its names, its place in the command, its claims and every figure."""
    page = open_page(request, mission)
    found = unit_by_code(page.viewer, page.mission, code)
    known_on, known_at = known_moment(request, page.today)
    at = unit_at(page.viewer, found, page.as_of, known_at)
    rows = figures(strengths(page.viewer, page.mission, page.as_of).filter(unit=found))
    by_kind = {kind: [f for f in rows if f.row.kind == kind] for kind in StrengthKind}
    ages = [(page.as_of - f.row.date_to).days for f in rows if f.row.date_to <= page.as_of]
    context = page.context(
        place="forces",
        title=at.names.name.text,
        purpose=_("Unit of %(force)s: its place in the command and every strength figure.")
        % {"force": found.force},
        crumbs=[(_("Forces"), reverse("forces", args=[mission]))],
        marking=Marking(found.marking) if found.marking > Marking.INTERNAL else None,
        evidence_ages=(min(ages), max(ages)) if ages else None,
        shows_evidence=True,
        unit=found,
        at=at,
        known_on=known_on,
        shapes=_shapes(page, at.places),
        kinds=[(kind, found_rows) for kind, found_rows in by_kind.items() if found_rows],
        may_edit=page.viewer.has("forces.edit", page.mission.pk),
    )
    return render(request, "forces/unit.html", context)


def _shapes(page: Page, places: list[ClaimReading]) -> list[Outline]:
    """The outlines of all areas of the level that the unit's areas of the day belong to."""
    levels = [one.area.level for one in places if one.area is not None]
    if not levels or max(levels) == 0:
        return []
    return list(outlines_at(page.viewer, page.mission, page.as_of, max(levels)).values())


def _areas_of(page: Page, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The names of areas each unit is responsible for on the day, as far as the viewer may read."""
    day = page.as_of
    rows = UnitArea.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        unit__in=Unit.objects.filter(pk__in=ids),
        area__in=areas(page.viewer, page.mission),
    )
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    for unit_id, name in rows.order_by("area__name").values_list("unit_id", "area__name"):
        named[unit_id].append(name)
    return named
