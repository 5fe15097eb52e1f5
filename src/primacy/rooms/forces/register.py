"""The register asked on a day: the command tree, one unit in it, and the claims behind both.

Everything is made of the claims open to the viewer. Where a closed claim bears on a unit the
reading says so (`restricted`) and nothing of what it says.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from primacy.kernels.command import Holding
from primacy.kernels.command.reasons import Reason
from primacy.kernels.command.tree import CommandTree, Edge
from primacy.platform.claims.queries import hidden_claims
from primacy.platform.claims.rules import range_of
from primacy.platform.database.viewer_scope import computing
from primacy.platform.language.sentences import said
from primacy.platform.policy import Viewer, is_protected, note_read, restricted
from primacy.rooms.forces.claim_queries import ABOUT, PERMISSION
from primacy.rooms.forces.command_claims import NAME
from primacy.rooms.forces.kept_register import KeptRegister, kept_register
from primacy.rooms.forces.models import RelationClaim, RelationKind, Unit
from primacy.rooms.forces.names_at import NameAt, NamesAt, names_at
from primacy.rooms.forces.time_line import ClaimReading, time_line
from primacy.rooms.places.facade import Mission


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
    """The command tree of a mission on a day, as known at a moment, in the words of a reader."""

    def __init__(
        self,
        kept: KeptRegister,
        closed: set[uuid.UUID],
        day: dt.date,
        known_at: dt.datetime | None,
    ) -> None:
        self.register, self.units, self.protected = kept.register, kept.units, kept.protected
        self.tree: CommandTree = kept.register.tree_at(day)
        self.day, self.known_at, self._closed = day, known_at, closed
        self._named: dict[str, NameAt] = {}

    @cached_property
    def lines(self) -> tuple[TreeLine, ...]:
        """All units, each after its superior."""
        return tuple(self._lines())

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """Units with several certain superiors, in words."""
        return tuple(
            f"{self.text(c.unit)}: {', '.join(self.text(s) for s in c.superiors)}"
            for c in self.tree.conflicts
        )

    @cached_property
    def cycles(self) -> tuple[str, ...]:
        """What was left out because it would put a unit above itself, in words."""
        return tuple(
            " → ".join(self.text(u) for u in (*c.members, c.members[0])) for c in self.tree.cycles
        )

    @cached_property
    def gone(self) -> tuple[tuple[Unit, str], ...]:
        """Units that no longer existed on the day, and why."""
        return tuple(
            (self.units[unit], self._words(reason))
            for unit, reason in self.tree.gone.items()
            if unit in self.units
        )

    def names(self, unit: Unit) -> NamesAt:
        """The names of a unit on the day."""
        return names_at(self.register, unit, self.day)

    def line(self, unit: Unit) -> TreeLine | None:
        """The line of a unit; None where it no longer existed on the day."""
        now = self.tree.current(str(unit.pk))
        if now in self.tree.gone or now not in self.units:
            return None
        edges = list(self.tree.above(now))
        return self._line(now, len(edges), edges[0] if edges else None)

    def below(self, unit: Unit) -> tuple[TreeLine, ...]:
        """The lines of the units directly under a unit."""
        now = self.tree.current(str(unit.pk))
        return tuple(self._line(edge.unit, 1, edge) for edge in self._subordinates(now)[::-1])

    def note(self, viewer: Viewer, lines: Iterable[TreeLine]) -> None:
        """Nothing; notes the protected units and claims that these lines show to a viewer."""
        found: dict[str, dict[str, uuid.UUID | None]] = defaultdict(dict)
        for line in lines:
            links = [*line.others, *([line.link] if line.link is not None else [])]
            claims = {claim for link in links for claim in link.claims}
            for unit in (line.unit, *(link.unit for link in links)):
                if is_protected(unit.marking, unit.compartment_id):
                    found[Unit._meta.label_lower][str(unit.pk)] = unit.mission_id
                for one in self.protected.get(str(unit.pk), ()):
                    if one.label == NAME or one.claim in claims:
                        found[one.label][str(one.row)] = unit.mission_id
        for label, rows in found.items():
            note_read(viewer, label, rows)

    def _lines(self) -> Iterator[TreeLine]:
        tops = [u for u in (*self.tree.roots, *self.tree.alone) if u in self.units]
        for top in sorted(tops, key=self._order):
            yield self._line(top, 0, None)
            stack = [(1, edge) for edge in self._subordinates(top)]
            while stack:
                depth, edge = stack.pop()
                yield self._line(edge.unit, depth, edge)
                stack.extend((depth + 1, below) for below in self._subordinates(edge.unit))

    def _subordinates(self, unit: str) -> list[Edge]:
        """The edges below a unit, last first, as a stack takes them."""
        return sorted(
            self.tree.subordinates(unit), key=lambda edge: self._order(edge.unit), reverse=True
        )

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


def tree(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None = None
) -> TreeReading:
    """The command tree on a day, certain apart from possible, without cycles; noted as shown."""
    reading = _grown(viewer, mission, day, known_at)
    if any(is_protected(u.marking, u.compartment_id) for u in reading.units.values()) or (
        reading.protected
    ):
        reading.note(viewer, reading.lines)
    return reading


def _grown(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None
) -> TreeReading:
    kept = kept_register(viewer, mission, known_at)
    return TreeReading(kept, _restricted_units(viewer, mission, day, known_at), day, known_at)


def _restricted_units(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None
) -> set[uuid.UUID]:
    """Units of whose superior a claim speaks that is closed to the viewer and may hold that day."""
    with computing(mission.pk):
        rows = hidden_claims(
            viewer, RelationClaim, PERMISSION, mission.pk,
            known_at=known_at, via=ABOUT[RelationClaim],
        )  # fmt: skip
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
    reading = _grown(viewer, unit.mission, day, known_at)
    line, below = reading.line(unit), reading.below(unit)
    reading.note(viewer, [*([line] if line is not None else []), *below])
    return UnitAt(
        unit=unit,
        day=day,
        names=reading.names(unit),
        line=line,
        below=below,
        gone=next((words for one, words in reading.gone if one.pk == unit.pk), ""),
        claims=tuple(time_line(viewer, unit, day, known_at)),
    )
