"""Strength figures as rows of a file."""

from collections.abc import Iterable, Iterator

from primacy.rooms.forces.models import Strength

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
