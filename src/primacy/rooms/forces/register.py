"""The register asked on a day: the command tree, one unit in it, and the claims behind both.

Everything is made of the claims open to the viewer. Where a closed claim bears on a unit the
reading says so (`restricted`) and nothing of what it says.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from primacy.kernels.command import Holding
from primacy.platform.claims.queries import hidden_claims
from primacy.platform.claims.rules import range_of
from primacy.platform.database.viewer_scope import computing
from primacy.platform.policy import Viewer
from primacy.rooms.forces.claim_queries import ABOUT, PERMISSION
from primacy.rooms.forces.kept_register import kept_register, register_of
from primacy.rooms.forces.models import RelationClaim, RelationKind, Unit
from primacy.rooms.forces.names_at import NamesAt
from primacy.rooms.forces.time_line import ClaimReading, time_line
from primacy.rooms.forces.tree_reading import TreeLine, TreeReading
from primacy.rooms.forces.units_around import units_around
from primacy.rooms.places.facade import Mission


def tree(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None = None
) -> TreeReading:
    """The command tree on a day, certain apart from possible, without cycles; noted as shown."""
    reading = tree_in_parts(viewer, mission, day, known_at)
    reading.note(reading.places)
    return reading


def tree_in_parts(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None = None
) -> TreeReading:
    """The same for a page that shows part of it: what `shown` hands out is noted, no more."""
    kept = kept_register(viewer, mission, known_at)
    closed = _restricted_units(viewer, mission.pk, day, known_at)
    return TreeReading(viewer, kept, closed, day, known_at)


def _restricted_units(
    viewer: Viewer,
    mission_id: uuid.UUID,
    day: dt.date,
    known_at: dt.datetime | None,
    units: Collection[uuid.UUID] | None = None,
) -> set[uuid.UUID]:
    """Units of whose superior a claim speaks that is closed to the viewer and may hold that day.

    Of all units, or of some.
    """
    with computing(mission_id):
        rows = hidden_claims(
            viewer, RelationClaim, PERMISSION, mission_id,
            known_at=known_at, via=ABOUT[RelationClaim],
        )  # fmt: skip
        if units is not None:
            rows = rows.filter(unit_id__in=units)
        found = list(rows.filter(kind=RelationKind.COMMAND))
    return {row.unit_id for row in found if range_of(row).holds(day) is not Holding.NO}


@dataclass(frozen=True)
class UnitAt:
    """One unit on a day: its names, its place in the command, and every claim about it."""

    unit: Unit
    day: dt.date
    names: NamesAt
    line: TreeLine | None
    below: tuple[TreeLine, ...]
    gone: str
    claims: tuple[ClaimReading, ...]

    @property
    def places(self) -> list[ClaimReading]:
        """The sites and areas that hold on the day, certain or possible."""
        return [one for one in self._held if one.kind == "position"]

    @property
    def classifications(self) -> list[ClaimReading]:
        """What sort of unit it was on the day."""
        return [one for one in self._held if one.kind == "classification"]

    @property
    def relations(self) -> list[ClaimReading]:
        """Administration and membership, which are no command."""
        return [
            one
            for one in self._held
            if isinstance(one.row, RelationClaim) and one.row.kind != RelationKind.COMMAND
        ]

    @property
    def _held(self) -> list[ClaimReading]:
        return [one for one in self.claims if one.state != "no"]


def unit_at(
    viewer: Viewer, unit: Unit, day: dt.date, known_at: dt.datetime | None = None
) -> UnitAt:
    """A unit that the viewer was given, as it stood on a day and was known at a moment."""
    reading = around(viewer, unit, day, known_at)
    return UnitAt(
        unit=unit,
        day=day,
        names=reading.names(unit),
        line=reading.line(unit),
        below=reading.below(unit),
        gone=reading.why_gone(unit),
        claims=tuple(time_line(viewer, unit, day, known_at)),
    )


def around(
    viewer: Viewer, unit: Unit, day: dt.date, known_at: dt.datetime | None = None
) -> TreeReading:
    """The part of the command tree that decides where one unit stands and what is right below it.

    Of these it says what the whole tree says; of others it may say less. It is read anew each time,
    which is quicker than the whole register where that has to be read first.
    """
    bearing = units_around(unit)
    if bearing is None:
        return tree_in_parts(viewer, unit.mission, day, known_at)
    kept = register_of(viewer, unit.mission, known_at, bearing)
    closed = _restricted_units(viewer, unit.mission_id, day, known_at, bearing)
    return TreeReading(viewer, kept, closed, day, known_at)
