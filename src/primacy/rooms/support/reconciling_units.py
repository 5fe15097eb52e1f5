"""Which of the units that approvals name a list means: only what is certain counts."""

from collections.abc import Iterable, Mapping, Sequence

from primacy.kernels.names.units import Match, Unit, UnitMatcher, Why


class NamedUnits:
    """The units of some approvals, found by every name they bear and by their code.

    >>> units = NamedUnits([Unit("a", ("1st Battalion",)), Unit("b", ("2nd Battalion",))])
    >>> units.certain("1 Bn"), units.certain("Battalion"), units.apart("3rd Battalion", "a")
    ('a', None, True)
    """

    def __init__(self, units: Sequence[Unit], codes: Mapping[str, str] | None = None) -> None:
        """`codes`: the id of each unit by its code in the register."""
        self._matcher = UnitMatcher(units) if units else None
        self._shown = len(units)
        self._codes = {_plain(code): unit for code, unit in (codes or {}).items() if _plain(code)}
        self._units = {unit.id: unit for unit in units}
        self._matches: dict[str, Match] = {}
        self._alone: dict[str, UnitMatcher] = {}
        self._apart: dict[tuple[str, str], bool] = {}

    def read(self, names: Iterable[str]) -> None:
        """Nothing; looks all these names up at once, which is much quicker than one by one."""
        new = [name for name in dict.fromkeys(names) if name and name not in self._matches]
        if self._matcher is not None and new:
            found = self._matcher.match_all(new, shown=self._shown)
            self._matches.update(zip(new, found, strict=True))

    def match(self, name: str) -> Match | None:
        """What a name may mean; None where there is nothing to look in."""
        self.read([name])
        return self._matches.get(name)

    def name_of(self, unit: str) -> str:
        """The name of a unit; empty where the approvals name none of this id."""
        return self._units[unit].names[0] if unit in self._units else ""

    def certain(self, name: str, code: str = "") -> str | None:
        """The unit that is certainly meant. A code and a name that disagree are certain of none."""
        by_code = self._codes.get(_plain(code))
        match = self.match(name)
        by_name = match.accepted if match is not None else None
        if by_code is not None and by_name is not None and by_code != by_name:
            return None
        return by_code or by_name

    def apart(self, name: str, unit: str) -> bool:
        """True where a name certainly is not this unit's: of the same size, with other numbers.

        So somebody is seen to come from another unit also where no approval knows that one.
        """
        accepted = self.certain(name)
        if accepted is not None or unit not in self._units or not name:
            return accepted is not None and accepted != unit
        if (name, unit) not in self._apart:
            if unit not in self._alone:
                self._alone[unit] = UnitMatcher([self._units[unit]])
            self._apart[name, unit] = _other_number(self._alone[unit].match(name))
        return self._apart[name, unit]


def _other_number(match: Match) -> bool:
    if not match.candidates:
        return False
    whys = {reason.why: reason.values for reason in match.candidates[0].reasons}
    if Why.OTHER_NUMBERS not in whys or Why.OTHER_ECHELON in whys:
        return False
    said, own = (_numbers(value) for value in whys[Why.OTHER_NUMBERS][:2])
    return bool(said) and bool(own) and said.isdisjoint(own)


def _numbers(listed: str) -> set[str]:
    """The numbers of a reason's value, written "1 battalion, 5 brigade"."""
    return {part.split()[0] for part in listed.split(",") if part.strip()}


def _plain(code: str) -> str:
    return "".join(char for char in code.casefold() if char.isalnum())
