"""Errors of the forecast kernel. Those of its scores are in `scores/errors.py`.

ForecastError
├── BadMonth          a month that is none
├── BadPanel          counts that do not fit their units and months
├── BadNeighbours     a neighbour matrix that does not fit the units, or rings that overlap
├── BadSample         weights, levels or draws that are none
├── TooLittleHistory  a cut with too few months or events before it
├── BadSettings       settings of a model that cannot be
└── CannotResume      finished origins of another backtest
"""


class ForecastError(ValueError):
    """Any refusal of this kernel."""


class BadMonth(ForecastError):
    """A month outside the calendar, or a range that ends before it begins."""


class BadPanel(ForecastError):
    """Counts, units and months that do not fit each other."""


class BadNeighbours(ForecastError):
    """A neighbour matrix of another size than the panel, with negative or no finite weights."""


class BadSample(ForecastError):
    """Weights that do not make a distribution, or a number of draws that is none."""


class TooLittleHistory(ForecastError):
    """A data cut with too little before it to forecast from."""


class BadSettings(ForecastError):
    """Settings of a model or a backtest outside their range."""


class CannotResume(ForecastError):
    """Origins done by a backtest with other data, models or settings."""
