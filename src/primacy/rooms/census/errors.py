"""Errors of the census.

CensusError
├── NoSuchRound        no such round, question, cohort or objection open to the viewer
├── BadRound           a round, range or figure that cannot be
├── BadQuestion        an answer, contest or settlement that lacks something
├── BadCohort          a recruitment that cannot be, or cannot be confirmed yet
├── Withheld           records above the viewer's clearance belong to what was asked
└── CensusFileRefused  a file that cannot be read as a whole (also an `ImportRefused`)
"""

from primacy.platform.imports.errors import ImportRefused


class CensusError(Exception):
    """Any refusal that concerns the census."""


class NoSuchRound(CensusError):
    """No such record is open to the viewer."""


class BadRound(CensusError):
    """A round, a range of numbers or a figure that cannot be."""


class BadQuestion(CensusError):
    """A move of a question that lacks something."""


class BadCohort(CensusError):
    """A recruitment that cannot be, or cannot be confirmed yet."""


class Withheld(CensusError):
    """What was asked rests on records the viewer may not read; nothing is said in part."""


class CensusFileRefused(ImportRefused, CensusError):
    """The file cannot be read; nothing was changed."""
