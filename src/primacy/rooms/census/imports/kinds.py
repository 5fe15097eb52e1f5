"""What each kind of file holds: its columns, and one row read into the values that are stored."""

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy, gettext_noop

from primacy.kernels.flags import PayKind, plain_number
from primacy.kernels.time.ranges import BadWhen, parse_when
from primacy.rooms.census.imports.table_file import Line, TableFile
from primacy.rooms.census.marks import account_end, account_mark
from primacy.rooms.census.models import FigureKind, Sex
from primacy.rooms.census.models.roll import CAUSES

Values = dict[str, object]
SEXES = {
    "f": Sex.WOMAN, "w": Sex.WOMAN, "woman": Sex.WOMAN, "women": Sex.WOMAN, "female": Sex.WOMAN,
    "m": Sex.MAN, "man": Sex.MAN, "men": Sex.MAN, "male": Sex.MAN,
    "other": Sex.OTHER, "": Sex.UNKNOWN, "not_known": Sex.UNKNOWN,
}  # fmt: skip
CAUSE_CODES = frozenset(code for code, _label in CAUSES)
YES = frozenset({"1", "y", "yes", "true", "x"})
DAY = gettext_noop("a day, YYYY-MM-DD")
WHOLE = gettext_noop("a whole number from 0 up, or nothing")
EARLIEST = dt.date(1900, 1, 1)


@dataclass
class Context:
    """What a row is read against: units by code or name, and how often each row stood so far."""

    units: Mapping[str, uuid.UUID]
    calling_code: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def unit(self, text: str) -> uuid.UUID | None:
        """The unit a text names exactly, by code, name or alias; None for any other."""
        return self.units.get(" ".join(text.lower().split()))

    def row_key(self, *parts: object) -> str:
        """A key of the row's content; a row that stands twice in a file has two."""
        text = "\x1f".join(str(part) for part in parts)
        self.seen[text] += 1
        return hashlib.sha256(f"{text}\x1f{self.seen[text]}".encode()).hexdigest()


class _Cells:
    """Reads the cells of one row; notes what is wrong and remembers that something was."""

    def __init__(self, table: TableFile, line: Line) -> None:
        self.table, self.line, self.bad = table, line, False

    def refuse(self, column: str, expected: str) -> None:
        """Leaves the row out."""
        if not self.bad:
            self.table.refuse(self.line, column, expected)
        self.bad = True

    def day(self, column: str) -> dt.date | None:
        """The day of a cell; None for an empty one."""
        text = self.line[column]
        if not text:
            return None
        try:
            found = dt.date.fromisoformat(text[:10])
        except ValueError:
            self.refuse(column, DAY)
            return None
        if found < EARLIEST:
            self.refuse(column, gettext_noop("a day from 1900 on"))
        return found

    def month(self, column: str) -> dt.date | None:
        """The first day of a month written YYYY-MM or as one of its days."""
        text = self.line[column]
        try:
            return dt.date.fromisoformat(f"{text[:7]}-01")
        except ValueError:
            self.refuse(column, gettext_noop("a month, YYYY-MM"))
            return None

    def whole(self, column: str, most: int = 1_000_000) -> int | None:
        """The whole number of a cell; None for an empty one."""
        text = self.line[column]
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or int(text) > most:
            self.refuse(column, WHOLE)
            return None
        return int(text)

    def text(self, column: str, longest: int) -> str:
        """The words of a cell, no longer than can be kept."""
        text = " ".join(self.line[column].split())
        if len(text) > longest:
            self.refuse(column, gettext_noop("%(n)s characters or fewer") % {"n": longest})
        return text[:longest]


