"""Strength read for pages: the newest figures by kind, figures in conflict, the command tree."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from primacy.rooms.forces.models import Side, Strength, StrengthKind, Unit
from primacy.rooms.forces.order import UnitPlace
from primacy.rooms.forces.wording import figure_words, span_words

MAIN_KINDS = (
    StrengthKind.PRESENT,
    StrengthKind.ASSIGNED,
    StrengthKind.PAID,
    StrengthKind.CEILING,
)
"""Kinds with a column of their own; head counts of different kinds are never added up."""


@dataclass(frozen=True)
class Figure:
    """One stored figure with its words."""

    row: Strength
    words: str
    when: str
    conflicts: bool = False
    """True where another source gives another figure for the same kind, place and days."""


@dataclass(frozen=True)
class KindReading:
    """The newest figure of a kind, or several where sources disagree about the same days."""

    kind: StrengthKind
    figures: tuple[Figure, ...]

    @property
    def conflicts(self) -> bool:
        """True where the sources disagree."""
        return len(self.figures) > 1


@dataclass(frozen=True)
class UnitReading:
    """A unit in the command tree with its newest figures."""

    unit: Unit
    depth: int
    areas: tuple[str, ...]
    newest: Mapping[str, KindReading]

    @property
    def main(self) -> list[KindReading | None]:
        """The readings of the kinds with a column, in order; None where there is no figure."""
        return [self.newest.get(kind) for kind in MAIN_KINDS]

    @property
    def others(self) -> list[KindReading]:
        """The readings of all other kinds."""
        return [reading for kind, reading in self.newest.items() if kind not in MAIN_KINDS]


@dataclass(frozen=True)
class ForceReading:
    """The units of one force, each superior before its units."""

    name: str
    side: str
    units: tuple[UnitReading, ...]


def figures(rows: Iterable[Strength]) -> list[Figure]:
    """The figures in words, each marked where another source disagrees about the same days."""
    kept = list(rows)
    stated: dict[tuple[object, ...], set[tuple[float | None, ...]]] = defaultdict(set)
    for row in kept:
        stated[_occasion(row)].add(_value(row))
    return [
        Figure(
            row=row,
            words=figure_words(
                row.value, low=row.value_low, high=row.value_high, qualifier=row.qualifier
            ),
            when=span_words(row.date_from, row.date_to),
            conflicts=len(stated[_occasion(row)]) > 1,
        )
        for row in kept
    ]


def newest_by_kind(rows: Iterable[Strength], as_of: dt.date) -> dict[str, KindReading]:
    """For each kind the newest figure for the unit as a whole, else for the part last counted.

    A figure whose days had ended by the day goes before one that spans it: a highest count of a
    whole mission says less about the day than the last count before it.
    """
    by_kind: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures(rows):
        by_kind[figure.row.kind].append(figure)
    readings = {}
    for kind in StrengthKind:
        if by_kind[kind]:
            best = max(by_kind[kind], key=lambda figure: _rank(figure.row, as_of))
            same = [f for f in by_kind[kind] if _occasion(f.row) == _occasion(best.row)]
            readings[kind.value] = KindReading(kind, tuple(same))
    return readings


def forces_tree(
    places: Iterable[UnitPlace],
    units: Mapping[uuid.UUID, Unit],
    rows: Iterable[Strength],
    areas: Mapping[uuid.UUID, Sequence[str]],
    as_of: dt.date,
) -> list[ForceReading]:
    """The forces with the units of some places, in their order, each with its newest figures."""
    by_unit: dict[uuid.UUID, list[Strength]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    groups: dict[tuple[str, str], list[UnitReading]] = defaultdict(list)
    for place in places:
        if place.pk not in units:
            # Withdrawn from this viewer while the page was made.
            continue
        reading = UnitReading(
            unit=units[place.pk],
            depth=place.depth,
            areas=tuple(areas.get(place.pk, ())),
            newest=newest_by_kind(by_unit[place.pk], as_of),
        )
        groups[place.side, place.force].append(reading)
    return [
        ForceReading(name, str(Side(side).label), tuple(found))
        for (side, name), found in groups.items()
    ]


def _occasion(row: Strength) -> tuple[object, ...]:
    return row.unit_id, row.kind, row.area_id, row.date_from, row.date_to


def _value(row: Strength) -> tuple[float | None, ...]:
    return row.value, row.value_low, row.value_high


def _rank(row: Strength, as_of: dt.date) -> tuple[bool, bool, dt.date, dt.date]:
    whole = row.area is None or row.area.level == 0
    return row.date_to <= as_of, whole, row.date_to, row.date_from
