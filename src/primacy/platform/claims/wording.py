"""The dates of a claim in words, as exact as they are and no more."""

import datetime as dt

from django.utils.translation import gettext as _

from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.language.dates import long_day


def range_words(row: Claim | Dates) -> str:
    """When a claim held: the days it is sure of, the days it may have held, its open ends."""
    parts = []
    if row.first_precise and row.last_precise:
        parts.append(_days(row.first_precise, row.last_precise))
    if row.first_imprecise and row.last_imprecise:
        days = {"first": long_day(row.first_imprecise), "last": long_day(row.last_imprecise)}
        parts.append(_("on at least one day from %(first)s to %(last)s") % days)
    elif row.since_beginning and row.last_imprecise:
        parts.append(_("at some time up to %(last)s") % {"last": long_day(row.last_imprecise)})
    if not parts:
        return _("no day on record")
    return "; ".join([*parts, *_ends(row)])


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return long_day(first)
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}


def _ends(row: Claim | Dates) -> list[str]:
    """What is known of the days before and after."""
    before = not row.starting
    after = not row.ending
    if before and after:
        return [_("may have begun earlier and gone on")]
    if before:
        return [_("may have begun earlier")]
    return [_("may have gone on")] if after else []