def roll_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """A row of the roll."""
    cells = _Cells(table, line)
    born_from = born_to = None
    if line["born"]:
        try:
            born = parse_when(line["born"])
            born_from, born_to = born.earliest, born.latest
        except BadWhen:
            cells.refuse("born", gettext_noop("a year, month or day: 1990, 1990-05, 1990-05-14"))
    sex = SEXES.get(line["sex"].lower())
    if sex is None:
        cells.refuse("sex", gettext_noop("women, men, other, or nothing"))
    unit = context.unit(line["unit"])
    number = cells.text("number", 40)
    values: Values = {
        "service_number": number,
        "number_key": plain_number(number)[:40],
        "name_as_written": cells.text("name", 200),
        "sex": sex,
        "born_from": born_from,
        "born_to": born_to,
        "region": cells.text("region", 100),
        "unit_id": unit,
        "unit_as_written": cells.text("unit", 200),
        "rank": cells.text("rank", 100),
        "rank_level": cells.whole("rank_level", 1000),
        "post": cells.text("post", 100),
        "post_level": cells.whole("post_level", 1000),
        "hired_on": cells.day("hired_on"),
        "entered_on": cells.day("entered_on"),
        "promoted_on": cells.day("promoted_on"),
        "level_before": cells.whole("level_before", 1000),
        "cohort": cells.text("cohort", 60).lower(),
        "superior_number": cells.text("superior", 40),
        "card_number": cells.text("card", 40),
    }
    if cells.bad:
        return None
    if line["unit"] and unit is None:
        table.warn(line, "unit", gettext_noop("a unit of the register, by code or name"))
    return {**values, "row_key": context.row_key(*values.values())}


def absence_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """Why somebody is away."""
    cells = _Cells(table, line)
    cause = line["cause"].lower().replace(" ", "_")
    if cause not in CAUSE_CODES:
        expected = gettext_noop("one of %(codes)s") % {"codes": ", ".join(sorted(CAUSE_CODES))}
        cells.refuse("cause", expected)
    first, last = cells.day("first"), cells.day("last")
    if first and last and last < first:
        cells.refuse("last", gettext_noop("no day before first"))
    values: Values = {
        "number_key": plain_number(line["number"])[:40],
        "name_as_written": cells.text("name", 200),
        "cause": cause,
        "first": first,
        "last": last,
        "paper": cells.text("paper", 200),
    }
    return None if cells.bad else values


def card_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """A card and whose it is."""
    cells = _Cells(table, line)
    issued, ended = cells.day("issued_on"), cells.day("ended_on")
    if issued and ended and ended < issued:
        cells.refuse("ended_on", gettext_noop("no day before issued_on"))
    values: Values = {
        "number_key": plain_number(line["number"])[:40],
        "name_as_written": cells.text("name", 200),
        "number": cells.text("card", 40),
        "issued_on": issued,
        "ended_on": ended,
    }
    return None if cells.bad else values


def head_count_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """Somebody seen at a head count; without number and name only the number of heads."""
    cells = _Cells(table, line)
    unit = context.unit(line["unit"])
    if unit is None:
        cells.refuse("unit", gettext_noop("a unit of the register, by code or name"))
    counted = cells.whole("counted")
    if not line["number"] and not line["name"] and counted is None:
        cells.refuse("counted", gettext_noop("a number or name, or how many were counted"))
    number = cells.text("number", 40)
    values: Values = {
        "unit_id": unit,
        "day": cells.day("day"),
        "place": cells.text("place", 200),
        "counted": counted,
        "service_number": number,
        "number_key": plain_number(number)[:40],
        "name_as_written": cells.text("name", 200),
    }
    return None if cells.bad else values


def pay_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """A line of a pay roll; the account is turned into its mark here and goes no further."""
    cells = _Cells(table, line)
    kind = line["kind"].lower() or PayKind.SALARY.value
    if kind not in list(PayKind):
        expected = gettext_noop("one of %(codes)s") % {"codes": ", ".join(PayKind)}
        cells.refuse("kind", expected)
    amount: Decimal | None = None
    if line["amount"]:
        try:
            amount = Decimal(line["amount"])
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12:
            cells.refuse("amount", gettext_noop("an amount from 0 up, with a point for decimals"))
    if not line["number"] and not line["name"]:
        cells.refuse("number", gettext_noop("a number or a name"))
    number = cells.text("number", 40)
    # The same line read with another calling code is the same line, so its key takes none.
    plain = account_mark(line["account"], line["bank"])
    values: Values = {
        "month": cells.month("month"),
        "service_number": number,
        "number_key": plain_number(number)[:40],
        "name_as_written": cells.text("name", 200),
        "unit_id": context.unit(line["unit"]),
        "unit_as_written": cells.text("unit", 200),
        "kind": kind,
        "amount": amount.quantize(Decimal("0.01"))
        if amount is not None and not cells.bad
        else None,
        "currency": cells.text("currency", 3).upper(),
        "account_end": account_end(line["account"]),
        "by_agent": line["agent"].lower() in YES,
        "place": cells.text("place", 100),
    }
    if cells.bad:
        return None
    mark = account_mark(line["account"], line["bank"], context.calling_code)
    key = context.row_key(*values.values(), plain)
    return {**values, "account_mark": mark, "row_key": key}


