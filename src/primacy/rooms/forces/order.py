"""The order in which units are listed: by force, each superior before its units."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from primacy.rooms.forces.models import Side

SIDES = tuple(side.value for side in Side)


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit stands among all: its superior, its side and force, its depth in the tree."""

    pk: uuid.UUID
    parent_id: uuid.UUID | None
    side: str
    force: str
    depth: int = 0


def in_order(places: Sequence[UnitPlace]) -> list[UnitPlace]:
    """The places by force, the local side first, each after its superior's, with their depths."""
    found = in_command_order(places)
    return sorted(found, key=lambda place: (SIDES.index(place.side), place.force))


def in_command_order(places: Sequence[UnitPlace]) -> list[UnitPlace]:
    """Each unit after its superior, with its depth; a superior that is not shown counts as none."""
    known = {place.pk for place in places}
    below: dict[uuid.UUID | None, list[UnitPlace]] = defaultdict(list)
    for place in places:
        superior = place.parent_id if place.parent_id in known else None
        below[superior].append(place)
    ordered: list[UnitPlace] = []
    waiting = list(reversed(below[None]))
    while waiting:
        place = waiting.pop()
        ordered.append(place)
        deeper = place.depth + 1
        for child in reversed(below[place.pk]):
            waiting.append(UnitPlace(child.pk, child.parent_id, child.side, child.force, deeper))
    return ordered
