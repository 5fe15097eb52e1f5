"""Four counters of training, never one: seats, persons, certified, qualified and present."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """One place taken in one session; `person` is empty where nobody wrote down who sat there.

    `certified_on` is set where this session ended in a certificate, `valid_until` where it ends.
    """

    person: str
    session: str
    held_on: dt.date
    certified_on: dt.date | None = None
    valid_until: dt.date | None = None

    def certifies_on(self, day: dt.date) -> bool:
        """True where a certificate of this seat holds on a day."""
        if self.certified_on is None or self.certified_on > day:
            return False
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True)
class FourCounters:
    """How far "trained" goes on a day. Each counter is at most the one before it."""

    as_of: dt.date
    seats: int
    persons: int
    certified: int
    qualified_and_present: int
    seats_without_person: int
    """Seats nobody is named for: they are persons too, but nobody can say how many."""


def four_counters(seats: Iterable[Seat], present: Collection[str], as_of: dt.date) -> FourCounters:
    """The counters on a day: sessions held by then, certificates that hold then, who is present.

    A seat entered twice for the same person and session is one seat.
    """
    held = [seat for seat in seats if seat.held_on <= as_of]
    named = {(seat.person, seat.session) for seat in held if seat.person}
    nameless = sum(not seat.person for seat in held)
    certified = {seat.person for seat in held if seat.person and seat.certifies_on(as_of)}
    return FourCounters(
        as_of=as_of,
        seats=len(named) + nameless,
        persons=len({person for person, _ in named}),
        certified=len(certified),
        qualified_and_present=len(certified & set(present)),
        seats_without_person=nameless,
    )
