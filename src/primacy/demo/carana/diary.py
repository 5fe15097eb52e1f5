"""The diary: acts by the day they happen on, carried out in that order under an exercise clock."""

import datetime as dt
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from primacy.platform.clock import ExerciseClock

Act = Callable[[], object]
OFFICE_OPENS = dt.time(6, 0, tzinfo=dt.UTC)


@dataclass
class Diary:
    """Acts to come. Acts of one day keep the order in which they were written down."""

    _acts: list[tuple[dt.date, int, Act]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def on(self, day: dt.date, act: Act) -> None:
        """Writes an act down for a day; an act may write down others for later days."""
        heapq.heappush(self._acts, (day, next(self._numbers), act))

    def carry_out(self, clock: ExerciseClock, progress: Callable[[str], None]) -> None:
        """Does every act on its day; the clock moves with them and never goes back."""
        month = ""
        while self._acts:
            day, _, act = heapq.heappop(self._acts)
            morning = dt.datetime.combine(day, OFFICE_OPENS)
            if morning > clock.moment:
                clock.move_to(morning)
            if month != f"{day:%Y-%m}":
                month = f"{day:%Y-%m}"
                progress(month)
            act()
