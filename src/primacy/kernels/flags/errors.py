"""All errors of the rules.

FlagsError (ValueError)
├── BadForce       a register in which one row stands twice or a month is no month
├── BadLimits      limits nobody can apply
└── NoSuchRule     a code that no rule has
"""


class FlagsError(ValueError):
    """Input the rules refuse; the message says what to change."""


class BadForce(FlagsError):
    """Records that contradict themselves as records."""


class BadLimits(FlagsError):
    """Limits that cannot be applied."""


class NoSuchRule(FlagsError):
    """No rule has this code."""
