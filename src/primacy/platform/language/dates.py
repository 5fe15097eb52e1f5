"""Days in words, in the reader's language: always with the month's name, so never ambiguous."""

import datetime as dt

from django.utils import formats


def long_day(day: dt.date) -> str:
    """The day in words: 1 June 2010; 1 juin 2010 in French."""
    return str(formats.date_format(day, "j F Y"))


def short_month(day: dt.date) -> str:
    """The month as short as it can stand: Jun 2010; juin 2010 in French."""
    return str(formats.date_format(day, "M Y"))


def month(day: dt.date) -> str:
    """The month in words: June 2010; juin 2010 in French."""
    return str(formats.date_format(day, "F Y"))
