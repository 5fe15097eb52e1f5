"""What is wrong with a cell of a sheet, or with a sheet as a whole."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

LEFT_OUT = gettext_noop("The row is left out. Correct it and load the file again.")
VALUE_LEFT_OUT = gettext_noop("The row is kept; this value is left out.")
KEPT = gettext_noop("The row is kept.")


class SheetsRefused(ValueError):
    """Files that are no such sheets, with what was expected and what to do."""


@dataclass(frozen=True)
class SheetProblem:
    """What is wrong with one cell: file, row, column, what was expected; a warning keeps it."""

    file: str
    row: int
    column: str
    value: str
    expected: str
    action: str = LEFT_OUT
    severity: str = "error"


class RowWrong(Exception):
    """A row that cannot be kept; it carries what is wrong with it."""

    def __init__(self, column: str, value: str, expected: str) -> None:
        super().__init__(f"{column}: {expected}")
        self.column = column
        self.value = value
        self.expected = expected
