"""The index over postings: built once, it says who commanded which unit on any day.

What keeps a person off the answer: the posting ended; the role does not command; the unit stands
for one that is not known; the person died or left; somebody else certainly took the command; the
person took another one; the claim is too old to speak of the day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import cast

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.command.claims import Departure, EndOfService, Posting, Seniority
from primacy.kernels.command.commanders import Commander, Commanders, Vacancy
from primacy.kernels.command.lineage import LEFT, Descent, departures
from primacy.kernels.command.ranges import Holding
from primacy.kernels.command.reasons import Reason, Why
from primacy.kernels.command.tenures import (
    LOW,
    Grounds,
    Tenure,
    close_open_ends,
    tenure,
    why_it_does_not,
)
from primacy.kernels.command.tree import LeftOut

REACH_DAYS = 3653
"""How long before its first and after its last known day an open posting still is possible: ten
years. Few commands last longer, and a chart must not show who was heard of a generation ago."""

_NO_SENIORITY = Seniority()


class Posts:
    """All postings of a register, ready to be asked for the commanders of a day."""

    def __init__(
        self,
        postings: Iterable[Posting],
        descent: Descent,
        *,
        ends: Iterable[EndOfService] = (),
        placeholders: Collection[str] = (),
        seniority: Seniority = _NO_SENIORITY,
        reach_days: int | None = REACH_DAYS,
    ) -> None:
        self.descent = descent
        self._seniority = seniority
        self._seats: dict[str, int] = {}
        self._held: list[Tenure] = []
        self._silent: dict[str, list[tuple[Posting, Reason]]] = defaultdict(list)
        blank = {descent.body(unit) for unit in placeholders}
        for posting in sorted(postings, key=lambda p: p.id):
            self._read(posting, blank)
        self._bury(departures(ends))
        close_open_ends(self._held, Why.OTHER_COMMANDER)
        self._close_by_moves()
        if reach_days is not None:
            self._limit(reach_days)
        self._of_seat: dict[int, list[Tenure]] = defaultdict(list)
        for one in self._held:
            self._of_seat[one.seat].append(one)
        self._first = _array([one.begin for one in self._held])
        self._last = _array([one.end for one in self._held])

    def units(self) -> tuple[str, ...]:
        """The units that any commanding posting speaks of."""
        return tuple(self._seats)

    def commander_at(self, unit: str, day: dt.date) -> Commanders:
        """Who commanded a unit on a day, with what was left out and why."""
        seat = self._seats.get(self.descent.body(unit), -1)
        found = self._commanders(unit, seat, self._of_seat.get(seat, []), day)
        return Commanders(
            found.unit,
            day,
            found.certain,
            found.possible,
            found.vacancy,
            self._left_out(unit, seat, day),
        )

    def commanders_at(self, day: dt.date) -> dict[str, Commanders]:
        """Of every unit with a commanding posting who commanded on a day, by its id of the day."""
        number = day.toordinal()
        live: dict[int, list[Tenure]] = defaultdict(list)
        for place in np.flatnonzero((self._first <= number) & (number <= self._last)).tolist():
            live[self._held[place].seat].append(self._held[place])
        found = {}
        for body, seat in self._seats.items():
            unit = self.descent.identity_at(body, day)
            found[unit] = self._commanders(unit, seat, live.get(seat, []), day)
        return found

    def _read(self, posting: Posting, blank: Collection[str]) -> None:
        """Keeps a posting that may command; any other with the reason that it does not."""
        body = self.descent.body(posting.unit)
        words = posting.role or posting.title
        if body in blank:
            self._silent[body].append((posting, Reason(Why.PLACEHOLDER, claim=posting.id)))
        elif posting.commanding is False:
            why = Reason(Why.NOT_COMMANDING, text=words, claim=posting.id)
            self._silent[body].append((posting, why))
        elif posting.commanding is None and not words:
            self._silent[body].append((posting, Reason(Why.NO_ROLE, claim=posting.id)))
        else:
            seat = self._seats.setdefault(body, len(self._seats))
            direct = not self._seniority.too_senior(posting.rank, posting.unit)
            one = tenure(
                seat,
                posting.person,
                posting,
                certain=posting.commanding is True,
                takes_over=direct and not posting.acting,
            )
            if posting.commanding is None:
                one.weaker = one.weaker or Reason(Why.ROLE_UNKNOWN, text=words, claim=posting.id)
            self._held.append(one)

    def _bury(self, left: Mapping[str, list[tuple[int, EndOfService]]]) -> None:
        """Nobody commands after death; an open posting ends with the service."""
        for one in self._held:
            for day, end in left.get(str(one.holder), ()):
                dead = end.kind is Departure.DIED
                if one.end <= day or not (dead or day >= one.stated_to):
                    continue
                one.end = day
                one.cut_end = (LEFT[end.kind], day, end)
                if dead:
                    one.sure_to = min(one.sure_to, day)

    def _close_by_moves(self) -> None:
        """Closes open ends of persons who certainly took, or came from, another command.

        Somebody known to hold both at once is left alone: the claim that says so reaches past the
        day of the move.
        """
        moves: dict[int | str, list[Tenure]] = defaultdict(list)
        for one in self._held:
            if one.sure and one.takes_over:
                moves[one.holder].append(one)
        for one in self._held:
            for move in moves.get(one.holder, ()):
                if move.seat != one.seat:
                    _close_by_move(one, move)

    def _limit(self, reach: int) -> None:
        for one in self._held:
            if one.last != LOW and one.end > one.last + reach:
                one.end = one.last + reach
                one.cut_end = (Why.LONG_AGO, one.last, one.claim)
            if one.first != LOW and one.begin < one.first - reach:
                one.begin = one.first - reach
                one.cut_begin = (Why.LONG_BEFORE, one.first, one.claim)

    def _commanders(self, unit: str, seat: int, held: list[Tenure], day: dt.date) -> Commanders:
        gone = self.descent.ended(unit, day)
        if gone is not None:
            return Commanders(unit, day, vacancy=Vacancy(gone.day, (gone,)))
        number = day.toordinal()
        by_person: dict[int | str, list[tuple[Holding, Tenure]]] = defaultdict(list)
        for one in held:
            holding = one.holds(number)
            if holding is not Holding.NO:
                by_person[one.holder].append((holding, one))
        if not by_person:
            return Commanders(unit, day, vacancy=self._vacancy(seat, number))
        rivals = [
            str(person)
            for person, claims in by_person.items()
            if any(h is Holding.CERTAIN and t.takes_over for h, t in claims)
        ]
        maybe = self.descent.maybe_ended(unit, day)
        found = [
            _commander(str(person), claims, number, rivals, maybe, self._seniority)
            for person, claims in by_person.items()
        ]
        if len(found) > 1:
            found.sort(key=_order)
        return Commanders(
            unit,
            day,
            tuple(c for c in found if c.certain),
            tuple(c for c in found if not c.certain),
        )

    def _vacancy(self, seat: int, day: int) -> Vacancy:
        """Since when nobody commands: the day after the last on which anybody may have."""
        last, until = None, LOW
        for one in self._of_seat.get(seat, ()):
            if until < one.end < day and one.begin <= one.end:
                last, until = one, one.end
        if last is None:
            return Vacancy(None, (Reason(Why.NEVER),))
        since = dt.date.fromordinal(until + 1)
        return Vacancy(since, (why_it_does_not(last, day),), str(last.holder))

    def _left_out(self, unit: str, seat: int, day: dt.date) -> tuple[LeftOut, ...]:
        """The postings to the unit that do not count on the day, and why."""
        number = day.toordinal()
        gone = self.descent.ended(unit, day)
        found = []
        for one in self._of_seat.get(seat, ()):
            holding = one.holds(number)
            if gone is not None and holding is not Holding.NO:
                reason = gone
            elif holding is Holding.NO:
                reason = why_it_does_not(one, number)
            else:
                continue
            found.append(LeftOut(one.claim.id, reason, unit, person=str(one.holder)))
        for posting, why in self._silent.get(self.descent.body(unit), ()):
            if posting.range.holds(day) is not Holding.NO:
                found.append(LeftOut(posting.id, why, unit, person=posting.person))
        return tuple(found)


def _close_by_move(one: Tenure, move: Tenure) -> None:
    took, left = move.claim.range.starting, move.claim.range.ending
    if took and move.sure_from > one.stated_to and move.sure_from - 1 < one.end:
        one.end = move.sure_from - 1
        one.cut_end = (Why.MOVED, move.sure_from, move.claim)
    if left and move.last < one.stated_from and move.last + 1 > one.begin:
        one.begin = move.last + 1
        one.cut_begin = (Why.CAME_FROM, move.last, move.claim)


def _commander(
    person: str,
    claims: list[tuple[Holding, Tenure]],
    day: int,
    rivals: list[str],
    maybe: Reason | None,
    seniority: Seniority,
) -> Commander:
    """One person from all claims that put them in command on the day."""
    if len(claims) > 1:
        claims.sort(key=_weight)
    best = claims[0][0]
    certain = best is Holding.CERTAIN
    held = tuple([one for _, one in claims])
    counted = tuple([one for holding, one in claims if holding is best])
    postings = [_posting(one) for one in held]
    leading = postings[: len(counted)]
    acting = all([posting.acting for posting in leading])
    ultimate = any([seniority.too_senior(p.rank, p.unit) for p in leading])
    others = [p for p in rivals if p != person] if certain and not acting and not ultimate else []
    rank = _first([posting.rank for posting in postings])
    after: tuple[Reason, ...] = ()
    if acting:
        after += (Reason(Why.ACTING, claim=leading[0].id),)
    if ultimate:
        after += (Reason(Why.TOO_SENIOR, text=rank, claim=leading[0].id),)
    after += tuple([Reason(Why.CONTESTED_COMMANDER, person=other) for other in others])
    if maybe is not None:
        after += (maybe,)
    return Commander(
        person,
        certain,
        acting,
        ultimate,
        bool(others),
        _first([posting.role for posting in postings]),
        _first([posting.title for posting in postings]),
        rank,
        tuple([posting.id for posting in postings]),
        held,
        Grounds(day, counted[:1] if certain else counted, (), after),
    )


def _weight(claim: tuple[Holding, Tenure]) -> tuple[int, bool, bool, int, str]:
    """The surest claim leads; a titled one before one without a title; the newest."""
    holding, one = claim
    posting = _posting(one)
    return -holding, not posting.title, not posting.role, -one.first, posting.id


def _posting(one: Tenure) -> Posting:
    return cast(Posting, one.claim)


def _first(words: list[str]) -> str:
    """The first word that is one; postings without a title or rank add nothing."""
    return next(filter(None, words), "")


def _order(one: Commander) -> tuple[bool, bool, bool, int, str]:
    """Certain persons first, the direct before the ultimate, the newest before others."""
    newest = max([tenure.first for tenure in one.held])
    return not one.certain, one.ultimate, one.acting, -newest, one.person


def _array(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)
