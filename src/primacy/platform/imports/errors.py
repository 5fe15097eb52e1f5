"""Errors of imports.

ImportRefused           nothing was changed; the message says what was wrong and what to do
├── RowsRefused         bad rows, and the user chose "all or nothing"
├── BadState            the batch cannot be loaded or undone in its present state
└── TooLarge            the file is above the limit of this site
"""


class ImportRefused(Exception):
    """The import was refused and nothing was changed."""


class RowsRefused(ImportRefused):
    """Some rows are bad, and only a whole file was wanted."""


class BadState(ImportRefused):
    """The batch is not in a state that allows this."""


class TooLarge(ImportRefused):
    """The file is larger than this site accepts."""
