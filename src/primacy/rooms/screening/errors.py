"""Errors of screening.

ScreeningError
├── NoSuchScreening  no such screening, roster, list, match or task is open to the viewer
├── ListRefused      a list file is not loaded; nothing was changed
├── RosterRefused    a roster sheet is not taken; nothing was changed
├── NothingToSearch  a screening that would be held against nothing
└── BadJudgement     a decision without reasons, or by nobody
"""


class ScreeningError(ValueError):
    """Any refusal that concerns screening."""


class NoSuchScreening(ScreeningError):
    """Nothing of this kind here that is open to the viewer."""


class ListRefused(ScreeningError):
    """A list file is not loaded."""


class RosterRefused(ScreeningError):
    """A roster sheet is not taken."""


class NothingToSearch(ScreeningError):
    """Nobody to ask for, or nothing to hold them against."""


class BadJudgement(ScreeningError):
    """A decision that cannot be taken as it stands."""
