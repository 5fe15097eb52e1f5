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
from primacy.rooms.forces.errors import NoSuchUnit
from primacy.rooms.forces.exports import STRENGTH_COLUMNS, strength_rows
from primacy.rooms.forces.models import StrengthKind, Unit, UnitArea
from primacy.rooms.forces.queries import newest_strengths, strengths, unit_places, units
from primacy.rooms.forces.reading import MAIN_KINDS, figures, forces_tree
from primacy.rooms.places.facade import Page, areas, open_page

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
    """One unit: its place in the command, its areas, every figure up to the day."""
    page = open_page(request, mission)
    open_units = units(page.viewer, page.mission)
    found = open_units.filter(code__iexact=code).first()
    if found is None:
        raise NoSuchUnit(
            _("No unit '%(code)s' in %(short_name)s is open to you.")
            % {"code": code[:60], "short_name": page.mission.short_name}
        )
    rows = figures(strengths(page.viewer, page.mission, page.as_of).filter(unit=found))
    by_kind = {kind: [f for f in rows if f.row.kind == kind] for kind in StrengthKind}
    ages = [(page.as_of - f.row.date_to).days for f in rows if f.row.date_to <= page.as_of]
    context = page.context(
        place="forces",
        title=found.name,
        purpose=_("Unit of %(force)s: its place in the command and every strength figure.")
        % {"force": found.force},
        crumbs=[(_("Forces"), reverse("forces", args=[mission]))],
        evidence_ages=(min(ages), max(ages)) if ages else None,
        shows_evidence=True,
        unit=found,
        parent=open_units.filter(pk=found.parent_id).first() if found.parent_id else None,
        children=list(open_units.filter(parent=found)),
        areas=_areas_of(page, [found.pk]).get(found.pk, []),
        kinds=[(kind, found_rows) for kind, found_rows in by_kind.items() if found_rows],
    )
    return render(request, "forces/unit.html", context)


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
