"""The clock of the site: the machine's, or within `standing` one that an exercise moves.

Actions and reads ask this module, never the machine, so that a demonstration country can be
built through the same services as real records, on the days its story tells.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import timezone

TICK = dt.timedelta(milliseconds=1)
"""What passes between two questions to an exercise clock: acts keep their order."""


@dataclass
class ExerciseClock:
    """A clock that stands until it is moved, but for one tick a question."""

    moment: dt.datetime

    def move_to(self, moment: dt.datetime) -> None:
        """Sets the clock; it goes forward only, as the audit log does."""
        if moment < self.moment:
            raise ValueError(f"the clock stands at {self.moment} and cannot go back to {moment}")
        self.moment = moment

    def ask(self) -> dt.datetime:
        """The moment, one tick after the last one told."""
        self.moment += TICK
        return self.moment


_standing: ContextVar[ExerciseClock | None] = ContextVar("primacy_clock", default=None)


def now() -> dt.datetime:
    """The moment an act happens, in UTC."""
    clock = _standing.get()
    return clock.ask() if clock else timezone.now()


def today() -> dt.date:
    """The day of the site."""
    clock = _standing.get()
    return clock.moment.date() if clock else timezone.localdate()


@contextmanager
def standing(moment: dt.datetime) -> Iterator[ExerciseClock]:
    """An exercise clock for everything within; the caller moves it."""
    clock = ExerciseClock(moment)
    token = _standing.set(clock)
    try:
        yield clock
    finally:
        _standing.reset(token)
