"""Days and figures as a paper writes them, in the language in force."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from primacy.platform.language.figures import decimals, grouped


def long_day(day: dt.date | None) -> str:
    """A day with the name of its month; "not known" where there is none."""
    return date_format(day, "j F Y") if day else _("not known")


def figure(value: float | int | None, places: int = 0) -> str:
    """A number with its thousands apart; "not known" where there is none."""
    if value is None:
        return _("not known")
    return decimals(value, places) if places else grouped(round(value))
