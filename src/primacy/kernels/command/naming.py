"""What a unit was called on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from primacy.kernels.command.claims import Name
from primacy.kernels.command.lineage import Descent
from primacy.kernels.command.ranges import Holding
from primacy.kernels.command.reasons import Why
from primacy.kernels.command.tenures import Tenure, close_open_ends, tenure


@dataclass(frozen=True)
class Named:
    """The names of a unit on a day; of names, unlike aliases, each takes the place of the last."""

    certain: tuple[str, ...]
    possible: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def best(self) -> str:
        """The name to show: a certain one, else the newest possible one, else empty."""
        return next(iter((*self.certain, *self.possible)), "")


class Names:
    """All name claims, ready to be asked for a day."""

    def __init__(self, names: Iterable[Name], descent: Descent) -> None:
        self.descent = descent
        seats: dict[str, int] = {}
        self._names: dict[str, list[Tenure]] = defaultdict(list)
        self._aliases: dict[str, list[Tenure]] = defaultdict(list)
        for claim in sorted(names, key=lambda n: n.id):
            body = descent.body(claim.unit)
            one = tenure(seats.setdefault(body, len(seats)), claim.text, claim)
            (self._aliases if claim.alias else self._names)[body].append(one)
        close_open_ends((one for held in self._names.values() for one in held), Why.OTHER_NAME)

    def names_at(self, unit: str, day: dt.date) -> Named:
        """The names and aliases of a unit on a day, the newest first."""
        number = day.toordinal()
        body = self.descent.body(unit)
        if len(self._names.get(body, ())) == 1 and body not in self._aliases:
            return _only(self._names[body][0].holds(number), str(self._names[body][0].holder))
        held = sorted(self._names.get(body, ()), key=lambda t: (-t.first, t.claim.id))
        certain = dict.fromkeys(str(t.holder) for t in held if t.holds(number) is Holding.CERTAIN)
        possible = dict.fromkeys(str(t.holder) for t in held if t.holds(number) is Holding.POSSIBLE)
        aliases = dict.fromkeys(
            str(t.holder) for t in self._aliases.get(body, ()) if t.holds(number) is not Holding.NO
        )
        return Named(tuple(certain), tuple(n for n in possible if n not in certain), tuple(aliases))


def _only(holding: Holding, name: str) -> Named:
    """The names of a unit of which one name is on record, as of most."""
    if holding is Holding.NO:
        return Named((), (), ())
    return Named((name,), (), ()) if holding is Holding.CERTAIN else Named((), (name,), ())
