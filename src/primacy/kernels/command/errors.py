"""All errors of the command kernel.

CommandError (ValueError)
├── BadRange           days that do not make a range
│   ├── EmptyRange         no day at all
│   ├── HalfRange          a first day without a last one, or the other way round
│   ├── BackwardRange      the last day before the first
│   ├── GapInRange         precise and imprecise days that do not join
│   └── FuzzyDate          a month or a year where a day is asked for
└── BadClaim           a claim that says nothing: a rename of three units, an unknown kind
"""


class CommandError(ValueError):
    """Input the kernel cannot read; the message says what to change."""


class BadRange(CommandError):
    """Days that do not make a range."""


class EmptyRange(BadRange):
    """No day is given."""


class HalfRange(BadRange):
    """A first day without a last day, or a last day without a first."""


class BackwardRange(BadRange):
    """The last day comes before the first."""


class GapInRange(BadRange):
    """Days lie between the precise and the imprecise range."""


class FuzzyDate(BadRange):
    """A month, a year or a moment where a day is needed."""


class BadClaim(CommandError):
    """A claim that cannot be read; the message names it."""
