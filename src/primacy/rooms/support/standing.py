"""What stands against units and persons on a day: findings and the stop list, also from above.

A unit is stopped where it, a unit above it (certain or possible) or, under another id, the same
body stands on the list. A finding reaches whoever is under the unit found against, and whatever
unit the person found against commands or may command. A person is stopped with the unit they serve
in. Where the register is in doubt, the answer is the careful one.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from primacy.kernels.command import Holding, Register
from primacy.kernels.command.tree import CommandTree
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import (
    Unit,
    around,
    lineage_claims,
    register_of_names,
    tree_in_parts,
    units_around,
)
from primacy.rooms.persons.facade import (
    PostingClaim,
    claims_of,
    commander,
    commanders,
    standing_merges,
)
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import GraveFinding, StopEntry

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


@dataclass
class _Listed:
    """Whom findings or entries of the stop list name: of each unit or person their ids."""

    findings: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    stops: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    units: set[uuid.UUID] = field(default_factory=set)
    persons: set[uuid.UUID] = field(default_factory=set)

    def against(self, subjects: Iterable[uuid.UUID]) -> Against:
        """What names any of these units and persons."""
        asked = sorted(set(subjects))
        return Against(
            tuple(pk for one in asked if one in self.findings for pk in self.findings[one]),
            # A stopped person stops nobody but themselves and, in command, their unit.
            tuple(pk for one in asked if one in self.stops for pk in self.stops[one]),
        )


def against_all(
    mission: Mission,
    units: Iterable[Unit],
    persons: Collection[uuid.UUID],
    day: dt.date,
) -> dict[uuid.UUID, Against]:
    """What stands against each of these units and persons on a day, by their id."""
    own = {unit.pk: unit for unit in units}
    with seen_whole(mission.pk) as whole:
        merges = standing_merges(mission.pk)
        serving = _serving(whole, mission, persons, day)
        asked = own | {unit.pk: unit for held in serving.values() for unit in held}
        near = _near(list(asked.values()))
        listed = _listed(mission, merges.kept, near)
        if not listed.units and not listed.persons:
            return {}
        bearing = _bearing(whole, mission, list(asked.values()), day, listed, near)
    found: dict[uuid.UUID, Against] = {}
    for unit in own:
        heads = {merges.kept(one) for one in bearing.commanders[unit]}
        found[unit] = listed.against(bearing.units[unit] | {unit} | heads)
    for person in persons:
        under = {one for unit in serving[person] for one in bearing.units[unit.pk] | {unit.pk}}
        found[person] = listed.against(under | {merges.kept(person)})
    return {subject: one for subject, one in found.items() if one}


def _near(units: Sequence[Unit]) -> dict[uuid.UUID, frozenset[uuid.UUID]] | None:
    """Of few units all that was ever said to stand above them, and themselves; None of many."""
    found = {}
    for unit in units if len(units) <= FEW else ():
        near = units_around(unit)
        if near is None:
            return None
        found[unit.pk] = near
    return found if len(units) <= FEW else None


def _listed(
    mission: Mission,
    kept: Callable[[uuid.UUID], uuid.UUID],
    near: Mapping[uuid.UUID, frozenset[uuid.UUID]] | None,
) -> _Listed:
    """Whom findings and stops name; a person under the record that is kept of them.

    Of units only those near the ones asked about, where that is known: a long list stays unread.
    """
    found = _Listed()
    bears = Q()
    if near is not None:
        bears = Q(person__isnull=False) | Q(
            unit__in={one for some in near.values() for one in some}
        )
    standing = GraveFinding.objects.filter(bears, mission=mission, lifted_on__isnull=True)
    stopped = StopEntry.objects.filter(bears, mission=mission, lifted_at__isnull=True)
    for rows, of in ((standing, found.findings), (stopped, found.stops)):
        for pk, unit, person in rows.order_by().values_list("pk", "unit_id", "person_id"):
            if unit is not None:
                found.units.add(unit)
                of[unit].append(pk)
            if person is not None:
                found.persons.add(kept(person))
                of[kept(person)].append(pk)
    return found


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


def _bearing(
    whole: Viewer,
    mission: Mission,
    units: list[Unit],
    day: dt.date,
    listed: _Listed,
    near: Mapping[uuid.UUID, frozenset[uuid.UUID]] | None,
) -> _Bearing:
    """The units above and the commanders, as far as any of them may be listed."""
    found = _Bearing()
    if not units:
        return found
    few = len(units) <= FEW
    descent = Register(lineage=lineage_claims(whole, mission.pk))
    body = {unit.pk: _ids(descent.same_body(str(unit.pk))) for unit in units}
    one_tree = None if few or not listed.units else tree_in_parts(whole, mission, day).tree
    for unit in units:
        found.units[unit.pk] |= body[unit.pk]
        # Where nothing that was ever said to stand above it is listed, nothing reaches it.
        if listed.units and (near is None or near[unit.pk] & listed.units):
            tree = one_tree or around(whole, unit, day).tree
            for one in _all_above(tree, str(unit.pk)):
                found.units[unit.pk] |= _ids(descent.same_body(one))
    posted = _posted(whole, mission, listed.persons)
    led = [unit for unit in units if body[unit.pk] & posted]
    read = (
        {unit.pk: commander(whole, unit, day) for unit in led}
        if len(led) <= FEW
        else commanders(whole, mission, led, day)
    )
    for pk, reading in read.items():
        found.commanders[pk] = {
            one.person.pk for one in reading.commanders if one.person is not None
        }
    return found


def _posted(whole: Viewer, mission: Mission, persons: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """The units in which persons ever had a post, under any record that is read as theirs."""
    if not persons:
        return set()
    merges = standing_merges(mission.pk)
    group = {one for person in persons for one in merges.group(person)}
    rows = claims_of(whole, PostingClaim, mission.pk).filter(person_id__in=group)
    return set(rows.order_by().values_list("unit_id", flat=True))


def _ids(texts: Iterable[str]) -> set[uuid.UUID]:
    return {uuid.UUID(one) for one in texts}


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
