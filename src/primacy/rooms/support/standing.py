"""What stands against units and persons on a day: findings and the stop list, also from above.

A unit is stopped where it, a unit above it (certain or possible) or, under another id, the same
body stands on the list. A finding reaches whoever is under the unit found against, and whatever
unit the person found against commands or may command. A person is stopped with the unit they serve
in. Where the register is in doubt, the answer is the careful one.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from primacy.kernels.command import Holding
from primacy.kernels.command.tree import CommandTree
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit, around, register_of_names, tree_in_parts
from primacy.rooms.persons.facade import PostingClaim, claims_of, commanders
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import GraveFinding, StopEntry
from primacy.rooms.support.whole import seen_whole

FEW = 5
"""Units looked up one by one; from here on the whole register is read once."""


@dataclass(frozen=True)
class Against:
    """What stands against a subject: findings, and entries of the stop list, by id."""

    findings: tuple[uuid.UUID, ...] = ()
    stops: tuple[uuid.UUID, ...] = ()

    def __bool__(self) -> bool:
        """True where anything does."""
        return bool(self.findings or self.stops)


@dataclass
class _Bearing:
    """Of each subject the units and persons whose stop or finding reaches it."""

    units: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    commanders: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))


def against_all(
    mission: Mission,
    units: Iterable[Unit],
    persons: Collection[uuid.UUID],
    day: dt.date,
) -> dict[uuid.UUID, Against]:
    """What stands against each of these units and persons on a day, by their id."""
    own = {unit.pk: unit for unit in units}
    with seen_whole(mission.pk) as whole:
        findings = list(
            GraveFinding.objects.filter(mission=mission, lifted_on__isnull=True).values_list(
                "pk", "unit_id", "person_id"
            )
        )
        stops = list(
            StopEntry.objects.filter(mission=mission, lifted_at__isnull=True).values_list(
                "pk", "unit_id", "person_id"
            )
        )
        if not findings and not stops:
            return {}
        serving = _serving(whole, mission, persons, day)
        asked = own | {unit.pk: unit for held in serving.values() for unit in held}
        bearing = _bearing(whole, mission, list(asked.values()), day)
    found: dict[uuid.UUID, Against] = {}
    for unit in own:
        reached = bearing.units[unit] | {unit}
        found[unit] = _against(findings, stops, reached, bearing.commanders[unit])
    for person in persons:
        under = {one for unit in serving[person] for one in bearing.units[unit.pk] | {unit.pk}}
        found[person] = _against(findings, stops, under, {person})
    return {subject: one for subject, one in found.items() if one}


def units_below(mission: Mission, unit: Unit, day: dt.date) -> list[uuid.UUID]:
    """The units under this one on a day, certain or possible, the same body under other ids too."""
    with seen_whole(mission.pk) as whole:
        tree = tree_in_parts(whole, mission, day).tree
        body = register_of_names(whole, mission.pk, [unit.pk]).same_body(str(unit.pk))
    below = _all_below(tree)
    waiting = [str(unit.pk), tree.current(str(unit.pk)), *body]
    met = set(waiting)
    while waiting:
        for one in below.get(waiting.pop(), ()):
            if one not in met:
                met.add(one)
                waiting.append(one)
    return sorted(uuid.UUID(one) for one in met - {str(unit.pk)})


def _against(
    findings: Sequence[tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]],
    stops: Sequence[tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]],
    units: set[uuid.UUID],
    persons: set[uuid.UUID],
) -> Against:
    return Against(
        tuple(pk for pk, unit, person in findings if unit in units or person in persons),
        # A stopped person stops nobody but themselves and, in command, their unit.
        tuple(pk for pk, unit, person in stops if unit in units or person in persons),
    )


def _serving(
    whole: Viewer, mission: Mission, persons: Collection[uuid.UUID], day: dt.date
) -> dict[uuid.UUID, list[Unit]]:
    """The units in which persons serve, or may serve, on a day."""
    found: dict[uuid.UUID, list[Unit]] = defaultdict(list)
    if not persons:
        return found
    rows = claims_of(whole, PostingClaim, mission.pk).filter(person_id__in=list(persons))
    for row in rows.select_related("unit"):
        if range_of(row).holds(day) is not Holding.NO:
            found[row.person_id].append(row.unit)
    return found


def _bearing(whole: Viewer, mission: Mission, units: list[Unit], day: dt.date) -> _Bearing:
    found = _Bearing()
    if not units:
        return found
    one_tree = tree_in_parts(whole, mission, day).tree if len(units) > FEW else None
    names = register_of_names(whole, mission.pk, [unit.pk for unit in units])
    for unit in units:
        tree = one_tree or around(whole, unit, day).tree
        above = _all_above(tree, str(unit.pk))
        body = names.same_body(str(unit.pk))
        found.units[unit.pk] = {uuid.UUID(one) for one in (*above, *body)}
    for pk, reading in commanders(whole, mission, units, day).items():
        found.commanders[pk] = {
            one.person.pk for one in reading.commanders if one.person is not None
        }
    return found


def _all_above(tree: CommandTree, unit: str) -> set[str]:
    """Every unit above, along certain and possible edges."""
    met: set[str] = set()
    waiting = [unit]
    while waiting:
        one = waiting.pop()
        edge = tree.superior(one)
        for link in (*((edge,) if edge is not None else ()), *tree.others(one)):
            if link.superior not in met and link.superior != unit:
                met.add(link.superior)
                waiting.append(link.superior)
    return met


def _all_below(tree: CommandTree) -> dict[str, set[str]]:
    below: dict[str, set[str]] = defaultdict(set)
    for edge in tree.edges.values():
        below[edge.superior].add(edge.unit)
    for unit, links in tree.also.items():
        for link in links:
            below[link.superior].add(unit)
    return below
