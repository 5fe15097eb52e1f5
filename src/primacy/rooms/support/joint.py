"""The joint operations sheet: each unit with who commands it, its last screening, its incidents.

Of incidents only those count that are dated while the unit is attached to the operation: what a
unit did elsewhere belongs to its own record (after the operation pages of MONUSCO's system).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.facade import Responsibility, said_of_unit
from primacy.rooms.persons.facade import (
    CommandReading,
    DeputyReading,
    commanders,
    deputies,
)
from primacy.rooms.support.models import Consolidation, Recipient, SupportCase
from primacy.rooms.support.named import named_in
from primacy.rooms.support.queries import answers_of, consolidations_of, recipients_of


@dataclass(frozen=True)
class JointLine:
    """One unit of the operation on a day."""

    recipient: Recipient
    unit: Unit
    command: CommandReading | None
    deputies: tuple[DeputyReading, ...]
    recommendation: Consolidation | None
    screened_on: dt.date | None
    fresh: bool
    incidents: tuple[Responsibility, ...]
    attached: bool
    """Whether the day lies within its attachment."""


def joint_sheet(
    viewer: Viewer, case: SupportCase, day: dt.date, predecessors: bool = False
) -> list[JointLine]:
    """The units of a joint operation on a day; with what is said of renamed predecessors or not."""
    given = [row for row in recipients_of(viewer, case) if row.unit is not None]
    names = named_in(viewer, case.mission, given)
    rows = [row for row in given if not names.hides(row)]
    units = [row.unit for row in rows if row.unit is not None]
    command: dict[uuid.UUID, CommandReading] = {}
    seconds: dict[uuid.UUID, tuple[DeputyReading, ...]] = {}
    if viewer.has("persons.view", case.mission_id):
        command = commanders(viewer, case.mission, units, day)
        seconds = deputies(viewer, case.mission, units, day)
    newest: dict[uuid.UUID, dt.date] = {}
    for answer in answers_of(viewer, case):
        if answer.round == case.round:
            newest[answer.recipient_id] = max(
                newest.get(answer.recipient_id, answer.answered_on), answer.answered_on
            )
    said = {row.recipient_id: row for row in consolidations_of(viewer, case)
            if row.round == case.round}  # fmt: skip
    oldest = day - dt.timedelta(days=case.policy.freshness_days)
    found = []
    for row in rows:
        unit = row.unit
        if unit is None:
            continue
        first, last = attached_days(case, row)
        screened = newest.get(row.pk)
        found.append(
            JointLine(
                recipient=row,
                unit=unit,
                command=command.get(unit.pk),
                deputies=seconds.get(unit.pk, ()),
                recommendation=said.get(row.pk),
                screened_on=screened,
                fresh=screened is not None and screened >= oldest,
                incidents=tuple(
                    one
                    for one in said_of_unit(viewer, unit)
                    if first <= one.row.incident.date_start <= last
                    and (predecessors or one.row.unit_id == unit.pk)
                ),
                attached=first <= day <= last,
            )
        )
    return found


def attached_days(case: SupportCase, row: Recipient) -> tuple[dt.date, dt.date]:
    """The days a unit belongs to the operation; the operation's own where nothing else is said."""
    return row.attached_from or case.starts_on, row.attached_until or case.ends_on


def has_closed_units(viewer: Viewer, case: SupportCase) -> bool:
    """True where a unit takes part that is not open to the viewer."""
    rows = recipients_of(viewer, case)
    names = named_in(viewer, case.mission, rows)
    return any(names.hides(row) for row in rows)
