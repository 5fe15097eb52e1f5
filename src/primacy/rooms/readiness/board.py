"""The board: areas (and special units) by responsibilities, as of a day."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q

from primacy.kernels.readiness import Lead
from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, AreaPopulation, Mission, areas
from primacy.rooms.readiness.cells import (
    CHANGE_WINDOW,
    LEAD_WORDS,
    NOT_NAMED,
    Board,
    Cell,
    CellReader,
    Change,
    Row,
)
from primacy.rooms.readiness.ledger import Ledger, SubjectKey
from primacy.rooms.readiness.models import (
    Assessment,
    AssessmentState,
    Responsibility,
    Standard,
    StandardState,
)
from primacy.rooms.readiness.reading import subject_key

__all__ = [
    "CHANGE_WINDOW",
    "LEAD_WORDS",
    "NOT_NAMED",
    "Board",
    "Cell",
    "CellReader",
    "Change",
    "Row",
    "board_areas",
    "responsibilities",
    "standard_at",
]


def responsibilities(
    viewer: Viewer, mission: Mission, as_of: dt.date | None = None
) -> list[Responsibility]:
    """The mission's responsibilities in order, without those dropped by the day."""
    if not mission.open_to_guests:
        require(viewer, "readiness.view", mission.pk)
    rows = mission.responsibilities.all()
    return [r for r in rows if r.dropped_on is None or (as_of and r.dropped_on > as_of)]


def standard_at(viewer: Viewer, mission: Mission, as_of: dt.date) -> Standard | None:
    """The version in force on a day; None before the first."""
    if not mission.open_to_guests:
        require(viewer, "readiness.view", mission.pk)
    rows = mission.standards.filter(
        state__in=(StandardState.IN_FORCE, StandardState.REPLACED), in_force_from__lte=as_of
    )
    return rows.prefetch_related("criteria").order_by("-in_force_from", "-version").first()


def board_areas(viewer: Viewer, mission: Mission, ledger: Ledger) -> list[Area]:
    """The rows of the board: the first level below the country, and areas with a lead of their own.

    A country's entry is read by its areas, so the country itself stands on the board only where
    it has no areas below. In the same way an area is left out where all that is on record there is
    led area by area below it.
    """
    known = list(areas(viewer, mission))
    below = [area for area in known if area.level >= 1]
    if not below:
        return known
    own = {key for kind, key in ledger.subjects() if kind == "area"}
    first = min(area.level for area in below)
    divided = {area.parent_id for area in below if area.pk in own} - own
    return [
        area for area in below if area.pk in own or (area.level == first and area.pk not in divided)
    ]


def assessments_by_cell(
    viewer: Viewer,
    mission: Mission,
    as_of: dt.date,
    known_on: dt.datetime | None = None,
    only: Iterable[SubjectKey] | None = None,
) -> dict[tuple[str, uuid.UUID, uuid.UUID], list[Assessment]]:
    """Assessments by subject and responsibility, newest first; of all subjects, or of some."""
    rows = mission.assessments.filter(as_of__lte=as_of).exclude(state=AssessmentState.WITHDRAWN)
    if known_on is not None:
        rows = rows.filter(recorded_at__lte=known_on)
    if only is not None:
        keys = [key for _, key in only]
        rows = rows.filter(Q(area_id__in=keys) | Q(unit_id__in=keys))
    rows = visible(viewer, rows, "readiness.view").prefetch_related("conditions")
    found: dict[tuple[str, uuid.UUID, uuid.UUID], list[Assessment]] = {}
    for row in rows.order_by("-as_of", "-recorded_at"):
        found.setdefault((*subject_key(row), row.responsibility_id), []).append(row)
    return found


def area_row(area: Area, cells: tuple[Cell, ...], population: AreaPopulation | None) -> Row:
    """The row of an area."""
    return Row(
        kind="area",
        id=area.pk,
        name=area.name,
        code=area.p_code or area.code,
        cells=cells,
        population=population,
        code_key=area.code,
        within=area.parent.name if area.parent and area.parent.level else "",
    )


def unit_row(unit: Unit, cells: tuple[Cell, ...]) -> Row:
    """The row of a special unit or service."""
    return Row(kind="unit", id=unit.pk, name=unit.name, code=unit.code, cells=cells)


def lead_changes(
    ledger: Ledger, as_of: dt.date, known_on: dt.datetime | None
) -> tuple[Change, ...]:
    """Leads that changed in the month up to the day, newest first."""
    found = [
        Change(
            subject=str(entry.area or entry.unit),
            responsibility=entry.responsibility.name,
            lead=Lead(entry.lead) if entry.lead else None,
            on=entry.from_latest,
        )
        for entry in ledger.entries
        if as_of - CHANGE_WINDOW < entry.from_latest <= as_of
        and (known_on is None or entry.recorded_at <= known_on)
    ]
    return tuple(sorted(found, key=lambda change: change.on, reverse=True))
