"""Who commanded a unit on a day: what the answer holds."""

import datetime as dt
from dataclasses import dataclass, field

from primacy.kernels.command.ranges import Span
from primacy.kernels.command.reasons import Reason
from primacy.kernels.command.tenures import Grounds, Tenure, date_of
from primacy.kernels.command.tree import NO_GROUNDS, LeftOut


@dataclass(frozen=True, slots=True)
class Commander:
    """One person who commanded, or may have commanded, on a day.

    A person stands here once, whatever number of claims speak for it: `postings` are all of them.
    `ultimate`: too senior for such a unit, so probably not the direct commander. `contested`:
    another person is certain for the same day as well.
    """

    person: str
    certain: bool
    acting: bool
    ultimate: bool
    contested: bool
    role: str
    title: str
    rank: str
    postings: tuple[str, ...]
    held: tuple[Tenure, ...] = field(default=(), repr=False, compare=False)
    grounds: Grounds = field(default=NO_GROUNDS, repr=False, compare=False)

    @property
    def known(self) -> tuple[Span, ...]:
        """The days that the claims speak of, overlapping and adjoining ones joined."""
        spans: list[list[int]] = []
        for first, last in sorted((one.first, one.last) for one in self.held):
            if spans and first <= spans[-1][1] + 1:
                spans[-1][1] = max(spans[-1][1], last)
            else:
                spans.append([first, last])
        return tuple(Span(date_of(first), date_of(last)) for first, last in spans)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the person is certain, or possible at most, and what else is to be said."""
        return self.grounds.reasons()


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Since which day nobody is known to have commanded, and why; None where nobody ever was."""

    since: dt.date | None
    reasons: tuple[Reason, ...]
    last_person: str = ""


@dataclass(frozen=True, slots=True)
class Commanders:
    """Who commanded a unit on a day, surest first. `vacancy` stands only where both are empty."""

    unit: str
    day: dt.date
    certain: tuple[Commander, ...] = ()
    possible: tuple[Commander, ...] = ()
    vacancy: Vacancy | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether several persons are certain for the day."""
        return any(one.contested for one in self.certain)

    @property
    def all(self) -> tuple[Commander, ...]:
        """The certain ones, then the possible ones."""
        return self.certain + self.possible
