"""The chain of command above a unit on a day: units and commanders, level by level."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from primacy.kernels.command.commanders import Commander, Commanders
from primacy.kernels.command.reasons import Reason, Why
from primacy.kernels.command.tree import CommandTree, Edge


@dataclass(frozen=True)
class TwoPosts:
    """A person who commands at two levels of one chain, and the postings on each."""

    person: str
    lower_unit: str
    upper_unit: str
    lower: tuple[str, ...]
    upper: tuple[str, ...]
    certain: bool

    @property
    def reason(self) -> Reason:
        """The flag in words."""
        return Reason(Why.TWO_POSTS, person=self.person, unit=self.upper_unit)


@dataclass(frozen=True)
class Level:
    """One step of the chain; 0 is the unit asked about.

    `certain`: every edge up to here is, and none is contested. `edge` leads here from the level
    below; `others` are further superiors that are possible for the unit below.
    """

    number: int
    unit: str
    certain: bool
    commanders: Commanders
    edge: Edge | None = None
    others: tuple[Edge, ...] = ()
    own_superiors: tuple[TwoPosts, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Chain:
    """The levels from the unit to the highest asked for; `complete` where the top was reached."""

    unit: str
    day: dt.date
    levels: tuple[Level, ...]
    complete: bool

    @property
    def superiors(self) -> tuple[Level, ...]:
        """The levels above the unit."""
        return self.levels[1:]


def chain_in(
    tree: CommandTree,
    unit: str,
    levels: int,
    commanders: Callable[[str], Commanders],
) -> Chain:
    """The chain above a unit in a tree, up to so many levels."""
    unit = tree.current(unit)
    found = [Level(0, unit, unit not in tree.gone, commanders(unit), reasons=_standing(tree, unit))]
    for edge in tree.above(unit):
        if len(found) > levels:
            break
        below = found[-1]
        at = commanders(edge.superior)
        found.append(
            Level(
                number=below.number + 1,
                unit=edge.superior,
                certain=below.certain and edge.certain and not edge.contested,
                commanders=at,
                edge=edge,
                others=tree.others(edge.unit),
                own_superiors=_own_superiors(found, edge.superior, at),
                reasons=(*edge.reasons, *_standing(tree, edge.superior)),
            )
        )
    complete = tree.superior(found[-1].unit) is None
    if complete:
        top = found[-1]
        found[-1] = Level(
            top.number, top.unit, top.certain, top.commanders, top.edge, top.others,
            top.own_superiors, (*top.reasons, Reason(Why.TOP)),
        )  # fmt: skip
    return Chain(unit, tree.day, tuple(found), complete)


def _standing(tree: CommandTree, unit: str) -> tuple[Reason, ...]:
    """What is said of the unit's own existence."""
    return tuple(r for r in (tree.gone.get(unit), tree.maybe_gone.get(unit)) if r is not None)


def _own_superiors(below: list[Level], unit: str, at: Commanders) -> tuple[TwoPosts, ...]:
    """Persons who command here and further down, through different postings."""
    upper: dict[str, Commander] = {one.person: one for one in at.all}
    found = []
    for level in below:
        for one in level.commanders.all:
            two = upper.get(one.person)
            if two is not None and not set(one.postings) & set(two.postings):
                found.append(
                    TwoPosts(
                        one.person,
                        level.unit,
                        unit,
                        one.postings,
                        two.postings,
                        one.certain and two.certain,
                    )
                )
    return tuple(found)
