"""Reads of forces."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db.models import Case, F, IntegerField, Q, QuerySet, UUIDField, Value, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, FirstValue, Rank
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, held_aside, in_owning_team, visible
from primacy.rooms.forces.errors import NoSuchUnit
from primacy.rooms.forces.models import Strength, Unit
from primacy.rooms.forces.order import UnitPlace, in_order
from primacy.rooms.forces.small_counts import withheld_figures
from primacy.rooms.forces.withheld import kept_withheld
from primacy.rooms.places.facade import Area, Mission


def units(viewer: Viewer, mission: Mission) -> QuerySet[Unit]:
    """The mission's units with their parents."""
    return visible(viewer, mission.units.select_related("parent", "source"), "forces.view")


def unit_by_code(viewer: Viewer, mission: Mission, code: str) -> Unit:
    """The unit of this code; `NoSuchUnit` where the viewer may not see it either."""
    found = units(viewer, mission).filter(code__iexact=code).first()
    if found is None:
        raise NoSuchUnit(
            _("No unit '%(code)s' in %(short_name)s is open to you.")
            % {"code": code[:60], "short_name": mission.short_name}
        )
    return found


def unit_places(
    viewer: Viewer, mission: Mission, counted: QuerySet[Strength] | None = None
) -> list[UnitPlace]:
    """Where each unit stands, by force and in the order of command; read without the units' words.

    With `counted` only the units that these figures speak of.
    """
    rows = visible(viewer, mission.units.all(), "forces.view")
    if counted is not None:
        rows = rows.filter(pk__in=counted.order_by().values("unit_id"))
    # All are looked through to show a page of them: those shown are noted when they are read.
    with held_aside():
        found = list(rows.values_list("pk", "parent_id", "side", "force"))
    return in_order([UnitPlace(*row) for row in found])


def board_units(viewer: Viewer, mission: Mission) -> QuerySet[Unit]:
    """Special units and services that have a lead of their own."""
    return units(viewer, mission).filter(on_board=True)


def strengths(viewer: Viewer, mission: Mission, as_of: dt.date | None = None) -> QuerySet[Strength]:
    """Strength figures, newest first; with a day, those whose span began by then."""
    rows = mission.strengths.select_related("unit", "area", "source")
    # A figure names its unit, so both must be open to the viewer.
    rows = visible(viewer, visible(viewer, rows, "forces.view"), "forces.view", via="unit")
    if not in_owning_team(viewer, "forces.view", mission.pk):
        name = (mission.pk, viewer.reading_class(mission.pk))
        rows = rows.exclude(pk__in=kept_withheld(name, mission, lambda: _withheld(viewer, mission)))
    return rows if as_of is None else rows.filter(date_from__lte=as_of)


def newest_strengths(
    viewer: Viewer,
    mission: Mission,
    as_of: dt.date,
    units: Collection[uuid.UUID] | None = None,
    kinds: Iterable[str] | None = None,
) -> QuerySet[Strength]:
    """The figures that speak newest of each unit and kind: of equal rank all, as they may differ.

    Of all units or of some, of all kinds or of some. The rank is that of `reading.newest_by_kind`,
    told to the database, which keeps the others; the words are read for the newest alone.
    """
    rows = strengths(viewer, mission, as_of)
    if units is not None:
        rows = rows.filter(unit__in=units)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    newest = list(_ranked(rows, as_of).values_list("pk", flat=True))
    # A source or an area stands behind many figures: each is made once, not once a figure.
    found = rows.filter(pk__in=newest)
    return found.select_related(None).select_related("unit").prefetch_related("area", "source")


def _ranked(rows: QuerySet[Strength], as_of: dt.date) -> QuerySet[Strength]:
    order = [
        _first(Q(date_to__lte=as_of)),
        _first(Q(area__isnull=True) | Q(area__level=0)),
        F("date_to").desc(),
        F("date_from").desc(),
    ]
    each = [F("unit_id"), F("kind")]
    place = Coalesce(F("area_id"), Value(uuid.UUID(int=0)), output_field=UUIDField())
    # Of several places with the same days one is shown, the one recorded first.
    shown = Window(FirstValue(place), partition_by=each, order_by=[*order, F("pk").asc()])
    return (
        rows.order_by()
        .annotate(
            _rank=Window(Rank(), partition_by=each, order_by=order), _place=place, _shown=shown
        )
        .filter(_rank=1, _shown=F("_place"))
    )


def _first(condition: Q) -> OrderBy:
    return Case(When(condition, then=0), default=1, output_field=IntegerField()).asc()


def _withheld(viewer: Viewer, mission: Mission) -> set[uuid.UUID]:
    """The figures that are too few persons for this viewer, worked out on all it could be given."""
    rows = visible(viewer, mission.strengths.select_related("unit"), "forces.view")
    with held_aside():
        return withheld_figures(visible(viewer, rows, "forces.view", via="unit"))


def strengths_in(viewer: Viewer, area: Area, kind: str, as_of: dt.date) -> QuerySet[Strength]:
    """Figures of one kind for an area, by unit areas or by the figure's own area."""
    rows = strengths(viewer, area.mission, as_of).filter(kind=kind, unit__side="local")
    return rows.filter(Q(area=area) | Q(area__isnull=True, unit__unit_areas__area=area)).distinct()
