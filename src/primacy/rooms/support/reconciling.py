"""Lines of a roster or hand-over note held against approvals: who of them may receive.

Nobody is approved on a name alone. A line is somebody approved where a number is equal under a name
that counts as the same; or where the names of the shorter all sound the same in the longer and the
day of birth is equal; or where the whole name sounds the same and the unit is certainly the same.
A birth or number of the same kind that differs keeps it from that. What is left is for a person to
look at, or was never vetted.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from primacy.kernels.names.persons import Person
from primacy.kernels.names.units import GATES, Verdict, in_words
from primacy.kernels.time import DateRange
from primacy.rooms.support import reconciling_words as words
from primacy.rooms.support.models import LineStanding
from primacy.rooms.support.reconciling_persons import ApprovedPersons, Held, described, held
from primacy.rooms.support.reconciling_units import NamedUnits

IN_PLACE = (
    "alternate", "replacement", "substitute", "reserve", "stand in", "remplacant", "remplacante",
    "suppleant", "suppleante", "suplente", "sustituto", "sustituta", "reemplazo",
)  # fmt: skip
"""What a list calls somebody who comes in the place of another."""


@dataclass(frozen=True)
class ListedLine:
    """A line of a list: a person, or of a hand-over note a unit. `row` as the sheet counts."""

    row: int
    name: str
    numbers: tuple[tuple[str, str], ...] = ()
    births: tuple[DateRange, ...] = ()
    unit: str = ""
    unit_code: str = ""
    replaces: str = ""
    takes_part_as: str = ""
    is_unit: bool = False


@dataclass(frozen=True)
class Approval:
    """Who was approved, with all that is known of them.

    `barred` and `expired` say why nothing may be handed over all the same. `seen` is as much of
    the person as is open to who asks, None where that is all.
    """

    recipient: str
    named: str
    unit: str = ""
    person: Person | None = None
    seen: Person | None = None
    barred: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineReading:
    """What holding a line against the approvals gave; row 0: approved, and not on the list."""

    row: int
    name: str
    unit_named: str
    standing: LineStanding
    recipient: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """The approval a line is, or may be, by its place among the approvals."""

    standing: LineStanding
    at: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass
class _List:
    """What is worked out while a list is read."""

    approvals: Sequence[Approval]
    units: NamedUnits
    persons: ApprovedPersons
    rows: dict[int, int] = field(default_factory=dict)
    """Of each approval the first line that is it."""
    near: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def as_units(self) -> dict[str, int]:
        """The place of the approval of each unit that is approved itself."""
        every = [(one.unit, at) for at, one in enumerate(self.approvals)
                 if one.person is None and one.unit]  # fmt: skip
        return dict(reversed(every))


def reconcile_lines(
    lines: Sequence[ListedLine],
    approvals: Sequence[Approval],
    units: NamedUnits,
    *,
    after: bool = False,
) -> list[LineReading]:
    """One reading a line, in the order of the list, then one for each approved who is not on it."""
    persons = ApprovedPersons([(one.person, one.unit) for one in approvals])
    whole = _List(approvals, units, persons)
    units.read(line.name if line.is_unit else line.unit for line in lines)
    found = [_unit_line(whole, line) if line.is_unit else _line(whole, line) for line in lines]
    for line, one in zip(lines, found, strict=True):
        if one.standing is LineStanding.NEAR and one.at is not None:
            whole.near[one.at].append(line.row)
    in_place = _Places(whole)
    readings = []
    for line, one in zip(lines, found, strict=True):
        last = in_place.of(line) if one.standing is LineStanding.NEVER else None
        readings.append(_reading(whole, line, _joined(one, last)))
    return [*readings, *_absent(whole, after=after)]


def _joined(found: _Found, place: _Found | None) -> _Found:
    """A line that was never vetted, with in whose place it stands or is said to stand."""
    if place is None:
        return found
    if place.standing is LineStanding.REPLACED:
        return place
    return replace(found, reasons=(*found.reasons, *place.reasons))


def _reading(whole: _List, line: ListedLine, found: _Found) -> LineReading:
    recipient = "" if found.at is None else whole.approvals[found.at].recipient
    reasons = found.reasons
    if found.standing is LineStanding.NEAR and found.at is not None and found.at in whole.rows:
        reasons = (words.near_row(whole.rows[found.at]), *reasons)
    unit = line.name if line.is_unit else line.unit or line.unit_code
    return LineReading(line.row, line.name, unit, found.standing, recipient, reasons)


def _line(whole: _List, line: ListedLine) -> _Found:
    """What a line that names a person is."""
    unit = whole.units.certain(line.unit, line.unit_code) if line.unit or line.unit_code else None
    asked = described(line.name, line.numbers, line.births, unit or "")
    found = [_open_to_asker(whole, asked, unit, *one) for one in whole.persons.find(asked, unit)]
    same = [(at, one) for at, one, closed in found if one.same and not closed]
    best = max((one.proof for _at, one in same), default=0)
    same = [(at, one) for at, one in same if one.proof == best]
    if len(same) > 1:
        names = [whole.approvals[at].named for at, _one in same]
        return _Found(LineStanding.NEAR, same[0][0], tuple(words.near_several(names)))
    if same:
        return _certain(whole, line, same[0][0], unit, words.approved(same[0][1].whys))
    near = [(at, one) for at, one, closed in found if one.worth_looking and not closed]
    if near:
        return _near(whole, *max(near, key=lambda pair: pair[1].rank))
    if any(closed for _at, _one, closed in found):
        return _Found(LineStanding.NEAR, None, tuple(words.near_closed()))
    return _never(whole, found, unit)


def _never(
    whole: _List, found: Sequence[tuple[int, Held, bool]], unit: str | None
) -> _Found:  # fmt: skip
    namesakes = [whole.approvals[at].named for at, one, _closed in found if one.name_same]
    reasons = words.never(namesakes)
    if unit is not None and unit in whole.as_units:
        reasons.append(words.never_as_person(whole.units.name_of(unit)))
    return _Found(LineStanding.NEVER, None, tuple(reasons))


def _open_to_asker(
    whole: _List, asked: Person, unit: str | None, at: int, one: Held
) -> tuple[int, Held, bool]:
    """What is found, by what of the record is open; and whether only the closed part tells.

    Who asks learns of a closed record that there is one, and whom to ask, not what stands in it.
    """
    approval = whole.approvals[at]
    if approval.seen is None:
        return at, one, False
    seen = held(asked, approval.seen, same_unit=unit is not None and unit == approval.unit)
    if seen.same and one.same:
        return at, seen, False
    if seen.worth_looking and not seen.same:
        return at, seen, False
    # The closed part speaks against it, or it alone speaks for it.
    telling = seen.same or one.same or one.by_number or (one.name_same and one.worth_looking)
    return at, seen, telling


def _near(whole: _List, at: int, one: Held) -> _Found:
    approval = whole.approvals[at]
    said = words.near(
        approval.named, one.whys, name_same=one.name_same, same_unit=one.same_unit
    )  # fmt: skip
    if approval.barred:
        said += words.near_is_barred(approval.barred)
    return _Found(LineStanding.NEAR, at, tuple(said))


def _certain(
    whole: _List, line: ListedLine, at: int, unit: str | None, because: str
) -> _Found:  # fmt: skip
    """What an approval that is certainly meant gives: whether it holds for this line."""
    approval = whole.approvals[at]
    first = whole.rows.setdefault(at, line.row)
    if approval.barred:
        return _Found(LineStanding.EXCLUDED, at, (because, *approval.barred))
    if first != line.row:
        return _Found(LineStanding.TWICE, at, (because, *words.twice(first)))
    if approval.expired:
        return _Found(LineStanding.EXPIRED, at, (because, *approval.expired))
    if not line.is_unit and approval.unit and (line.unit or unit):
        elsewhere = (
            unit != approval.unit
            if unit is not None
            else whole.units.apart(line.unit, approval.unit)
        )
        if elsewhere:
            names = (line.unit or line.unit_code, whole.units.name_of(approval.unit))
            return _Found(LineStanding.WRONG_UNIT, at, (because, *words.wrong_unit(*names)))
        if unit is None and line.unit:
            because = f"{because} {words.unit_unclear(line.unit)}"
    return _Found(LineStanding.APPROVED, at, (because,))


def _unit_line(whole: _List, line: ListedLine) -> _Found:
    """What a line that names a unit is."""
    approved = whole.as_units
    certain = whole.units.certain(line.name, line.unit_code)
    if certain is not None and certain in approved:
        at = approved[certain]
        because = words.same_unit(whole.approvals[at].named)[0]
        return _certain(whole, line, at, certain, because)
    if certain is not None:
        reasons = words.never_as_unit(whole.units.name_of(certain))
        return _Found(LineStanding.NEVER, None, tuple(reasons))
    match = whole.units.match(line.name)
    if match is not None and match.verdict is not Verdict.NO_MATCH:
        for candidate in match.candidates:
            if candidate.unit not in approved or whole.units.apart(line.name, candidate.unit):
                continue
            at = approved[candidate.unit]
            against = [in_words(reason) for reason in candidate.reasons if reason.why in GATES]
            said = words.near_unit(whole.approvals[at].named, against)
            return _Found(LineStanding.NEAR, at, tuple(said))
    return _Found(LineStanding.NEVER, None, tuple(words.no_unit()))


class _Places:
    """In whose place a line stands that nobody vetted: of an approved person who is not there."""

    def __init__(self, whole: _List) -> None:
        """After all lines were held against the approvals."""
        self._whole = whole
        self._missing: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(whole.approvals):
            if at not in whole.rows and not one.barred:
                self._missing[one.unit].append(at)

    def of(self, line: ListedLine) -> _Found | None:
        """Whom it replaces; a remark where the list says so of somebody who is there or unknown."""
        if line.replaces:
            return self._named(line)
        if not says_in_place(line.takes_part_as):
            return None
        unit = self._whole.units.certain(
            line.name if line.is_unit else line.unit, line.unit_code
        )  # fmt: skip
        missing = self._missing.get(unit or "", []) if unit is not None else []
        return self._taken(line, missing[0]) if len(missing) == 1 else None

    def _named(self, line: ListedLine) -> _Found:
        whole = self._whole
        meant: Callable[[str], list[int]] = self._units if line.is_unit else whole.persons.named
        found = meant(line.replaces)
        gone = [at for at in found if at not in whole.rows and not whole.approvals[at].barred]
        if len(gone) == 1:
            return self._taken(line, gone[0])
        there = [at for at in found if at in whole.rows]
        said = words.replaces_nobody(line.replaces)
        if there and not gone:
            at = there[0]
            said = words.replaces_present(whole.approvals[at].named, whole.rows[at])
        elif gone:
            said = words.near_several([whole.approvals[at].named for at in gone])[0]
        return _Found(LineStanding.NEVER, None, (said,))

    def _units(self, text: str) -> list[int]:
        at = self._whole.as_units.get(self._whole.units.certain(text) or "")
        return [] if at is None else [at]

    def _taken(self, line: ListedLine, at: int) -> _Found:
        self._whole.taken[at].append(line.row)
        said = words.replaces(self._whole.approvals[at].named)
        return _Found(LineStanding.REPLACED, at, tuple(said))


def _absent(whole: _List, *, after: bool) -> list[LineReading]:
    """A reading for each approval that holds and that no line certainly is."""
    found = []
    for at, one in enumerate(whole.approvals):
        if at in whole.rows or one.barred or one.expired:
            continue
        closed = one.seen is not None
        said = words.absent(after=after, rows=whole.near.get(at, ()), closed=closed)
        if taken := whole.taken.get(at):
            said.append(words.taken_by(taken))
        unit = whole.units.name_of(one.unit)
        standing = LineStanding.ABSENT
        found.append(LineReading(0, one.named, unit, standing, one.recipient, tuple(said)))
    return found


@lru_cache(maxsize=256)
def says_in_place(text: str) -> bool:
    """True where a list says that somebody takes part in the place of another."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if char.isalpha() or char.isspace() or char == "-")
    return " ".join(bare.replace("-", " ").split()) in IN_PLACE


def tally(readings: Sequence[LineReading]) -> Mapping[LineStanding, int]:
    """How many readings came out each way, all ways named."""
    found = dict.fromkeys(LineStanding, 0)
    for one in readings:
        found[one.standing] += 1
    return found
