"""Figures and spans of days in words, the way sources state them."""

import calendar
import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.language.dates import long_day, month
from primacy.platform.language.figures import as_written

QUALIFIERS = {
    "about": gettext_lazy("about"),
    "at_least": gettext_lazy("at least"),
    "at_most": gettext_lazy("at most"),
    "more_than": gettext_lazy("more than"),
    "less_than": gettext_lazy("less than"),
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
        text = _("%(number)s to %(number_2)s") % {
            "number": _number(low, unit),
            "number_2": _number(high, unit),
        }
    else:
        text = _number(value, unit)
        if low is not None and high is not None:
            text += _(" (%(number)s to %(number_2)s)") % {
                "number": _number(low, unit),
                "number_2": _number(high, unit),
            }
    after = "" if unit in ("share", "percent") else unit
    return " ".join(part for part in (str(QUALIFIERS.get(qualifier, "")), text, after) if part)


def span_words(first: dt.date, last: dt.date) -> str:
    """The span as short as it is exact: 1 July 2016 · July 2016 · 2011 · 2006 to 2012."""
    if first == last:
        return _day(first)
    starts_year, ends_year = (first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31)
    if starts_year and ends_year:
        return (
            str(first.year)
            if first.year == last.year
            else _("%(year)s to %(year_2)s") % {"year": first.year, "year_2": last.year}
        )
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return month(first)
    if whole_months:
        return _("%(first)s to %(last)s") % {
            "first": month(first),
            "last": month(last),
        }
    return _("%(day)s to %(day_2)s") % {"day": _day(first), "day_2": _day(last)}


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return _("not known")
    if unit in ("share", "percent"):
        return as_written(f"{value * (100 if unit == 'share' else 1):,.4g} %")
    return as_written(f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0"))


def _day(day: dt.date) -> str:
    return long_day(day)
