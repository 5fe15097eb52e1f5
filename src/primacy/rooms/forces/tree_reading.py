"""The command tree in the words of a reader: its places, its lines, and who was shown what."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from primacy.kernels.command.reasons import Reason
from primacy.kernels.command.tree import CommandTree, Edge
from primacy.platform.language.sentences import said
from primacy.platform.policy import Viewer, is_protected, note_read, restricted
from primacy.rooms.forces.command_claims import NAME
from primacy.rooms.forces.kept_register import KeptRegister
from primacy.rooms.forces.models import Unit
from primacy.rooms.forces.names_at import NameAt, NamesAt, names_at


@dataclass(frozen=True)
class Link:
    """A unit beside another on a day: its superior, one below it, or another possible superior."""

    unit: Unit
    name: NameAt
    certain: bool
    attached: bool
    contested: bool
    reasons: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class TreePlace:
    """A unit at its place in the tree, not yet in words; `edge` leads to its superior."""

    unit: str
    depth: int
    edge: Edge | None


@dataclass(frozen=True)
class TreeLine:
    """A unit in the tree, after its superior; `link` leads to the superior, None on top."""

    unit: Unit
    name: NameAt
    depth: int
    link: Link | None
    others: tuple[Link, ...] = ()
    restricted: bool = False
    maybe_gone: str = ""


class TreeReading:
    """The command tree of a mission on a day, as known at a moment, in the words of a reader.

    Whoever is shown a protected unit or claim is on record: `lines` and `shown` note what they
    hand out, and so does what names units in conflict or gone.
    """

    def __init__(
        self,
        viewer: Viewer,
        kept: KeptRegister,
        closed: set[uuid.UUID],
        day: dt.date,
        known_at: dt.datetime | None,
    ) -> None:
        self.register, self.units, self.protected = kept.register, kept.units, kept.protected
        self.tree: CommandTree = kept.register.tree_at(day)
        self.day, self.known_at, self._closed, self._viewer = day, known_at, closed, viewer
        self._named: dict[str, NameAt] = {}

    @cached_property
    def places(self) -> tuple[TreePlace, ...]:
        """All units, each after its superior."""
        return tuple(self._places())

    @cached_property
    def lines(self) -> tuple[TreeLine, ...]:
        """All units in words, each after its superior."""
        return self.shown(self.places)

    def shown(self, places: Iterable[TreePlace]) -> tuple[TreeLine, ...]:
        """These places in words."""
        asked = tuple(places)
        self.note(asked)
        return tuple(self._line(one.unit, one.depth, one.edge) for one in asked)

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """Units with several certain superiors, in words."""
        self._note_units(unit for c in self.tree.conflicts for unit in (c.unit, *c.superiors))
        return tuple(
            f"{self.text(c.unit)}: {', '.join(self.text(s) for s in c.superiors)}"
            for c in self.tree.conflicts
        )

    @cached_property
    def cycles(self) -> tuple[str, ...]:
        """What was left out because it would put a unit above itself, in words."""
        self._note_units(unit for c in self.tree.cycles for unit in c.members)
        return tuple(
            " → ".join(self.text(u) for u in (*c.members, c.members[0])) for c in self.tree.cycles
        )

    @cached_property
    def gone(self) -> tuple[tuple[Unit, str], ...]:
        """Units that no longer existed on the day, and why."""
        self._note_units(self.tree.gone)
        return tuple(
            (self.units[unit], self._words(reason))
            for unit, reason in self.tree.gone.items()
            if unit in self.units
        )

    def why_gone(self, unit: Unit) -> str:
        """Why a unit no longer existed on the day; empty where it did."""
        reason = self.tree.gone.get(self.tree.current(str(unit.pk)))
        return "" if reason is None else self._words(reason)

    def names(self, unit: Unit) -> NamesAt:
        """The names of a unit on the day."""
        return names_at(self.register, unit, self.day)

    def line(self, unit: Unit) -> TreeLine | None:
        """The line of a unit; None where it no longer existed on the day."""
        now = self.tree.current(str(unit.pk))
        if now in self.tree.gone or now not in self.units:
            return None
        edges = list(self.tree.above(now))
        return self.shown([TreePlace(now, len(edges), edges[0] if edges else None)])[0]

    def below(self, unit: Unit) -> tuple[TreeLine, ...]:
        """The lines of the units directly under a unit."""
        now = self.tree.current(str(unit.pk))
        return self.shown(TreePlace(e.unit, 1, e) for e in self._subordinates(now)[::-1])

    def at_and_below(self, unit: Unit) -> tuple[TreePlace, ...]:
        """The place of a unit and all places under it; empty where it no longer existed."""
        now = self.tree.current(str(unit.pk))
        start = next((n for n, one in enumerate(self.places) if one.unit == now), None)
        if start is None:
            return ()
        rest = self.places[start + 1 :]
        depth = self.places[start].depth
        end = next((n for n, one in enumerate(rest) if one.depth <= depth), len(rest))
        return self.places[start : start + 1 + end]

    def note(self, places: Iterable[TreePlace]) -> None:
        """Nothing; notes the protected units and claims that these places show."""
        if not (self._kept_closed or self.protected):
            return
        found: dict[str, dict[str, uuid.UUID | None]] = defaultdict(dict)
        for one in places:
            edges = [*self.tree.others(one.unit), *([one.edge] if one.edge is not None else [])]
            claims = {claim for edge in edges for claim in edge.claims}
            for unit in (one.unit, *(edge.superior for edge in edges)):
                self._note_unit(found, unit, claims)
        self._write(found)

    def _note_units(self, units: Iterable[str]) -> None:
        found: dict[str, dict[str, uuid.UUID | None]] = defaultdict(dict)
        for unit in units:
            if unit in self.units:
                self._note_unit(found, unit, set())
        self._write(found)

    def _note_unit(
        self, found: dict[str, dict[str, uuid.UUID | None]], unit: str, claims: set[str]
    ) -> None:
        """Puts down the unit, its closed names and those of its closed claims that are shown."""
        mission = self.units[unit].mission_id
        if unit in self._kept_closed:
            found[Unit._meta.label_lower][unit] = mission
        for claim in self.protected.get(unit, ()):
            if claim.label == NAME or claim.claim in claims:
                found[claim.label][str(claim.row)] = mission

    def _write(self, found: Mapping[str, Mapping[str, uuid.UUID | None]]) -> None:
        for label, rows in found.items():
            note_read(self._viewer, label, rows)

    @cached_property
    def _kept_closed(self) -> frozenset[str]:
        """The units whose reading is noted."""
        return frozenset(
            key for key, u in self.units.items() if is_protected(u.marking, u.compartment_id)
        )

    def _places(self) -> Iterator[TreePlace]:
        tops = [u for u in (*self.tree.roots, *self.tree.alone) if u in self.units]
        for top in sorted(tops, key=self._order):
            yield TreePlace(top, 0, None)
            stack = [(1, edge) for edge in self._subordinates(top)]
            while stack:
                depth, edge = stack.pop()
                yield TreePlace(edge.unit, depth, edge)
                stack.extend((depth + 1, below) for below in self._subordinates(edge.unit))

    def _subordinates(self, unit: str) -> list[Edge]:
        """The edges below a unit, last first, as a stack takes them."""
        # A reading of a part of the tree may know of an edge whose unit it does not hold.
        below = [edge for edge in self.tree.subordinates(unit) if edge.unit in self.units]
        return sorted(below, key=lambda edge: self._order(edge.unit), reverse=True)

    def _order(self, unit: str) -> tuple[str, str, str]:
        found = self.units[unit]
        return found.side, found.force, self.text(unit)

    def _line(self, unit: str, depth: int, edge: Edge | None) -> TreeLine:
        found = self.units[unit]
        maybe = self.tree.maybe_gone.get(unit)
        return TreeLine(
            unit=found,
            name=self._name(unit),
            depth=depth,
            link=self._link(edge.superior, edge) if edge is not None else None,
            others=tuple(self._link(other.superior, other) for other in self.tree.others(unit)),
            restricted=found.pk in self._closed,
            maybe_gone=self._words(maybe) if maybe is not None else "",
        )

    def _link(self, unit: str, edge: Edge) -> Link:
        return Link(
            unit=self.units[unit],
            name=self._name(unit),
            certain=edge.certain,
            attached=edge.attached,
            contested=edge.contested,
            reasons=tuple(self._words(reason) for reason in edge.reasons),
            claims=edge.claims,
        )

    def _name(self, unit: str) -> NameAt:
        if unit not in self._named:
            self._named[unit] = names_at(self.register, self.units[unit], self.day).name
        return self._named[unit]

    def text(self, unit: str) -> str:
        """The name on the day of a unit by its id; the common stand-in where it is not open."""
        return self._name(unit).text if unit in self.units else str(restricted())

    def _words(self, reason: Reason) -> str:
        return said(reason.words(self.text))
