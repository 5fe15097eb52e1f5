"""Strength figures, and claims about units, as rows of a file."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence

from primacy.platform.claims.models import Claim
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.forces.claim_queries import KINDS, Parts, claims_of_kind, events
from primacy.rooms.forces.models import (
    LineageClaim,
    RelationClaim,
    Strength,
    Unit,
)
from primacy.rooms.forces.queries import units
from primacy.rooms.forces.time_line import ClaimReading, readings
from primacy.rooms.places.facade import Mission

STRENGTH_COLUMNS = (
    "unit",
    "unit_name",
    "force",
    "side",
    "area",
    "kind",
    "value",
    "value_low",
    "value_high",
    "women",
    "qualifier",
    "date_from",
    "date_to",
    "definition",
    "note",
    "source",
)


def strength_rows(rows: Iterable[Strength]) -> Iterator[list[object]]:
    """One row for each figure the viewer may read; small counts are withheld from outsiders."""
    for row in rows:
        yield [
            row.unit.code,
            row.unit.name,
            row.unit.force,
            row.unit.side,
            row.area.code if row.area else "",
            row.kind,
            row.value,
            row.value_low,
            row.value_high,
            row.women,
            row.qualifier,
            row.date_from,
            row.date_to,
            row.definition,
            row.note,
            str(row.source),
        ]


CLAIM_COLUMNS = (
    "claim",
    "version",
    "kind",
    "units",
    "says",
    "other_units",
    "area",
    "first_precise",
    "last_precise",
    "first_imprecise",
    "last_imprecise",
    "since_beginning",
    "starting",
    "ending",
    "start_context",
    "end_context",
    "status",
    "on_the_day",
    "note",
    "sources",
    "marking",
    "recorded_at",
)
READ_AT_ONCE = 500


def claim_rows(
    viewer: Viewer, mission: Mission, day: dt.date, unit: Unit | None = None
) -> Iterator[list[object]]:
    """One row for each claim that stands and the viewer may read, in its newest version."""
    codes = dict(units(viewer, mission).values_list("pk", "code"))
    for kind, model in KINDS.items():
        happened: dict[LineageClaim, Parts] = {}
        rows: Sequence[Claim]
        if model is LineageClaim:
            only = None if unit is None else [unit.pk]
            happened = dict(events(viewer, mission.pk, units=only))
            rows = list(happened)
        else:
            found = claims_of_kind(viewer, model, mission.pk)
            if unit is not None:
                found = found.filter(**{"unit": unit})
            rows = list(found.order_by("claim"))
        for at in range(0, len(rows), READ_AT_ONCE):
            part = list(rows[at : at + READ_AT_ONCE])
            for reading in readings(viewer, part, happened, day):
                yield _claim_row(kind, reading, happened, codes)


def _claim_row(
    kind: str,
    reading: ClaimReading,
    happened: dict[LineageClaim, Parts],
    codes: dict[uuid.UUID, str],
) -> list[object]:
    row = reading.row
    about, others = _units_of(row, happened)
    area = reading.area.code if reading.area is not None else ""
    return [
        str(row.claim),
        row.version,
        f"{kind}: {reading.label}",
        "; ".join(codes.get(unit, "") for unit in about),
        reading.text,
        "; ".join(codes.get(unit, "") for unit in others),
        area,
        row.first_precise,
        row.last_precise,
        row.first_imprecise,
        row.last_imprecise,
        row.since_beginning,
        row.starting,
        row.ending,
        row.start_context,
        row.end_context,
        row.status,
        reading.state,
        row.public_note,
        "; ".join(str(one) for one in reading.citations),
        Marking(row.marking).name.lower(),
        row.recorded_at,
    ]


def _units_of(
    row: Claim, happened: dict[LineageClaim, Parts]
) -> tuple[tuple[uuid.UUID, ...], tuple[uuid.UUID, ...]]:
    """The units a claim is about, and the other units it names."""
    if isinstance(row, LineageClaim):
        parts = happened[row]
        return parts.froms, parts.tos
    unit: uuid.UUID = row.unit_id  # type: ignore[attr-defined]
    return (unit,), ((row.superior_id,) if isinstance(row, RelationClaim) else ())
