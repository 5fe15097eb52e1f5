"""Errors of the scores of forecasts.

ScoreError
├── BadDraws          draws that are no table of numbers, not finite, or negative where counts are
├── BadOutcomes       outcomes, events or labels that do not fit the forecasts
├── BadProbabilities  probabilities outside 0 to 1
├── BadSettings       a level, threshold, budget or price that cannot be
└── NotComparable     two forecasters that were not scored on the same unit-months
"""


class ScoreError(ValueError):
    """Any refusal to score."""


class BadDraws(ScoreError):
    """Draws that cannot be scored: no table, not finite, negative counts."""


class BadOutcomes(ScoreError):
    """Outcomes, events, masks or labels that do not fit the forecasts they belong to."""


class BadProbabilities(ScoreError):
    """Probabilities that are not numbers between 0 and 1."""


class BadSettings(ScoreError):
    """A level, a threshold, a list of bins, a budget or a price that cannot be."""


class NotComparable(ScoreError):
    """Two forecasters that were not scored on the same unit-months, in the same order."""
