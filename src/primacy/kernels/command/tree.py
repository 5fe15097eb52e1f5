"""The command tree of one day: one superior a unit at most, no cycles, and what was left out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from primacy.kernels.command.reasons import Reason
from primacy.kernels.command.tenures import Grounds, Tenure

NO_GROUNDS = Grounds()


@dataclass(frozen=True, slots=True)
class Edge:
    """A unit under its superior on one day, with the claims that say so.

    `contested`: on the same day another superior is certain as well.
    """

    unit: str
    superior: str
    certain: bool
    attached: bool = False
    contested: bool = False
    claims: tuple[str, ...] = ()
    grounds: Grounds = field(default=NO_GROUNDS, repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is certain, or possible at most."""
        return self.grounds.reasons()


@dataclass(frozen=True)
class Conflict:
    """A unit with several certain superiors on one day; `taken` is the one the tree shows."""

    unit: str
    superiors: tuple[str, ...]
    taken: str


@dataclass(frozen=True)
class Cycle:
    """An edge left out because it would put a unit under itself; `members` run from unit up."""

    edge: Edge
    members: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A claim that says something of this day and does not count, and why."""

    claim: str
    reason: Reason
    unit: str = ""
    superior: str = ""
    person: str = ""


@dataclass(frozen=True)
class CommandTree:
    """Who was under whom on a day.

    `edges` is the tree (a forest: units without superior stand on top): an edge is certain or
    possible, and a possible one stands only where nothing is certain. `also` holds what else is
    possible for a unit. `gone` are units that no longer existed, `maybe_gone` those that may not
    have; `names` leads from an id that a unit went by at another time to the one of this day.
    """

    day: dt.date
    edges: Mapping[str, Edge]
    also: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    gone: Mapping[str, Reason] = field(default_factory=dict)
    maybe_gone: Mapping[str, Reason] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def current(self, unit: str) -> str:
        """The id of this day for any id of the unit."""
        return self.names.get(unit, unit)

    def superior(self, unit: str) -> Edge | None:
        """The edge to the superior the tree shows; None on top."""
        return self.edges.get(self.current(unit))

    def certain_superior(self, unit: str) -> str | None:
        """The superior, where it is certain."""
        edge = self.superior(unit)
        return edge.superior if edge is not None and edge.certain else None

    def others(self, unit: str) -> tuple[Edge, ...]:
        """Superiors that are possible, or contested, besides the one the tree shows."""
        return self.also.get(self.current(unit), ())

    def subordinates(self, unit: str) -> tuple[Edge, ...]:
        """The edges of the units directly below, certain ones first."""
        return self._below.get(self.current(unit), ())

    def above(self, unit: str) -> Iterator[Edge]:
        """The edges from the unit to the top, lowest first."""
        edge = self.superior(unit)
        while edge is not None:
            yield edge
            edge = self.edges.get(edge.superior)

    def below(self, unit: str) -> Iterator[tuple[int, Edge]]:
        """All edges below the unit with their depth, from 1, each superior before its units."""
        stack = [(1, edge) for edge in reversed(self.subordinates(unit))]
        while stack:
            depth, edge = stack.pop()
            yield depth, edge
            stack.extend((depth + 1, e) for e in reversed(self.subordinates(edge.unit)))

    @cached_property
    def certain(self) -> Mapping[str, str]:
        """Unit to superior, where it is certain."""
        return {e.unit: e.superior for e in self.edges.values() if e.certain}

    @cached_property
    def possible(self) -> Mapping[str, str]:
        """Unit to superior, where the tree shows it as possible."""
        return {e.unit: e.superior for e in self.edges.values() if not e.certain}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Units without a superior that have units below them."""
        return tuple(u for u in self.units if u not in self.edges and u in self._below)

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """Units of which neither superior nor subordinate is on record for the day."""
        return tuple(u for u in self.units if u not in self.edges and u not in self._below)

    @cached_property
    def _below(self) -> Mapping[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges.values():
            found[edge.superior].append(edge)
        return {
            unit: tuple(sorted(edges, key=lambda e: (not e.certain, e.unit)))
            for unit, edges in found.items()
        }


@dataclass(slots=True)
class Link:
    """One pair of unit and superior that may become an edge; units as numbers."""

    unit: int
    superior: int
    certain: bool
    attached: bool
    held: tuple[Tenure, ...]
    before: tuple[Reason, ...] = ()
    after: tuple[Reason, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether another superior is certain as well."""
        return bool(self.after)


@dataclass
class Forest:
    """Links chosen one after another, so that no unit has two superiors and none is above itself.

    The strongest link is offered first; each is taken unless the unit has a superior already or
    the link would close a cycle. Groups joined so far are kept as in a union of sets.
    """

    size: int
    superior: list[int] = field(init=False)
    taken: dict[int, Link] = field(default_factory=dict)
    spare: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))
    circular: list[tuple[Link, list[int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.superior = [-1] * self.size
        self._top = list(range(self.size))

    def offer(self, link: Link) -> None:
        """Takes the link, or keeps it aside."""
        unit, superior = link.unit, link.superior
        if self.superior[unit] != -1:
            self.spare[unit].append(link)
            return
        if self._top_of(superior) == unit:
            self.circular.append((link, self._path(superior, unit)))
            return
        self.superior[unit] = superior
        self._top[unit] = superior
        self.taken[unit] = link

    def _top_of(self, unit: int) -> int:
        """The unit on top of the group, with the way there shortened for the next time."""
        top = self._top
        last = unit
        while top[last] != last:
            last = top[last]
        while top[unit] != last:
            top[unit], unit = last, top[unit]
        return last

    def _path(self, lower: int, upper: int) -> list[int]:
        """The units of the cycle that `upper` under `lower` would close, from `upper` on."""
        path = [upper]
        while lower != upper:
            path.append(lower)
            lower = self.superior[lower]
        return path
