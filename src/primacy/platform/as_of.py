"""As-of dates: any page, export or computation can be asked how things stood on a day."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST = dt.date(1945, 6, 26)
"""No board before the Charter was signed: a year typed with two digits is caught here."""


class BadDate(ValueError):
    """A date that was typed and cannot be read; the message says the form expected."""


def parse_as_of(text: str | None, today: dt.date) -> dt.date:
    """The day asked for; today where nothing was typed. Future days are allowed up to 20 years."""
    if text is None or not text.strip():
        return today
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadDate(
            _("'%(strip)s' is not a date. Write it as year-month-day, e.g. 2010-06-01.")
            % {"strip": text.strip()[:40]}
        ) from problem
    if not EARLIEST <= day <= dt.date(today.year + 20, 12, 31):
        raise BadDate(
            _("%(isoformat)s is outside the years this board covers (%(year)s to %(year_2)s).")
            % {"isoformat": day.isoformat(), "year": EARLIEST.year, "year_2": today.year + 20}
        )
    return day


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day, for "as it was known on"."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
