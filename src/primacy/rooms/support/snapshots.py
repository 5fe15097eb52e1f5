"""Who commanded a recipient, what it was and what was said of it on a day: ids, never contents.

It is worked out from all records, whatever their marking or compartment: a change that is closed to
who keeps a case reopens it as well. What is kept with the case are ids; whoever shows what stands
behind one reads it through their own rights.

All registers are read once for any number of units.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from primacy.kernels.command import Edge, Lineage, Register
from primacy.kernels.command.tree import CommandTree
from primacy.platform import clock
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit, around, kept_register, lineage_claims
from primacy.rooms.forces.facade import units as units_open_to
from primacy.rooms.persons.facade import Holder, PostHolders, holders, standing_merges
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.bearing import Post, Said, posts_of_persons, said_of
from primacy.rooms.support.models import Recipient, RecipientKind

FEW = 3
"""Units whose place is looked up one by one; from here on the whole register is read once."""

Snapshot = dict[str, Any]
Grounds = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass
class Sight:
    """The registers of a mission on a day, seen whole, ready to be asked for recipients.

    `grounds` are the claims that put a person at the head of a unit, or a unit under another.
    """

    day: dt.date
    descent: Register
    trees: Mapping[str, CommandTree]
    lineage: Mapping[str, Sequence[str]]
    command: Mapping[str, PostHolders]
    posts: Mapping[str, Sequence[Post]]
    said: Sequence[Said]
    kept_person: Mapping[str, str]
    names: Mapping[str, Unit]
    grounds: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def snapshot(self, unit: str | None, person: str | None, levels: int) -> Snapshot:
        """What is known of a unit, and of a person who serves in it, with ids alone."""
        found: Snapshot = {
            "day": self.day.isoformat(),
            "taken": clock.now().isoformat(),
            "levels": levels,
        }
        subjects: dict[str, str] = {}
        commanders: list[Holder] = []
        if unit is not None:
            above = self._above(unit, levels)
            held = self._held(unit)
            commanders = list(held.commanders)
            # A change of the topmost unit's own superior lies beyond the levels that are watched.
            inner = [one for one, level in above.items() if level < levels]
            found |= {
                "commanders": _people(held.commanders),
                "deputies": _people(held.deputies),
                "superior": self._superior(unit),
                "above": list(above),
                "body": sorted(self.descent.same_body(unit)),
                "lineage": self._lineage(unit),
                "attached": self._attached(unit),
                "commanders_above": {u: _people(self._held(u).commanders) for u in above},
                "deputies_above": {u: _people(self._held(u).deputies) for u in above},
                "lineage_above": {u: self._lineage(u) for u in above},
                "superior_above": {u: self._superior(u) for u in inner},
                "attached_above": {u: self._attached(u) for u in inner},
            }
            subjects = {self._body(one): one for one in (*above, unit)}
        if person is not None:
            found["person"] = self._kept(person)
        people = {str(one.person) for one in commanders}
        people |= {self._kept(person)} if person is not None else set()
        return found | self._allegations(subjects, people)

    def as_now(self, before: Snapshot) -> Snapshot:
        """An earlier snapshot under the ids of today.

        Records read as one since then are one, and so are units that a renaming joined.
        """
        return {key: self._renewed(key, value) for key, value in before.items()}

    def _renewed(self, key: str, value: Any) -> Any:
        if key in ("commanders", "deputies"):
            return [{**one, "person": self._kept(one["person"])} for one in value]
        if key == "superior":
            return [{**one, "unit": self._body(one["unit"])} for one in value]
        if key in ("above", "body"):
            return [self._body(one) for one in value]
        if key.endswith("_above"):
            part = key.removesuffix("_above")
            return {self._body(unit): self._renewed(part, one) for unit, one in value.items()}
        if key == "person":
            return self._kept(value)
        return value

    def _body(self, unit: str) -> str:
        return self.descent.descent.body(unit)

    def _kept(self, person: str) -> str:
        return self.kept_person.get(person, person)

    def _held(self, unit: str) -> PostHolders:
        found = self.command.get(unit, PostHolders((), ()))
        for one in (*found.commanders, *found.deputies):
            self.grounds[unit, str(one.person)] = one.claims
        return found

    def _tree(self, unit: str) -> CommandTree:
        return self.trees[unit] if unit in self.trees else self.trees[""]

    def _above(self, unit: str, levels: int) -> dict[str, int]:
        """The units above with their least level, along certain and possible edges."""
        return above_in(self._tree(unit), unit, levels)

    def _edges(self, unit: str) -> list[Edge]:
        # A unit above several recipients stands in the tree of each of them with all above it.
        trees = [self.trees[unit]] if unit in self.trees else self.trees.values()
        return next((found for tree in trees if (found := list(edges_of(tree, unit)))), [])

    def _superior(self, unit: str) -> list[dict[str, object]]:
        edges = self._edges(unit)
        for one in edges:
            self.grounds[unit, one.superior] = one.claims
        return [
            {"unit": one.superior, "certain": one.certain, "attached": one.attached}
            for one in edges
        ]

    def _attached(self, unit: str) -> list[str]:
        return sorted({c for one in self._edges(unit) if one.attached for c in one.claims})

    def _lineage(self, unit: str) -> list[str]:
        return sorted(self.lineage.get(self._body(unit), ()))

    def _allegations(self, units: Mapping[str, str], people: Collection[str]) -> Snapshot:
        """Allegations that count, against these bodies, these persons, or units they served in."""
        found: dict[str, dict[str, object]] = {}
        for one in self.said:
            through = set()
            body = self._body(one.unit) if one.unit else ""
            if body in units:
                through.add(body)
            for person in people:
                if one.person and self._kept(one.person) == person:
                    through.add(person)
                if body and any(post.holds(body, one) for post in self.posts.get(person, ())):
                    through.add(person)
            if through:
                found[one.claim] = {"through": sorted(through), "since": one.since}
        return {"allegations": sorted(found), "bearing": found}


def look(
    mission: Mission,
    units: Iterable[Unit],
    persons: Collection[uuid.UUID],
    day: dt.date,
    levels: int,
) -> Sight:
    """The registers on a day, read once for these units with all above them, and these persons."""
    own = {str(unit.pk): unit for unit in units}
    with seen_whole(mission.pk) as whole:
        lineage = lineage_claims(whole, mission.pk)
        descent = Register(lineage=lineage)
        trees = _trees(whole, mission, own, day)
        involved = set(own)
        for unit in own:
            involved |= set(above_in(trees.get(unit) or trees[""], unit, levels))
        names = dict(own)
        missing = [uuid.UUID(one) for one in involved - set(own)]
        names |= {str(u.pk): u for u in units_open_to(whole, mission).filter(pk__in=missing)}
        held = holders(whole, mission, names.values(), day)
        command = {str(unit): one for unit, one in held.items()}
        merges = standing_merges(mission.pk)
        people = {one.person for unit in own for one in command[unit].commanders}
        people |= {merges.kept(one) for one in persons}
        members = {person: merges.group(person) for person in people}
        posts = posts_of_persons(whole, mission, members, descent)
        bodies = {one for unit in involved for one in descent.same_body(unit)}
        bodies |= {
            one for some in posts.values() for p in some for one in descent.same_body(p.body)
        }
        said = said_of(whole, mission, bodies, {m for some in members.values() for m in some})
    kept = {str(one): str(root) for one, root in merges.kept_for.items()}
    return Sight(
        day, descent, trees, _lineage_by_body(descent, lineage, day), command, posts, said, kept,
        names,
    )  # fmt: skip


def snapshot(
    mission: Mission, units: Iterable[Unit], day: dt.date, levels: int
) -> dict[uuid.UUID, Snapshot]:
    """Of each unit who commands it, what it is and what is said of it on a day; for JSON."""
    asked = list({unit.pk: unit for unit in units}.values())
    sight = look(mission, asked, (), day, levels)
    return {unit.pk: sight.snapshot(str(unit.pk), None, levels) for unit in asked}


def snapshots_of(
    mission: Mission, recipients: Iterable[Recipient], day: dt.date, levels: int
) -> dict[uuid.UUID, Snapshot]:
    """The same of each recipient by its id; of persons also what is said of themselves."""
    rows = list(recipients)
    sight = look(mission, units_of(rows), persons_of(rows), day, levels)
    return {row.pk: of_recipient(sight, row, levels) for row in rows}


def of_recipient(sight: Sight, row: Recipient, levels: int) -> Snapshot:
    """The snapshot of one recipient; empty where the register does not know who is meant."""
    unit = str(row.unit_id) if row.unit_id is not None else None
    own = row.kind == RecipientKind.PERSON and row.person_id is not None
    person = str(row.person_id) if own else None
    return sight.snapshot(unit, person, levels) if unit or person else {}


def units_of(rows: Iterable[Recipient]) -> list[Unit]:
    """The units of recipients, each once."""
    return list({row.unit_id: row.unit for row in rows if row.unit is not None}.values())


def persons_of(rows: Iterable[Recipient]) -> set[uuid.UUID]:
    """The persons among recipients."""
    return {
        row.person_id
        for row in rows
        if row.kind == RecipientKind.PERSON and row.person_id is not None
    }


def edges_of(tree: CommandTree, unit: str) -> Iterator[Edge]:
    """The edges to all units right above one, certain and possible."""
    edge = tree.superior(unit)
    if edge is not None:
        yield edge
    yield from tree.others(unit)


def above_in(tree: CommandTree, unit: str, levels: int) -> dict[str, int]:
    """The units above one with their least level, nearest first, up to so many levels."""
    met: dict[str, int] = {}
    row = [unit]
    for level in range(1, levels + 1):
        reached = [edge.superior for one in row for edge in edges_of(tree, one)]
        row = [one for one in dict.fromkeys(reached) if one not in met and one != unit]
        met |= dict.fromkeys(row, level)
    return met


def _trees(
    whole: Viewer, mission: Mission, own: Mapping[str, Unit], day: dt.date
) -> dict[str, CommandTree]:
    """The tree in which each unit is looked up; under "" the one of all units."""
    if len(own) > FEW:
        return {"": kept_register(whole, mission).register.tree_at(day)}
    return {key: around(whole, unit, day).tree for key, unit in own.items()}


def _lineage_by_body(
    descent: Register, lineage: Iterable[Lineage], day: dt.date
) -> dict[str, list[str]]:
    """Of each body the claims of what became of it, as far as that may have happened."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in lineage:
        if event.on.earliest > day:
            continue
        for unit in (*event.froms, *event.tos):
            found[descent.descent.body(unit)].add(event.id)
    return {body: sorted(some) for body, some in found.items()}


def _people(some: Iterable[Holder]) -> list[dict[str, object]]:
    return [{"person": str(one.person), "certain": one.certain} for one in some]
