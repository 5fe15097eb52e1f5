"""What became of units: which ids mean the same body, when a body ended, what followed it.

A renamed unit is one body with several ids. A merger or a split ends the units before it, unless
they stand among the units after it as well.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from primacy.kernels.command.claims import (
    MAY_BE_CERTAIN,
    Departure,
    EndOfService,
    Lineage,
    LineageKind,
)
from primacy.kernels.command.reasons import Reason, Why

_ENDS = {
    LineageKind.DISBANDED: Why.DISBANDED,
    LineageKind.MERGED: Why.MERGED,
    LineageKind.SPLIT: Why.SPLIT,
}
LEFT = {
    Departure.DIED: Why.DIED,
    Departure.RETIRED: Why.RETIRED,
    Departure.DISMISSED: Why.DISMISSED,
}


@dataclass(frozen=True)
class Succession:
    """A unit that another became, or came from, through lineage claims; certain only if all are."""

    unit: str
    certain: bool
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Turn:
    """From a day in the window on, a body exists or does not."""

    earliest: dt.date
    latest: dt.date
    exists: bool
    event: Lineage


class Descent:
    """The lineage of all units, asked by day. Any id of a body stands for it."""

    def __init__(self, lineage: Iterable[Lineage]) -> None:
        self.events = sorted(lineage, key=lambda e: (e.on.latest, e.on.earliest, e.id))
        self._body: dict[str, str] = {}
        self._ids: dict[str, list[str]] = {}
        self._renames: dict[str, list[Lineage]] = defaultdict(list)
        self._turns: dict[str, list[_Turn]] = defaultdict(list)
        self._out: dict[str, list[tuple[int, Lineage]]] = defaultdict(list)
        self._into: dict[str, list[tuple[int, Lineage]]] = defaultdict(list)
        self.contradicted: tuple[str, ...] = tuple(
            event.id for event in self.events if not self._read_rename(event)
        )
        for place, event in enumerate(self.events):
            self._read_event(place, event)

    def body(self, unit: str) -> str:
        """The one id under which all ids of a unit are kept together: the first it had."""
        return self._body.get(unit, unit)

    def same_body(self, unit: str) -> frozenset[str]:
        """All ids that mean the same unit under its names over time."""
        body = self.body(unit)
        return frozenset(self._ids.get(body, [body]))

    def identity_at(self, unit: str, day: dt.date) -> str:
        """The id that the unit went by on a day; within the days a rename may lie, the old one."""
        body = self.body(unit)
        current = body
        for event in self._renames.get(body, ()):
            if event.on.latest <= day:
                current = event.tos[0]
        return current

    def renamed_bodies(self) -> frozenset[str]:
        """The bodies that went by more than one id."""
        return frozenset(self._renames)

    def ended(self, unit: str, day: dt.date) -> Reason | None:
        """Why the unit certainly no longer exists on a day; None where it may."""
        turn = self._turn(self.body(unit), day)
        if turn is None or turn.exists:
            return None
        return Reason(_ENDS[turn.event.kind], day=turn.latest, claim=turn.event.id)

    def maybe_ended(self, unit: str, day: dt.date) -> Reason | None:
        """Why the unit may no longer exist on a day; None where nothing says so."""
        for _place, event in self._out.get(self.body(unit), ()):
            if event.kind not in _ENDS or not self._ends(event, self.body(unit)):
                continue
            relied_on = event.status in MAY_BE_CERTAIN
            if event.on.earliest <= day and (day < event.on.latest or not relied_on):
                return Reason(Why.MAYBE_GONE, day=event.on.latest, claim=event.id)
        return None

    def units_that_end(self) -> frozenset[str]:
        """The bodies of which any claim says that they came to an end."""
        return frozenset(
            body
            for event in self.events
            if event.kind in _ENDS
            for body in map(self.body, event.froms)
            if self._ends(event, body)
        )

    def successors(self, unit: str, day: dt.date) -> tuple[Succession, ...]:
        """What the unit had become by a day: itself, others, or nothing."""
        found: dict[str, Succession] = {}
        seen: set[tuple[str, int, bool]] = set()
        todo = [(self.body(unit), -1, Succession("", True))]
        while todo:
            body, after, path = todo.pop()
            if (body, after, path.certain) in seen:
                continue
            seen.add((body, after, path.certain))
            heirs, here = self._heirs(body, day, after, path)
            todo.extend(heirs)
            if here is not None:
                _keep(found, Succession(self.identity_at(body, day), here.certain, here.through))
        return tuple(sorted(found.values(), key=lambda s: (not s.certain, s.unit)))

    def predecessors(self, unit: str) -> tuple[Succession, ...]:
        """The units that this one came from, by any number of steps back."""
        found: dict[str, Succession] = {}
        own = self.body(unit)
        todo = [(own, len(self.events), Succession("", True))]
        while todo:
            body, before, path = todo.pop()
            for place, event in self._into.get(body, ()):
                for older in map(self.body, event.froms):
                    if place >= before or older in (body, own):
                        continue
                    step = _step(older, path, event)
                    if _keep(found, step):
                        todo.append((older, place, step))
        return tuple(sorted(found.values(), key=lambda s: (not s.certain, s.unit)))

    def _heirs(
        self, body: str, day: dt.date, after: int, path: Succession
    ) -> tuple[list[tuple[str, int, Succession]], Succession | None]:
        """What came out of a body by a day, and the path to itself where it may still exist."""
        heirs: list[tuple[str, int, Succession]] = []
        for place, event in self._out.get(body, ()):
            if place <= after or event.on.earliest > day:
                continue
            sure = event.status in MAY_BE_CERTAIN and event.on.latest <= day
            step = _step("", path, event)
            through = Succession("", path.certain and sure, step.through)
            heirs.extend((h, place, through) for h in map(self.body, event.tos) if h != body)
            if self._ends(event, body):
                if sure:
                    return heirs, None
                path = Succession("", False, path.through)
        return heirs, path

    def _turn(self, body: str, day: dt.date) -> _Turn | None:
        last = None
        for turn in self._turns.get(body, ()):
            if turn.latest <= day:
                last = turn
        return last

    def _read_rename(self, event: Lineage) -> bool:
        """Joins two ids to one body; False where the claim contradicts what is known.

        An id that another unit goes by is not taken over: two units would become one, and the
        incidents of one would be laid at the door of the other.
        """
        if event.kind is not LineageKind.RENAMED or event.status not in MAY_BE_CERTAIN:
            return True
        old, new = event.froms[0], event.tos[0]
        if old == new:
            return True
        body = self._body.get(old, old)
        current = self._renames[body][-1].tos[0] if body in self._renames else body
        if current != old or self._body.get(new, body) != body:
            return False
        self._ids.setdefault(body, [body])
        for unit in (old, new):
            if unit not in self._body:
                self._body[unit] = body
            if unit not in self._ids[body]:
                self._ids[body].append(unit)
        self._renames[body].append(event)
        return True

    def _read_event(self, place: int, event: Lineage) -> None:
        if event.kind in (LineageKind.RENAMED, LineageKind.ATTACHED):
            return
        for body in dict.fromkeys(map(self.body, event.froms)):
            self._out[body].append((place, event))
            if self._ends(event, body) and event.status in MAY_BE_CERTAIN:
                self._turns[body].append(_Turn(event.on.earliest, event.on.latest, False, event))
        for body in dict.fromkeys(map(self.body, event.tos)):
            self._into[body].append((place, event))
            if event.status in MAY_BE_CERTAIN:
                self._turns[body].append(_Turn(event.on.earliest, event.on.latest, True, event))

    def _ends(self, event: Lineage, body: str) -> bool:
        return event.kind in _ENDS and body not in map(self.body, event.tos)


def _step(unit: str, path: Succession, event: Lineage) -> Succession:
    sure = path.certain and event.status in MAY_BE_CERTAIN
    return Succession(unit, sure, (*path.through, event.id))


def _keep(found: dict[str, Succession], new: Succession) -> bool:
    """Keeps the surer of two ways to the same unit; True where the new one is kept."""
    known = found.get(new.unit)
    if known is None or (new.certain and not known.certain):
        found[new.unit] = new
        return True
    return False


def departures(ends: Iterable[EndOfService]) -> dict[str, list[tuple[int, EndOfService]]]:
    """Of each person the certain ends of service, with the day by which each had come."""
    found: dict[str, list[tuple[int, EndOfService]]] = defaultdict(list)
    for end in sorted(ends, key=lambda e: e.id):
        if end.status in MAY_BE_CERTAIN:
            found[end.person].append((end.on.latest.toordinal(), end))
    return found