def figure_row(table: TableFile, line: Line, context: Context) -> Values | None:
    """Posts, rations or the station of a unit."""
    cells = _Cells(table, line)
    unit = context.unit(line["unit"])
    if unit is None:
        cells.refuse("unit", gettext_noop("a unit of the register, by code or name"))
    kind = line["kind"].lower()
    if kind not in FigureKind.values:
        expected = gettext_noop("one of %(codes)s") % {"codes": ", ".join(FigureKind.values)}
        cells.refuse("kind", expected)
    first = cells.month("first") if kind == FigureKind.RATIONS else cells.day("first")
    last, value, place = cells.day("last"), cells.whole("value"), cells.text("place", 100)
    if kind == FigureKind.STATION and (not place or value is not None):
        cells.refuse("place", gettext_noop("the place, and no value, for a station"))
    if kind in (FigureKind.POSTS, FigureKind.RATIONS) and (value is None or place):
        cells.refuse("value", gettext_noop("a whole number, and no place"))
    if first and last and last < first:
        cells.refuse("last", gettext_noop("no day before first"))
    values: Values = {
        "unit_id": unit,
        "kind": kind,
        "first": first,
        "last": last,
        "level": cells.whole("level", 1000),
        "value": value,
        "place": place,
    }
    return None if cells.bad else values


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its code, title, columns, and how a row is read."""

    code: str
    title: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[TableFile, Line, Context], Values | None]


ROLL, ABSENCES, CARDS = "census_roll", "census_absences", "census_cards"
HEAD_COUNTS, PAY, FIGURES = "census_head_counts", "census_pay", "census_figures"

FILE_KINDS: dict[str, FileKind] = {
    kind.code: kind
    for kind in (
        FileKind(
            ROLL,
            gettext_lazy("Roll of a census"),  # type: ignore[arg-type]
            ("name",),
            ("number", "sex", "born", "region", "unit", "rank", "rank_level", "post",
             "post_level", "hired_on", "entered_on", "promoted_on", "level_before", "cohort",
             "superior", "card"),
            roll_row,
        ),
        FileKind(
            ABSENCES,
            gettext_lazy("Absences of persons on a roll"),  # type: ignore[arg-type]
            ("number", "cause", "first"),
            ("name", "last", "paper"),
            absence_row,
        ),
        FileKind(
            CARDS,
            gettext_lazy("Identity cards issued"),  # type: ignore[arg-type]
            ("number", "card", "issued_on"),
            ("name", "ended_on"),
            card_row,
        ),
        FileKind(
            HEAD_COUNTS,
            gettext_lazy("Head counts"),  # type: ignore[arg-type]
            ("unit", "day"),
            ("place", "counted", "number", "name"),
            head_count_row,
        ),
        FileKind(
            PAY,
            gettext_lazy("Pay rolls"),  # type: ignore[arg-type]
            ("month",),
            ("number", "name", "unit", "kind", "amount", "currency", "bank", "account",
             "place", "agent"),
            pay_row,
        ),
        FileKind(
            FIGURES,
            gettext_lazy("Posts, rations and stations of units"),  # type: ignore[arg-type]
            ("unit", "kind", "first"),
            ("last", "level", "value", "place"),
            figure_row,
        ),
    )
}  # fmt: skip
