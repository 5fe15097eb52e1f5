"""Reads of forces."""

import datetime as dt
import uuid

from django.db.models import Case, F, IntegerField, Q, QuerySet, UUIDField, Value, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, FirstValue, Rank

from primacy.platform.policy import Viewer, held_aside, in_owning_team, visible
from primacy.rooms.forces.models import Strength, Unit
from primacy.rooms.forces.small_counts import withheld_figures
from primacy.rooms.places.facade import Area, Mission


def units(viewer: Viewer, mission: Mission) -> QuerySet[Unit]:
    """The mission's units with their parents."""
    return visible(viewer, mission.units.select_related("parent", "source"), "forces.view")


def board_units(viewer: Viewer, mission: Mission) -> QuerySet[Unit]:
    """Special units and services that have a lead of their own."""
    return units(viewer, mission).filter(on_board=True)


def strengths(viewer: Viewer, mission: Mission, as_of: dt.date | None = None) -> QuerySet[Strength]:
    """Strength figures, newest first; with a day, those whose span began by then."""
    rows = mission.strengths.select_related("unit", "area", "source")
    # A figure names its unit, so both must be open to the viewer.
    rows = visible(viewer, visible(viewer, rows, "forces.view"), "forces.view", via="unit")
    if not in_owning_team(viewer, "forces.view", mission.pk):
        rows = rows.exclude(pk__in=_withheld(viewer, mission))
    return rows if as_of is None else rows.filter(date_from__lte=as_of)


def newest_strengths(viewer: Viewer, mission: Mission, as_of: dt.date) -> QuerySet[Strength]:
    """The figures that speak newest of each unit and kind: of equal rank all, as they may differ.

    The rank is that of `reading.newest_by_kind`, told to the database, which keeps the others.
    """
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
        strengths(viewer, mission, as_of)
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
