"""What units were called on a day."""

import datetime as dt
from dataclasses import dataclass

from primacy.kernels.command.register import Register
from primacy.rooms.forces.models import Unit


@dataclass(frozen=True)
class NameAt:
    """The name of a unit on a day; not certain where no accepted claim states it for that day."""

    text: str
    certain: bool


@dataclass(frozen=True)
class NamesAt:
    """The name of a unit on a day, other names it may have had, and its aliases."""

    name: NameAt
    others: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def names_at(register: Register, unit: Unit, day: dt.date) -> NamesAt:
    """The names of a unit on a day; where no claim names it then, the name of today, uncertain."""
    found = register.names_at(str(unit.pk), day)
    if not found.best:
        return NamesAt(NameAt(unit.name, certain=False), (), found.aliases)
    others = tuple(name for name in (*found.certain, *found.possible) if name != found.best)
    # Two names that are both certain contradict each other, so neither is.
    sure = len(found.certain) == 1
    return NamesAt(NameAt(found.best, sure), others, found.aliases)
