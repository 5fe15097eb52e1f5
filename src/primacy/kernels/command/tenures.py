"""Who can have held a seat on which days: a unit under a superior, a person in command.

A seat is held by one holder at a time. So where a claim leaves its end open, or knows it only to
be within some days, what is certain of the days after closes it: another holder, or the end of
the same tenure in another claim. It is the same with its beginning. The days are worked out once;
asking for a day is then a comparison.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from primacy.kernels.command.claims import MAY_BE_CERTAIN, Status
from primacy.kernels.command.ranges import Holding, Range
from primacy.kernels.command.reasons import Reason, Why

LOW = 0
HIGH = dt.date.max.toordinal() + 1


class Cited(Protocol):
    """Anything claimed."""

    @property
    def id(self) -> str:
        """The id of the claim."""
        ...


class Claimed(Cited, Protocol):
    """What a tenure needs to know of its claim."""

    @property
    def range(self) -> Range:
        """Its days."""
        ...

    @property
    def status(self) -> Status:
        """How far it may be relied on."""
        ...


@dataclass(slots=True)
class Tenure:
    """One claim that `holder` held `seat`; days as ordinals, both ends included.

    `sure_from` to `sure_to` are the days beyond doubt, `begin` to `end` those that are possible.
    `first` and `last` are the days the claim speaks of, `stated_from` and `stated_to` the precise
    ones among them where it has such.
    """

    seat: int
    holder: int | str
    claim: Claimed
    sure_from: int
    sure_to: int
    first: int
    last: int
    stated_from: int
    stated_to: int
    begin: int
    end: int
    precise: bool
    relied_on: bool
    takes_over: bool
    cut_begin: "Cut | None" = None
    cut_end: "Cut | None" = None
    weaker: Reason | None = None
    """Why it is possible at most, though days are stated."""

    @property
    def sure(self) -> bool:
        """Whether there is a day beyond doubt."""
        return self.sure_from <= self.sure_to

    def holds(self, day: int) -> Holding:
        """Certain, possible or no, for one day."""
        if self.sure_from <= day <= self.sure_to:
            return Holding.CERTAIN
        return Holding.POSSIBLE if self.begin <= day <= self.end else Holding.NO


Cut = tuple[Why, int, Cited]
"""Why a tenure cannot reach further: the reason, its day, and the claim that closed it."""

_NAMED = {
    Why.OTHER_COMMANDER: ("person", "person"),
    Why.OTHER_SUPERIOR: ("unit", "superior"),
    Why.OTHER_NAME: ("text", "text"),
    Why.MOVED: ("unit", "unit"),
    Why.CAME_FROM: ("unit", "unit"),
}
"""For a reason that names somebody: its own field, and the field of the claim that says whom."""


def tenure(
    seat: int, holder: int | str, claim: Claimed, *, certain: bool = True, takes_over: bool = True
) -> Tenure:
    """The tenure of one claim by itself.

    `certain` False makes it possible at most. `takes_over` False keeps it from closing the open
    ends of others.
    """
    days = claim.range
    span, earliest, latest = days.certain, days.first, days.last
    accepted = claim.status in MAY_BE_CERTAIN
    relied_on = accepted and certain
    first = earliest.toordinal() if earliest else LOW
    last = latest.toordinal() if latest else LOW
    stated_from, stated_to = first, last
    if span is not None and span.first is not None and span.last is not None:
        stated_from, stated_to = span.first.toordinal(), span.last.toordinal()
    sure = relied_on and span is not None
    weaker = None
    if not accepted:
        weaker = Reason(Why.STATUS, text=claim.status.replace("_", " "), claim=claim.id)
    return Tenure(
        seat=seat,
        holder=holder,
        claim=claim,
        sure_from=stated_from if sure else HIGH,
        sure_to=stated_to if sure else LOW,
        first=first,
        last=last,
        stated_from=stated_from,
        stated_to=stated_to,
        begin=first if days.starting else LOW,
        end=last if days.ending and latest else HIGH,
        precise=span is not None,
        relied_on=relied_on,
        takes_over=takes_over and relied_on,
        weaker=weaker,
    )


def close_open_ends(tenures: Iterable[Tenure], other: Why) -> None:
    """Closes the open ends of all tenures of each seat by what is certain of the seat.

    `other` is the reason to give where another holder took the seat.
    """
    seats: dict[int, list[Tenure]] = defaultdict(list)
    for one in tenures:
        seats[one.seat].append(one)
    for held in seats.values():
        if len(held) < 2:
            continue
        for one in held:
            if one.end > one.stated_to:
                _close_end(one, held, other)
            if one.begin < one.stated_from:
                _close_begin(one, held, other)


def _close_end(one: Tenure, held: list[Tenure], other: Why) -> None:
    for rival in held:
        if rival is one:
            continue
        if rival.holder == one.holder:
            closed = rival.relied_on and rival.claim.range.ending and rival.last >= one.last
            if closed and rival.last < one.end:
                one.end = rival.last
                one.cut_end = (Why.OWN_END, rival.last, rival.claim)
        elif rival.takes_over and rival.sure and rival.sure_to > one.stated_to:
            day = max(rival.sure_from, one.stated_to + 1)
            if day - 1 < one.end:
                one.end = day - 1
                one.cut_end = (other, day, rival.claim)


def _close_begin(one: Tenure, held: list[Tenure], other: Why) -> None:
    for rival in held:
        if rival is one:
            continue
        if rival.holder == one.holder:
            known = rival.relied_on and rival.claim.range.starting and rival.first <= one.first
            if known and rival.first > one.begin:
                one.begin = rival.first
                one.cut_begin = (Why.OWN_START, rival.first, rival.claim)
        elif rival.takes_over and rival.sure and rival.sure_from < one.stated_from:
            day = min(rival.sure_to, one.stated_from - 1)
            if day + 1 > one.begin:
                one.begin = day + 1
                one.cut_begin = (other, day, rival.claim)


def why_it_holds(one: Tenure, day: int) -> Reason:
    """The reason that a tenure is certain or possible on a day."""
    claim = one.claim
    if one.precise and one.stated_from <= day <= one.stated_to:
        return one.weaker or Reason(Why.STATED, claim=claim.id)
    if one.last != LOW and day > one.last:
        return Reason(Why.AFTER_LAST, day=claim.range.last, claim=claim.id)
    if one.first == LOW and one.last == LOW:
        return Reason(Why.UNDATED, claim=claim.id)
    if one.first != LOW and day < one.first:
        return Reason(Why.BEFORE_FIRST, day=claim.range.first, claim=claim.id)
    until = claim.range.last_imprecise
    if claim.range.first_imprecise is None or until is None:
        return Reason(Why.UNDATED, claim=claim.id)
    return Reason(Why.WITHIN, day=claim.range.first_imprecise, until=until, claim=claim.id)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer for a day rests on; put into reasons only where somebody asks for them."""

    day: int = LOW
    held: tuple[Tenure, ...] = ()
    before: tuple[Reason, ...] = ()
    after: tuple[Reason, ...] = ()

    def reasons(self) -> tuple[Reason, ...]:
        """The reasons in order: what weighs most, each claim's own, what else is to be said."""
        own = [why_it_holds(one, self.day) for one in self.held]
        if {Why.AFTER_LAST, Why.BEFORE_FIRST} <= {reason.why for reason in own}:
            own.insert(0, Reason(Why.BOTH_SIDES))
        return tuple(dict.fromkeys((*self.before, *own, *self.after)))


def why_it_does_not(one: Tenure, day: int) -> Reason:
    """The reason that a tenure does not hold on a day."""
    if day > one.end:
        why, known, claim = one.cut_end or (Why.ENDED, one.end, one.claim)
    else:
        why, known, claim = one.cut_begin or (Why.NOT_BEGUN, one.begin, one.claim)
    named, field = _NAMED.get(why, ("", ""))
    who = str(getattr(claim, field)) if field else ""
    return Reason(
        why,
        day=date_of(known),
        unit=who if named == "unit" else "",
        person=who if named == "person" else "",
        text=who if named == "text" else "",
        claim=claim.id,
    )


def date_of(day: int) -> dt.date | None:
    """The day of a number; None for an end without a day."""
    return dt.date.fromordinal(day) if LOW < day < HIGH else None
