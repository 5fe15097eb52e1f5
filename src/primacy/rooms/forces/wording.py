"""Figures and spans of days in words, the way sources state them."""

import calendar
import datetime as dt

QUALIFIERS = {
    "about": "about",
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
}
"""How a source bounds a figure; "exact" has no word, and "by" bounds the day and not the figure."""


def figure_words(
    value: float | None,
    *,
    low: float | None = None,
    high: float | None = None,
    qualifier: str = "",
    unit: str = "",
) -> str:
    """A figure with its bound, range and unit: "more than 9,000 personnel"; empty for none."""
    if value is None and low is None and high is None:
        return ""
    if value is None:
        text = f"{_number(low, unit)} to {_number(high, unit)}"
    else:
        text = _number(value, unit)
        if low is not None and high is not None:
            text += f" ({_number(low, unit)} to {_number(high, unit)})"
    after = "" if unit in ("share", "percent") else unit
    return " ".join(part for part in (QUALIFIERS.get(qualifier, ""), text, after) if part)


def span_words(first: dt.date, last: dt.date) -> str:
    """The span as short as it is exact: 1 July 2016 · July 2016 · 2011 · 2006 to 2012."""
    if first == last:
        return _day(first)
    starts_year, ends_year = (first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31)
    if starts_year and ends_year:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if whole_months:
        return f"{first:%B %Y} to {last:%B %Y}"
    return f"{_day(first)} to {_day(last)}"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "not known"
    if unit in ("share", "percent"):
        return f"{value * (100 if unit == 'share' else 1):,.4g} %"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
