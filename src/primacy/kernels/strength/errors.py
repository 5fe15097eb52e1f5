"""All errors of counting strength.

StrengthError (ValueError)
├── BadCount       fewer than no heads
└── BadAbsence     an absence that ends before it begins
"""


class StrengthError(ValueError):
    """Input that cannot be counted; the message says what to change."""


class BadCount(StrengthError):
    """A count below zero."""


class BadAbsence(StrengthError):
    """An absence that ends before it begins."""
