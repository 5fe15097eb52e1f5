"""Months by number, as VIEWS counts them: 1 is January 1980.

Source: Hegre et al. (2019), "ViEWS: A political violence early-warning system", Journal of Peace
Research 56(2), whose `month_id` this is.
"""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.forecast.errors import BadMonth

EPOCH_YEAR = 1980


def month_id(year: int, month: int) -> int:
    """The number of a month: 1 for January 1980, 457 for January 2018; below 1 before 1980.

    Raises `BadMonth` for a month outside 1..12.
    """
    if not 1 <= month <= 12:
        raise BadMonth(f"There is no month {month}; give 1 to 12.")
    return (year - EPOCH_YEAR) * 12 + month


def year_and_month(number: int) -> tuple[int, int]:
    """The year and the month (1..12) of a month number."""
    years, month = divmod(number - 1, 12)
    return EPOCH_YEAR + years, month + 1


def month_of(day: dt.date) -> int:
    """The number of the month a day lies in."""
    return month_id(day.year, day.month)


def first_day(number: int) -> dt.date:
    """The first day of a month."""
    return dt.date(*year_and_month(number), 1)


def last_complete_month(day: dt.date) -> int:
    """The last month that was over on a day: that of the day itself only on its last day."""
    number = month_of(day)
    over = first_day(number + 1) - day == dt.timedelta(days=1)
    return number if over else number - 1


def months_between(first: int, last: int) -> NDArray[np.int64]:
    """The month numbers from `first` to `last`, both included.

    Raises `BadMonth` where the last lies before the first.
    """
    if last < first:
        raise BadMonth(f"Month {last} lies before month {first}.")
    return np.arange(first, last + 1, dtype=np.int64)
