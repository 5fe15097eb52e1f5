"""The register asked on a day: the command tree, one unit in it, and the claims behind both.

Everything is made of the claims open to the viewer. Where a closed claim bears on a unit the
reading says so (`restricted`) and nothing of what it says.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from primacy.kernels.command import Holding
from primacy.kernels.command.reasons import Reason
from primacy.kernels.command.register import Register
from primacy.kernels.command.tree import CommandTree, Edge
from primacy.platform.claims.queries import hidden_claims
from primacy.platform.claims.rules import range_of
from primacy.platform.database.viewer_scope import computing
from primacy.platform.language.sentences import said
from primacy.platform.policy import Viewer, restricted
from primacy.rooms.forces.claim_queries import ABOUT, PERMISSION
from primacy.rooms.forces.command_claims import command_claims
from primacy.rooms.forces.models import RelationClaim, RelationKind, Unit
from primacy.rooms.forces.names_at import NameAt, NamesAt, names_at
from primacy.rooms.forces.queries import units
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


@dataclass(frozen=True)
class TreeReading:
    """The command tree of a mission on a day, as known at a moment, in the words of a reader."""

    day: dt.date
    known_at: dt.datetime | None
    tree: CommandTree
    register: Register
    units: Mapping[str, Unit]
    lines: tuple[TreeLine, ...]
    conflicts: tuple[str, ...]
    cycles: tuple[str, ...]
    gone: tuple[tuple[Unit, str], ...]

    def names(self, unit: Unit) -> NamesAt:
        """The names of a unit on the day."""
        return names_at(self.register, unit, self.day)

    def line(self, unit: Unit) -> TreeLine | None:
        """The line of a unit; None where it no longer existed on the day."""
        now = self.tree.current(str(unit.pk))
        return next((line for line in self.lines if str(line.unit.pk) == now), None)


def tree(
    viewer: Viewer, mission: Mission, day: dt.date, known_at: dt.datetime | None = None
) -> TreeReading:
    """The command tree on a day, certain apart from possible, without cycles."""
    rows = units(viewer, mission)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    known = {str(unit.pk): unit for unit in rows}
    register = command_claims(viewer, mission.pk, known_at).register(sorted(known))
    closed = _restricted_units(viewer, mission, day, known_at)
    return _Reader(register, known, closed, day, known_at).read()


class _Reader:
    """The work of putting one tree into words."""

    def __init__(
        self,
        register: Register,
        known: Mapping[str, Unit],
        closed: set[uuid.UUID],
        day: dt.date,
        known_at: dt.datetime | None,
    ) -> None:
        self.register, self.grown, self.known = register, register.tree_at(day), known
        self.closed, self.day, self.known_at = closed, day, known_at
        self.named: dict[str, NameAt] = {}

    def read(self) -> TreeReading:
        grown = self.grown
        return TreeReading(
            day=self.day,
            known_at=self.known_at,
            tree=grown,
            register=self.register,
            units=self.known,
            lines=tuple(self._lines()),
            conflicts=tuple(
                f"{self._text(c.unit)}: {', '.join(self._text(s) for s in c.superiors)}"
                for c in grown.conflicts
            ),
            cycles=tuple(
                " → ".join(self._text(u) for u in (*c.members, c.members[0])) for c in grown.cycles
            ),
            gone=tuple(
                (self.known[unit], self._words(reason))
                for unit, reason in grown.gone.items()
                if unit in self.known
            ),
        )

    def _lines(self) -> Iterable[TreeLine]:
        grown = self.grown
        tops = [u for u in (*grown.roots, *grown.alone) if u in self.known]
        for top in sorted(tops, key=self._order):
            yield self._line(top, 0, None)
            yield from self._below(top)

    def _below(self, top: str) -> Iterable[TreeLine]:
        stack = [(1, edge) for edge in self._subordinates(top)]
        while stack:
            depth, edge = stack.pop()
            yield self._line(edge.unit, depth, edge)
            stack.extend((depth + 1, below) for below in self._subordinates(edge.unit))

    def _subordinates(self, unit: str) -> list[Edge]:
        """The edges below a unit, last first, as a stack takes them."""
        return sorted(
            self.grown.subordinates(unit), key=lambda edge: self._order(edge.unit), reverse=True
        )

    def _order(self, unit: str) -> tuple[str, str, str]:
        found = self.known[unit]
        return found.side, found.force, self._text(unit)

    def _line(self, unit: str, depth: int, edge: Edge | None) -> TreeLine:
        found = self.known[unit]
        maybe = self.grown.maybe_gone.get(unit)
        return TreeLine(
            unit=found,
            name=self._name(unit),
            depth=depth,
            link=self._link(edge.superior, edge) if edge is not None else None,
            others=tuple(self._link(other.superior, other) for other in self.grown.others(unit)),
            restricted=found.pk in self.closed,
            maybe_gone=self._words(maybe) if maybe is not None else "",
        )

    def _link(self, unit: str, edge: Edge) -> Link:
        found = self.known[unit]
        return Link(
            unit=found,
            name=self._name(unit),
            certain=edge.certain,
            attached=edge.attached,
            contested=edge.contested,
            reasons=tuple(self._words(reason) for reason in edge.reasons),
            claims=edge.claims,
        )

    def _name(self, unit: str) -> NameAt:
        if unit not in self.named:
            self.named[unit] = names_at(self.register, self.known[unit], self.day).name
        return self.named[unit]

    def _text(self, unit: str) -> str:
        return self._name(unit).text if unit in self.known else str(restricted())

    def _words(self, reason: Reason) -> str:
        return said(reason.words(self._text))


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
    reading = tree(viewer, unit.mission, day, known_at)
    return UnitAt(
        unit=unit,
        day=day,
        names=reading.names(unit),
        line=reading.line(unit),
        below=_directly_below(reading, unit),
        gone=next((words for one, words in reading.gone if one.pk == unit.pk), ""),
        claims=tuple(time_line(viewer, unit, day, known_at)),
    )


def _directly_below(reading: TreeReading, unit: Unit) -> tuple[TreeLine, ...]:
    found: dict[uuid.UUID, list[TreeLine]] = defaultdict(list)
    for line in reading.lines:
        if line.link is not None:
            found[line.link.unit.pk].append(line)
    return tuple(found[unit.pk])
