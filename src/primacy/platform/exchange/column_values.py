"""Text columns turned into numbers and dates, with a mask of the values that could not be.

The fast path converts a whole column; only a column with a bad value is looked at one by one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BoolColumn = NDArray[np.bool_]
_BLANKS = frozenset({"", "NA", "N/A", "NULL", "null", "None", "nan", "NaN"})
_DIGITS_AT = (0, 1, 2, 3, 5, 6, 8, 9)
_SAMPLE = 400
_INT64 = np.iinfo(np.int64)


class _ReadInts(dict[str, int]):
    """The whole number of each text, read once."""

    def __missing__(self, text: str) -> int:
        number = self[text] = int(text)
        return number


def blank_mask(values: Sequence[str]) -> BoolColumn:
    """True where the value is empty or one of the usual words for "no value"."""
    return np.fromiter((value.strip() in _BLANKS for value in values), np.bool_, len(values))


def parse_ints(values: Sequence[str]) -> tuple[NDArray[np.int64], BoolColumn]:
    """The whole numbers and a mask of values that are none (0 stands there)."""
    if _plain(values):
        # Most columns repeat few values: looking a text up is far cheaper than reading it again.
        repeats = len(set(values[:_SAMPLE])) * 2 < len(values[:_SAMPLE])
        read = _ReadInts().__getitem__ if repeats else int
        try:
            numbers = np.fromiter(map(read, values), np.int64, len(values))
            return numbers, np.zeros(len(values), np.bool_)
        except (ValueError, OverflowError):
            pass
    numbers = np.zeros(len(values), np.int64)
    bad = np.zeros(len(values), np.bool_)
    for index, value in enumerate(values):
        number = _whole_number(value)
        if number is None:
            bad[index] = True
        else:
            numbers[index] = number
    return numbers, bad


def parse_floats(values: Sequence[str]) -> tuple[NDArray[np.float64], BoolColumn]:
    """The finite numbers and a mask of values that are none (NaN stands there)."""
    if _plain(values):
        try:
            numbers = np.array(list(map(float, values)), np.float64)
        except ValueError:
            pass
        else:
            return numbers, ~np.isfinite(numbers)
    numbers = np.array([_decimal_number(value) for value in values], np.float64)
    return numbers, ~np.isfinite(numbers)


def parse_dates(values: Sequence[str]) -> tuple[NDArray[np.datetime64], BoolColumn]:
    """The days and a mask of values that do not begin with a real date YYYY-MM-DD (NaT there).

    A time after the date ("2023-10-02 00:00:00.000", "2023-10-02T00:00:00") is cut off.
    """
    count = len(values)
    if count == 0:
        return np.empty(0, "datetime64[D]"), np.empty(0, np.bool_)
    marks = np.array(values, dtype="U11").view(np.uint32).reshape(count, 11).astype(np.int64)
    digits = marks[:, _DIGITS_AT] - ord("0")
    shaped = (
        ((digits >= 0) & (digits <= 9)).all(axis=1)
        & (marks[:, 4] == ord("-"))
        & (marks[:, 7] == ord("-"))
        & np.isin(marks[:, 10], (0, ord(" "), ord("T")))
    )
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month = digits[:, 4] * 10 + digits[:, 5]
    day = digits[:, 6] * 10 + digits[:, 7]
    possible = shaped & (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(possible, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(possible, day - 1, 0)
    # 31 April falls into May: a date is real only if it stays in its own month.
    bad = ~possible | (days.astype("datetime64[M]") != months)
    days[bad] = np.datetime64("NaT")
    return days, bad


def _plain(values: Sequence[str]) -> bool:
    """Whether no value uses digits Python would read but a UCDP file never holds."""
    text = "".join(values)
    return text.isascii() and "_" not in text


def _whole_number(value: str) -> int | None:
    """The number, also where a spreadsheet wrote "3.0" for 3."""
    if not _plain((value,)):
        return None
    try:
        number = int(value)
    except ValueError:
        decimal = _decimal_number(value)
        if not decimal.is_integer() or abs(decimal) >= 2**53:
            return None
        number = int(decimal)
    return number if _INT64.min <= number <= _INT64.max else None


def _decimal_number(value: str) -> float:
    """The number, or NaN."""
    if not _plain((value,)):
        return float("nan")
    try:
        return float(value)
    except ValueError:
        return float("nan")
