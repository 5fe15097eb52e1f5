"""Who leads: the five steps from the mission to the local force alone, and ladders of them."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from primacy.kernels.readiness.errors import InvalidLadder


class Lead(StrEnum):
    """Who leads a responsibility, from the mission to the local force alone."""

    MISSION = "mission"
    JOINT = "joint"
    LOCAL_SUPPORTED = "local_supported"
    LOCAL_OVERSEEN = "local_overseen"
    LOCAL = "local"

    @property
    def letter(self) -> str:
        """The sign on the board: M, J, L+, L○ or L."""
        return _LETTERS[self]

    @property
    def rank(self) -> int:
        """0 for the mission up to 4 for the local force alone."""
        return LADDER.index(self)


LADDER: tuple[Lead, ...] = tuple(Lead)
"""All five steps. A mission's own ladder may skip some: Timor-Leste went from the mission
straight to a local lead under oversight."""

_LETTERS = dict(zip(LADDER, ("M", "J", "L+", "L○", "L"), strict=True))


def next_lead(lead: Lead, ladder: Sequence[Lead] = LADDER) -> Lead | None:
    """The next step up the ladder, or None at its top. `lead` need not be on the ladder."""
    return next((step for step in _checked(ladder) if step.rank > lead.rank), None)


def previous_lead(lead: Lead, ladder: Sequence[Lead] = LADDER) -> Lead | None:
    """The next step down the ladder, or None at its foot. `lead` need not be on the ladder."""
    return next((step for step in reversed(_checked(ladder)) if step.rank < lead.rank), None)


def _checked(ladder: Sequence[Lead]) -> tuple[Lead, ...]:
    """The ladder, if its steps rise from the mission towards the local force."""
    ranks = [step.rank for step in ladder]
    if not ranks or any(low >= high for low, high in pairwise(ranks)):
        raise InvalidLadder(
            "A ladder lists at least one lead, each once, from the mission towards local. "
            f"Got: {', '.join(ladder) or 'nothing'}."
        )
    return tuple(ladder)
