"""The index over relations: built once, it grows the command tree of any day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.command.claims import (
    MAY_BE_CERTAIN,
    Lineage,
    LineageKind,
    Relation,
    RelationKind,
    lasting,
)
from primacy.kernels.command.lineage import Descent
from primacy.kernels.command.reasons import Reason, Why
from primacy.kernels.command.tenures import Grounds, Tenure, close_open_ends, tenure
from primacy.kernels.command.tree import (
    CommandTree,
    Conflict,
    Cycle,
    Edge,
    Forest,
    LeftOut,
    Link,
)

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Structure:
    """All command relations of a register, ready to be asked for a day.

    Administrative relations and memberships are no command and are left out from the start.
    """

    def __init__(
        self, relations: Iterable[Relation], descent: Descent, units: Iterable[str] = ()
    ) -> None:
        self.descent = descent
        self._number: dict[str, int] = {}
        self.bodies: list[str] = []
        for unit in (*units, *sorted(descent.units_that_end() | descent.renamed_bodies())):
            self.number(unit)
        self._tenures: list[Tenure] = []
        claims = [r for r in relations if r.kind is RelationKind.COMMAND]
        claims += _attachments(descent.events)
        # In the order of their ids: what is said must not hang on how they were read.
        for relation in sorted(claims, key=lambda r: (r.id, r.unit)):
            self._add(relation)
        close_open_ends(self._tenures, Why.OTHER_SUPERIOR)
        held = self._tenures
        self._unit = np.array([t.seat // 2 for t in held], dtype=np.int64)
        self._superior = np.array([int(t.holder) for t in held], dtype=np.int64)
        self._attached = np.array([t.seat % 2 == 1 for t in held], dtype=np.bool_)
        self._accepted = np.array([t.claim.status in MAY_BE_CERTAIN for t in held], dtype=np.bool_)
        self._sure_from, self._sure_to = _days([(t.sure_from, t.sure_to) for t in held])
        self._begin, self._end = _days([(t.begin, t.end) for t in held])
        self._start = np.array([t.first for t in held], dtype=np.int64)
        self._rank = np.arange(len(held))

    def number(self, unit: str) -> int:
        """The number of the body that a unit id stands for."""
        body = self.descent.body(unit)
        if body not in self._number:
            self._number[body] = len(self.bodies)
            self.bodies.append(body)
        return self._number[body]

    def tree_at(self, day: dt.date) -> CommandTree:
        """The command tree of a day.

        Where claims disagree the order is: certain before possible; attached before its own
        superior; accepted before other statuses; the newest start; the claim's id.
        """
        growth = _Growth(self, day)
        growth.grow()
        return growth.tree()

    def _add(self, relation: Relation) -> None:
        seat = 2 * self.number(relation.unit) + int(relation.attached)
        self._tenures.append(tenure(seat, self.number(relation.superior), relation))


class _Growth:
    """The work of growing one tree."""

    def __init__(self, structure: Structure, day: dt.date) -> None:
        self.s = structure
        self.day = day
        self.number = day.toordinal()
        descent = structure.descent
        self.current = list(structure.bodies)
        self.names: dict[str, str] = {}
        for body in descent.renamed_bodies():
            now = descent.identity_at(body, day)
            self.current[structure.number(body)] = now
            self.names.update({unit: now for unit in descent.same_body(body)})
        self.gone: dict[int, Reason] = {}
        self.maybe_gone: dict[int, Reason] = {}
        for body in descent.units_that_end():
            ended, maybe = descent.ended(body, day), descent.maybe_ended(body, day)
            if ended is not None:
                self.gone[structure.number(body)] = ended
            elif maybe is not None:
                self.maybe_gone[structure.number(body)] = maybe
        self.forest = Forest(len(structure.bodies))
        self.links: dict[int, Link] = {}
        self.left_out: list[LeftOut] = []

    def grow(self) -> None:
        """Offers all links of the day, the strongest first."""
        s, day = self.s, self.number
        sure = (s._sure_from <= day) & (day <= s._sure_to)
        live = sure | ((s._begin <= day) & (day <= s._end))
        live &= self._standing(sure)
        lent = live & s._attached & sure
        lent_units = self._superiors_of(lent)
        maybe_units = self._superiors_of(live & s._attached & ~sure)
        effective = sure.copy()
        weak: dict[int, Reason] = {}
        lent_or_maybe = np.isin(s._unit, [*lent_units, *maybe_units])
        for place in np.flatnonzero(live & ~s._attached & lent_or_maybe).tolist():
            unit, superior = int(s._unit[place]), int(s._superior[place])
            if unit in lent_units and superior not in lent_units[unit]:
                live[place] = False
                if sure[place]:
                    self._leave_out(place, self._attachment(Why.ELSEWHERE, lent_units[unit]))
            elif unit in maybe_units and sure[place] and superior not in maybe_units[unit]:
                effective[place] = False
                weak[place] = self._attachment(Why.MAYBE_ATTACHED, maybe_units[unit])
        found = np.flatnonzero(live)
        keys = (s._rank, -s._start, ~s._accepted, ~s._attached, ~effective)
        for place in found[np.lexsort([key[found] for key in keys])].tolist():
            self._join(place, bool(effective[place]), weak.get(place))
        self._find_conflicts()
        for link in self.links.values():
            self.forest.offer(link)

    def tree(self) -> CommandTree:
        """What was grown, under the ids of the day."""
        edges = {self.current[u]: self._edge(link) for u, link in self.forest.taken.items()}
        cycles = tuple(
            Cycle(self._edge(link, Reason(Why.CYCLE)), tuple(self.current[m] for m in members))
            for link, members in self.forest.circular
        )
        also: dict[str, list[Edge]] = defaultdict(list)
        for unit, links in self.forest.spare.items():
            also[self.current[unit]].extend(self._spare(link) for link in links)
        for cycle in cycles:
            if cycle.edge.unit != cycle.edge.superior:
                also[cycle.edge.unit].append(cycle.edge)
        return CommandTree(
            day=self.day,
            edges=edges,
            also={unit: tuple(found) for unit, found in also.items()},
            units=tuple(u for n, u in enumerate(self.current) if n not in self.gone),
            conflicts=self.conflicts,
            cycles=cycles,
            left_out=tuple(self.left_out),
            gone={self.current[n]: reason for n, reason in self.gone.items()},
            maybe_gone={self.current[n]: reason for n, reason in self.maybe_gone.items()},
            names=self.names,
        )

    def _standing(self, sure: Flags) -> Flags:
        """Which relations have both their units; certain ones that do not are noted."""
        s = self.s
        if not self.gone:
            return np.ones(len(sure), dtype=np.bool_)
        dead = np.zeros(len(s.bodies), dtype=np.bool_)
        dead[list(self.gone)] = True
        unit_dead, superior_dead = dead[s._unit], dead[s._superior]
        for place in np.flatnonzero(sure & (unit_dead | superior_dead)).tolist():
            which = s._unit if unit_dead[place] else s._superior
            self._leave_out(place, self.gone[int(which[place])])
        return ~(unit_dead | superior_dead)

    def _superiors_of(self, which: Flags) -> dict[int, dict[int, str]]:
        """Of each unit in some relations its superiors there, with a claim for each."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for place in np.flatnonzero(which).tolist():
            claim = self.s._tenures[place].claim.id
            found[int(self.s._unit[place])].setdefault(int(self.s._superior[place]), claim)
        return dict(found)

    def _attachment(self, why: Why, superiors: dict[int, str]) -> Reason:
        superior, claim = next(iter(superiors.items()))
        return Reason(why, unit=self.current[superior], claim=claim)

    def _leave_out(self, place: int, reason: Reason) -> None:
        s = self.s
        unit, superior = self.current[int(s._unit[place])], self.current[int(s._superior[place])]
        self.left_out.append(LeftOut(s._tenures[place].claim.id, reason, unit, superior))

    def _join(self, place: int, certain: bool, weak: Reason | None) -> None:
        """Adds a relation to the link of its two units; the first one decides how sure it is."""
        s = self.s
        one = s._tenures[place]
        unit, superior = int(s._unit[place]), int(s._superior[place])
        key = unit * len(s.bodies) + superior
        known = self.links.get(key)
        if known is not None:
            known.held += (one,)
            return
        lent = one.seat % 2 == 1
        before: tuple[Reason, ...] = () if weak is None else (weak,)
        if lent:
            before = (Reason(Why.ATTACHED, claim=one.claim.id),)
        self.links[key] = Link(unit, superior, certain, lent, (one,), before)

    def _find_conflicts(self) -> None:
        sure: dict[int, list[Link]] = defaultdict(list)
        for link in self.links.values():
            if link.certain:
                sure[link.unit].append(link)
        self._disputed = {unit: links for unit, links in sure.items() if len(links) > 1}
        for links in self._disputed.values():
            for link in links:
                link.after = tuple(
                    Reason(Why.CONTESTED_SUPERIOR, unit=self.current[other.superior])
                    for other in links
                    if other is not link
                )

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Units with several certain superiors, each with the one that was taken."""
        found = []
        for unit, links in self._disputed.items():
            taken = self.forest.taken.get(unit)
            found.append(
                Conflict(
                    self.current[unit],
                    tuple(self.current[link.superior] for link in links),
                    "" if taken is None else self.current[taken.superior],
                )
            )
        return tuple(found)

    def _edge(self, link: Link, against: Reason | None = None) -> Edge:
        before = link.before if against is None else (against, *link.before)
        # A certain link needs no more than the claim that makes it so.
        told = link.held[:1] if link.certain else link.held
        return Edge(
            self.current[link.unit],
            self.current[link.superior],
            link.certain and against is None,
            link.attached,
            link.contested,
            tuple([one.claim.id for one in link.held]),
            Grounds(self.number, told, before, link.after),
        )

    def _spare(self, link: Link) -> Edge:
        edge = self._edge(link)
        return replace(edge, certain=False) if edge.certain else edge


def _attachments(events: Sequence[Lineage]) -> list[Relation]:
    """The relations that attachments stand for."""
    return [
        Relation(
            id=event.id,
            unit=unit,
            superior=event.tos[0],
            range=lasting(event),
            status=event.status,
            attached=True,
        )
        for event in events
        if event.kind is LineageKind.ATTACHED
        for unit in event.froms
    ]


def _days(pairs: list[tuple[int, int]]) -> tuple[Days, Days]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()
