"""Who must not learn of an alert. Every read of alerts, and every notice, passes here.

An alert that accuses a unit is kept from it, from all units that ever stood above or below it,
from those it was made of or became, and from whoever commands them; one that accuses a person,
from every unit that person ever served in, with the same reach. Whoever acts for the host state
and is not known to stand for a unit elsewhere is shown no accusing alert at all: not knowing who
asks is no reason to tell.

Source: the practice of routing protection alerts around a force that is itself the threat, in
MONUSCO's community alert networks; no published system models it.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

HOST = frozenset({"force", "ministry"})
"""Parties that act for the host state."""


@dataclass(frozen=True)
class Kept:
    """From whom one alert is kept, as it is on record."""

    units: frozenset[uuid.UUID] = frozenset()
    """Units accused, those accused persons serve or served in, and units named one by one."""
    named: bool = True
    """False where somebody is accused of whom only a force is known, or nothing at all."""
    accuses: bool = False
    organisations: frozenset[uuid.UUID] = frozenset()
    accounts: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Asker:
    """Who would learn of it, as far as the rule looks."""

    account: uuid.UUID | None = None
    organisation: uuid.UUID | None = None
    party: str = ""
    chain: frozenset[uuid.UUID] = frozenset()
    """The units the asker stands for, and all that ever stood above, below or in their place."""

    @property
    def host(self) -> bool:
        """True for whoever acts for the host state."""
        return self.party in HOST


def is_kept(alert: Kept, asker: Asker) -> bool:
    """True where this asker must not learn of the alert."""
    if asker.account in alert.accounts or asker.organisation in alert.organisations:
        return True
    if alert.units & asker.chain:
        return True
    if not asker.host or not (alert.accuses or alert.units):
        return False
    return not asker.chain or not alert.named


@dataclass
class Relations:
    """Which units were ever related: above, below, or one made of the other."""

    above: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    below: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    same: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(
        cls,
        under: Iterable[tuple[uuid.UUID, uuid.UUID]],
        became: Iterable[tuple[uuid.UUID, uuid.UUID]] = (),
    ) -> "Relations":
        """Relations of pairs (unit, the one above it) and (before, after)."""
        found = cls()
        for unit, upper in under:
            found.above[unit].add(upper)
            found.below[upper].add(unit)
        for one, other in became:
            found.same[one].add(other)
            found.same[other].add(one)
        return found

    def chain(self, units: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
        """The units, all ever above or below them, and those they were made of or became."""
        own = self._reached(units, self.same)
        up = self._reached(own, self.above, self.same)
        down = self._reached(own, self.below, self.same)
        return frozenset(up | down)

    @staticmethod
    def _reached(
        start: Collection[uuid.UUID], *ways: Mapping[uuid.UUID, set[uuid.UUID]]
    ) -> set[uuid.UUID]:
        found, todo = set(start), list(start)
        while todo:
            one = todo.pop()
            for way in ways:
                for other in way.get(one, ()):
                    if other not in found:
                        found.add(other)
                        todo.append(other)
        return found
