"""The register as an index: built once from all claims, asked for any day."""

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from primacy.kernels.command.chain import Chain, chain_in
from primacy.kernels.command.claims import (
    EndOfService,
    Lineage,
    Name,
    Posting,
    Relation,
    Seniority,
)
from primacy.kernels.command.commanders import Commanders
from primacy.kernels.command.lineage import Descent, Succession
from primacy.kernels.command.naming import Named, Names
from primacy.kernels.command.posts import REACH_DAYS, Posts
from primacy.kernels.command.ranges import Holding
from primacy.kernels.command.structure import Structure
from primacy.kernels.command.tree import CommandTree, Edge

_NO_SENIORITY = Seniority()
_NONE: tuple[Edge, ...] = ()


@dataclass(frozen=True)
class Under:
    """Whether a unit was under another on a day; `path` holds the edges from it upwards."""

    holding: Holding
    path: tuple[Edge, ...] = ()

    def __bool__(self) -> bool:
        return self.holding is not Holding.NO


@dataclass(frozen=True)
class Subordinate:
    """A unit below another: how deep, and whether every step between is certain."""

    unit: str
    depth: int
    certain: bool


class Register:
    """All claims about units and postings.

    `units` adds units that no relation speaks of. `placeholders` are units that stand for ones
    that are not known: they join units, and no person is ever shown in them. `seniority` says who
    is too senior to command what. `reach_days` bounds how far an open posting reaches.
    """

    def __init__(
        self,
        relations: Iterable[Relation] = (),
        postings: Iterable[Posting] = (),
        lineage: Iterable[Lineage] = (),
        names: Iterable[Name] = (),
        *,
        units: Iterable[str] = (),
        ends: Iterable[EndOfService] = (),
        placeholders: Collection[str] = (),
        seniority: Seniority = _NO_SENIORITY,
        reach_days: int | None = REACH_DAYS,
    ) -> None:
        self.descent = Descent(lineage)
        self._structure = Structure(relations, self.descent, units)
        self._posts = Posts(
            postings,
            self.descent,
            ends=ends,
            placeholders=placeholders,
            seniority=seniority,
            reach_days=reach_days,
        )
        self._names = Names(names, self.descent)
        self._newest_tree: CommandTree | None = None

    def tree_at(self, day: dt.date) -> CommandTree:
        """The command tree of a day; the one asked for last is kept."""
        tree = self._newest_tree
        if tree is None or tree.day != day:
            tree = self._newest_tree = self._structure.tree_at(day)
        return tree

    def commander_at(self, unit: str, day: dt.date) -> Commanders:
        """Who commanded a unit on a day: certain, possible, or nobody and since when."""
        return self._posts.commander_at(unit, day)

    def commanders_at(self, day: dt.date) -> dict[str, Commanders]:
        """The commanders of a day, for every unit with a posting."""
        return self._posts.commanders_at(day)

    def chain_of_command(self, unit: str, day: dt.date, levels: int = 12) -> Chain:
        """The superiors of a unit and their commanders on a day, up to so many levels."""
        return chain_in(
            self.tree_at(day), unit, levels, lambda one: self._posts.commander_at(one, day)
        )

    def units_under(self, unit: str, day: dt.date) -> tuple[Subordinate, ...]:
        """All units that were, or may have been, below a unit on a day, nearest first."""
        tree = self.tree_at(day)
        unit = tree.current(unit)
        below: dict[str, list[Edge]] = {}
        for edges in (tree.edges.values(), *tree.also.values()):
            for edge in edges:
                below.setdefault(edge.superior, []).append(edge)
        found: dict[str, Subordinate] = {}
        # Two rounds: a unit reached over certain steps alone is certain, at whatever depth.
        for sure in (True, False):
            todo = deque([(unit, 0)])
            seen = {unit}
            while todo:
                superior, depth = todo.popleft()
                for edge in below.get(superior, ()):
                    if edge.unit in seen or (sure and not _sure(edge)):
                        continue
                    seen.add(edge.unit)
                    found.setdefault(edge.unit, Subordinate(edge.unit, depth + 1, sure))
                    todo.append((edge.unit, depth + 1))
        return tuple(sorted(found.values(), key=lambda s: (s.depth, not s.certain, s.unit)))

    def was_under(self, unit: str, superior: str, day: dt.date) -> Under:
        """Whether a unit was below another on a day, at any depth, with the way up."""
        tree = self.tree_at(day)
        unit, superior = tree.current(unit), tree.current(superior)
        certain = []
        for edge in tree.above(unit):
            if not _sure(edge):
                break
            certain.append(edge)
            if edge.superior == superior:
                return Under(Holding.CERTAIN, tuple(certain))
        return _possible_way(tree, unit, superior)

    def names_at(self, unit: str, day: dt.date) -> Named:
        """What a unit was called on a day."""
        return self._names.names_at(unit, day)

    def identity_at(self, unit: str, day: dt.date) -> str:
        """The id that a unit went by on a day, for any of its ids."""
        return self.descent.identity_at(unit, day)

    def same_body(self, unit: str) -> frozenset[str]:
        """All ids of the same unit: what is recorded under any of them is about it."""
        return self.descent.same_body(unit)

    def successors(self, unit: str, day: dt.date) -> tuple[Succession, ...]:
        """What a unit had become by a day."""
        return self.descent.successors(unit, day)

    def predecessors(self, unit: str) -> tuple[Succession, ...]:
        """The units that a unit came from."""
        return self.descent.predecessors(unit)


def tree_at(
    relations: Iterable[Relation], day: dt.date, lineage: Iterable[Lineage] = ()
) -> CommandTree:
    """The command tree of a day, from claims. For many days build a `Register` once."""
    return Structure(relations, Descent(lineage)).tree_at(day)


def commander_at(
    unit: str,
    day: dt.date,
    postings: Iterable[Posting],
    lineage: Iterable[Lineage] = (),
    *,
    ends: Iterable[EndOfService] = (),
    placeholders: Collection[str] = (),
    seniority: Seniority = _NO_SENIORITY,
    reach_days: int | None = REACH_DAYS,
) -> Commanders:
    """Who commanded a unit on a day, from all postings of the unit and of those who held it."""
    posts = Posts(
        postings,
        Descent(lineage),
        ends=ends,
        placeholders=placeholders,
        seniority=seniority,
        reach_days=reach_days,
    )
    return posts.commander_at(unit, day)


def _sure(edge: Edge) -> bool:
    return edge.certain and not edge.contested


def _possible_way(tree: CommandTree, unit: str, superior: str) -> Under:
    """The shortest way up over certain and possible edges."""
    came: dict[str, Edge] = {}
    todo = deque([unit])
    while todo:
        one = todo.popleft()
        drawn = tree.edges.get(one)
        for edge in (*(() if drawn is None else (drawn,)), *tree.also.get(one, _NONE)):
            if edge.superior in came or edge.superior == unit:
                continue
            came[edge.superior] = edge
            todo.append(edge.superior)
    if superior not in came:
        return Under(Holding.NO)
    path = []
    one = superior
    while one != unit:
        path.append(came[one])
        one = came[one].unit
    return Under(Holding.POSSIBLE, tuple(reversed(path)))
