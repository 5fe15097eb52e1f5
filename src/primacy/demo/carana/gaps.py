"""Which evidence a district never gave, and which it stopped giving: it must stay unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from primacy.demo.carana.profiles import Part, Profile
from primacy.platform.indicators import indicators

STOPPED = 0.5
"""From this share of the story a figure that is no longer handed in is missing."""

COUNTED = "incidents."
"""Indicators counted from the register of incidents; nobody hands them in."""

Gap = tuple[int, str]
"""A district and an indicator."""


@dataclass(frozen=True)
class Gaps:
    """What was never handed in, and what was handed in for the first part of the story only."""

    never: frozenset[Gap] = frozenset()
    stopped: frozenset[Gap] = frozenset()

    def given(self, at: int, indicator: str, share: float) -> bool:
        """True where the district hands this figure in at this share of the story."""
        gap = (at, indicator)
        return gap not in self.never and not (gap in self.stopped and share >= STOPPED)


def make_gaps(profiles: Sequence[Profile]) -> Gaps:
    """For each indicator one district that never keeps it and one that no longer does.

    They are spread over the middling and weak districts, but for the two with a story of their
    own: the first weak one, where a finding stands, and the last, which steps back.
    """
    middling = [at for at, one in enumerate(profiles) if one.part is Part.MIDDLING]
    weak = [at for at, one in enumerate(profiles) if one.part is Part.WEAK]
    among = [*middling, *weak[1:-1]]
    if not among:
        return Gaps()
    never, stopped = set(), set()
    codes = sorted(code for code in indicators() if not code.startswith(COUNTED))
    for number, code in enumerate(codes):
        first = among[number % len(among)]
        second = among[(number + 1 + len(among) // 3) % len(among)]
        if first != second or number % 2 == 0:
            never.add((first, code))
        if first != second or number % 2 == 1:
            stopped.add((second, code))
    return Gaps(frozenset(never), frozenset(stopped))
