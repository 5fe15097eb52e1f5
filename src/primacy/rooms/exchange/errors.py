"""What can go wrong with an exchange.

ExchangeError
└── ExchangeRefused   files of sheets that are refused as a whole
"""


class ExchangeError(ValueError):
    """The root of all refusals of this room."""


class ExchangeRefused(ExchangeError):
    """Files that are refused as a whole, or an undoing without a reason."""
