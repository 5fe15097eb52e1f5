"""Errors of claims.

ClaimError
├── BadClaim       a claim that cannot stand: no citation, dates that leave a gap, no reason
├── NoSuchClaim    no claim with this id is open to the viewer
└── ClaimMoved     somebody else corrected or withdrew it first
"""

from collections.abc import Sequence


class ClaimError(Exception):
    """Any refusal that concerns claims."""


class BadClaim(ClaimError):
    """A claim that cannot stand as written; `reasons` holds each of what is wrong."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class NoSuchClaim(ClaimError):
    """No such claim, or it is not open to the viewer."""


class ClaimMoved(ClaimError):
    """A newer version was recorded since the one that was to be replaced."""
