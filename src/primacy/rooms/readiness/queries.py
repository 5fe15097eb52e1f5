"""Reads of readiness: the pages' questions, each filtered by the viewer's rights."""

import datetime as dt
import uuid

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.errors import NoSuchRecord
from primacy.rooms.readiness.models import (
    Assessment,
    Condition,
    Decision,
    Observation,
    Standard,
)


def assessments(viewer: Viewer, mission: Mission) -> QuerySet[Assessment]:
    """The mission's assessments, newest first."""
    rows = mission.assessments.select_related(
        "area", "unit", "responsibility", "standard", "source", "mission"
    )
    return visible(viewer, rows, "readiness.view")


def assessment_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Assessment:
    """One assessment; `NoSuchRecord` where the viewer may not see it either."""
    row = assessments(viewer, mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("No such assessment is open to you."))
    return row


def first_lead_day(viewer: Viewer, mission: Mission) -> dt.date | None:
    """The earliest day from which a lead the viewer may read is on record."""
    rows = visible(viewer, mission.lead_entries.all(), "readiness.view")
    found: dt.date | None = rows.order_by().aggregate(day=Min("from_earliest"))["day"]
    return found


def decisions(viewer: Viewer, mission: Mission) -> QuerySet[Decision]:
    """The mission's decisions with their signatures, newest first."""
    rows = mission.decisions.select_related(
        "assessment__area",
        "assessment__unit",
        "assessment__responsibility",
        "assessment__standard",
        "mission",
    ).prefetch_related("signatures")
    return visible(viewer, rows, "readiness.view")


def decision_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Decision:
    """One decision; `NoSuchRecord` where the viewer may not see it either."""
    row = decisions(viewer, mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("No such decision is open to you."))
    return row


def standards(viewer: Viewer, mission: Mission) -> QuerySet[Standard]:
    """All versions of the mission's standard, newest first."""
    if not mission.open_to_guests:
        require(viewer, "readiness.view", mission.pk)
    return mission.standards.prefetch_related("criteria", "signatures")


def standard_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Standard:
    """One version of the standard."""
    row = standards(viewer, mission).filter(pk=pk).first()
    if row is None:
        raise NoSuchRecord(_("No such standard in this mission."))
    return row


def observations(viewer: Viewer, mission: Mission) -> QuerySet[Observation]:
    """Evidence entered by people, newest first."""
    # Who recorded it and whose compartment it is say who may see its readers.
    rows = mission.observations.select_related(
        "area", "unit", "source", "recorded_by", "compartment"
    )
    return visible(viewer, rows, "readiness.view")


def observation_is_open(viewer: Viewer, mission_id: uuid.UUID, pk: uuid.UUID) -> bool:
    """True where the mission has this observation and the viewer may see it."""
    rows = Observation.objects.filter(mission_id=mission_id, pk=pk)
    return visible(viewer, rows, "readiness.view").exists()


def open_conditions(viewer: Viewer, mission: Mission) -> QuerySet[Condition]:
    """Conditions that are not closed, by due date, on assessments the viewer may read."""
    rows = Condition.objects.filter(
        closed_on__isnull=True,
        assessment__mission=mission,
        assessment__decisions__state="in_force",
    ).select_related("assessment__area", "assessment__unit")
    return visible(viewer, rows, "readiness.view", via="assessment").distinct()


def due(viewer: Viewer, mission: Mission, as_of: dt.date) -> list[tuple[dt.date, str]]:
    """What is due: open conditions, trials that end, signatures that are awaited."""
    items = [
        (c.due_on, f"{c.assessment.subject_name}: {c.action} ({c.owner})")
        for c in open_conditions(viewer, mission)
    ]
    entries = mission.lead_entries.filter(
        trial_until__gte=as_of, from_latest__lte=as_of
    ).select_related("area", "unit")
    items += [
        (entry.trial_until, _("%(value)s: trial period ends") % {"value": entry.area or entry.unit})
        for entry in visible(viewer, entries, "readiness.view")
        if entry.trial_until
    ]
    waiting = decisions(viewer, mission).filter(state="proposed")
    items += [
        (
            row.effective_on,
            _("%(subject_name)s: signatures awaited")
            % {"subject_name": row.assessment.subject_name},
        )
        for row in waiting
    ]
    return sorted(items)
