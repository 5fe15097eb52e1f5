"""Cited days of a sheet read as the dates of a claim: whole days, months, years.

A sheet cites a first and a last day. Between them the claim held. Where only a month or a year is
cited, it held on at least one day of it: no day is made up.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from primacy.kernels.command import BadRange
from primacy.kernels.command.ranges import SINCE_BEGINNING, read_day
from primacy.platform.claims.rules import Dates, range_of
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import RowWrong

A_DAY = gettext_noop("a day such as 2014-08-01, a month (2014-08) or a year (2014)")
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T[\d:.]+Z?)?", re.ASCII)
_YES, _NO = ("Y", "YES", "TRUE", "1"), ("N", "NO", "FALSE", "0", "")


@dataclass(frozen=True)
class Cited:
    """A day, or the first and last day of a month or year."""

    first: dt.date
    last: dt.date

    @property
    def whole(self) -> bool:
        """True where the day itself is known."""
        return self.first == self.last


def cited_day(row: SheetRow, column: str) -> Cited | None:
    """The day, month or year of a column or of its parts; None for nothing."""
    text = row.get(column)
    parts = [row.get(f"{column}_{name}") for name in ("year", "month", "day")]
    found = _of_parts(row, column, parts) if any(parts) else None
    if not text:
        return found
    written = _WRITTEN.fullmatch(text)
    if written is None:
        if found is not None:
            return found
        raise RowWrong(column, text, A_DAY)
    read = _span(column, text, [one or "" for one in written.groups()])
    if found is not None and found != read:
        raise RowWrong(column, text, gettext_noop("the same day as in its columns of parts"))
    return read


def written_day(column: str, text: str) -> Cited | None:
    """The day, month or year of a text; None for nothing."""
    if not text:
        return None
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise RowWrong(column, text, A_DAY)
    return _span(column, text, [one or "" for one in written.groups()])


def _of_parts(row: SheetRow, column: str, parts: list[str]) -> Cited:
    if not parts[0] or not all(one == "" or (one.isascii() and one.isdigit()) for one in parts):
        raise RowWrong(f"{column}_year", "-".join(parts), A_DAY)
    return _span(column, "-".join(parts), parts)


def _span(column: str, text: str, parts: list[str]) -> Cited:
    year, month, day = (int(one or 0) for one in parts)
    try:
        if not month:
            if day:
                raise ValueError
            return Cited(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if not day:
            last = calendar.monthrange(year, month)[1]
            return Cited(dt.date(year, month, 1), dt.date(year, month, last))
        return Cited(dt.date(year, month, day), dt.date(year, month, day))
    except ValueError as problem:
        raise RowWrong(column, text, A_DAY) from problem


def is_yes(row: SheetRow, column: str, *, more: str = "") -> bool:
    """True for Y, False for N or nothing; `more` names another letter that counts as no."""
    text = row.get(column).upper()
    if text in _YES:
        return True
    if text in _NO or (more and text == more):
        return False
    raise RowWrong(column, row.get(column), gettext_noop("Y or N"))


def ends(row: SheetRow, column: str) -> bool:
    """True where a sheet says that the last day is the end (E); open ends and no word are False."""
    text = row.get(column).upper()
    if text not in ("Y", "N", "E", ""):
        raise RowWrong(column, row.get(column), gettext_noop("Y (open), N, or E (it ended then)"))
    return text == "E"


def between(
    column: str,
    first: Cited | None,
    last: Cited | None,
    *,
    starting: bool = False,
    ending: bool = False,
    start_context: str = "",
    end_context: str = "",
) -> Dates:
    """The dates of a claim that held between a first and a last cited day.

    Without any day it held at some time, nobody knows when.
    """
    if first is None and last is None:
        return Dates(since_beginning=True)
    one, two = first or last, last or first
    assert one is not None  # noqa: S101
    assert two is not None  # noqa: S101
    if one.first > two.last:
        expected = gettext_noop("a first cited day that is not after the last")
        raise RowWrong(column, f"{one.first} – {two.last}", expected)
    days: dict[str, dt.date] = {}
    ends_known = True
    if one.last > two.first:
        # Both lie in one month or year: nothing is certain but that it held in it.
        days = {"first_imprecise": one.first, "last_imprecise": two.last}
    else:
        days = {"first_precise": one.last, "last_precise": two.first}
        if not one.whole:
            days |= {"first_imprecise": one.first, "last_imprecise": one.last}
            ends_known = two.whole
        elif not two.whole:
            days |= {"first_imprecise": two.first, "last_imprecise": two.last}
    return Dates(
        first_precise=days.get("first_precise"),
        last_precise=days.get("last_precise"),
        first_imprecise=days.get("first_imprecise"),
        last_imprecise=days.get("last_imprecise"),
        # An unknown first day begins nothing: the claim may reach back as far as anybody knows.
        starting=starting and first is not None,
        ending=ending and last is not None and ends_known,
        start_context=start_context[:300],
        end_context=end_context[:300],
    )


def stated_range(row: SheetRow) -> Dates:
    """The dates of a sheet with one claim in each row, as they stand in its columns."""
    texts = {name: row.get(f"{name}:range") for name in (
        "first_precise", "last_precise", "first_imprecise", "last_imprecise")}  # fmt: skip
    beginning = texts["first_imprecise"].lower() == SINCE_BEGINNING
    if beginning:
        texts["first_imprecise"] = ""
    days: dict[str, dt.date | None] = {}
    for name, text in texts.items():
        try:
            days[name] = read_day(text)
        except BadRange as problem:
            raise RowWrong(f"{name}:range", text, A_WHOLE_DAY) from problem
    dates = Dates(
        **days,
        since_beginning=beginning,
        starting=is_yes(row, "starting:range"),
        ending=is_yes(row, "ending:range"),
        start_context=row.get("starting_context:range")[:300],
        end_context=row.get("ending_context:range")[:300],
    )
    try:
        range_of(dates)
    except BadRange as problem:
        shown = ", ".join(text for text in texts.values() if text)
        raise RowWrong("first_precise:range", shown, str(problem)) from problem
    return dates


A_WHOLE_DAY = gettext_noop("a day such as 2014-08-01, or since_beginning_of_time as the first")
