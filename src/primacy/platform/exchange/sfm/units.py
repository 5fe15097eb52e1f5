"""What a row of the sheet of units states: names, sort, superior, site or area."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from primacy.platform.claims.rules import Dates
from primacy.platform.exchange.sfm.columns import KEY_COLUMN, UNITS
from primacy.platform.exchange.sfm.days import between, cited_day, ends, is_yes
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.exchange.sfm.statements import Statement, code_of, stated, values_of

NAME, ALIAS, SORT = "unit_name", "unit_alias", "unit_classification"
RELATION, POSITION = "unit_relation", "unit_position"
NAME_LENGTH, SORT_LENGTH = 200, 100
RELATIONS = {
    ("child", "command"): "command",
    ("child", "administrative"): "administrative",
    ("member", ""): "member",
    ("member", "command"): "member",
    ("member", "administrative"): "member",
}
POSITIONS = {"site": "site", "aoo": "area"}


@dataclass(frozen=True)
class UnitStated:
    """A unit as one row states it; a unit has a row for each relation and each position."""

    row: SheetRow
    code: str
    name: str
    force: str
    side: str
    country: str
    statements: tuple[Statement, ...]


def unit_of(row: SheetRow) -> UnitStated:
    """The unit a row is about with what it states; `RowWrong` where the row cannot be kept."""
    code = code_of(row, KEY_COLUMN[UNITS])
    # A unit known by another name only is entered by that one.
    name = row.get("unit:name") or next(values_of(row, "unit:other_names", NAME_LENGTH), "")
    side = row.get("unit:side").lower()
    if side not in ("", "local", "mission", "other"):
        raise RowWrong("unit:side", side, "local, mission, other")
    sorts = list(values_of(row, "unit:classification", SORT_LENGTH))
    return UnitStated(
        row=row,
        code=code,
        name=name,
        force=(row.get("unit:force") or (sorts[0] if sorts else ""))[:100],
        side=side or "local",
        country=row.get("unit:country"),
        statements=tuple(_statements(row, code, sorts)),
    )


def _statements(row: SheetRow, code: str, sorts: list[str]) -> Iterator[Statement]:
    whole, at_some_time = _days_of_unit(row)
    for name in values_of(row, "unit:name", NAME_LENGTH):
        yield stated(
            row, NAME, code, [name], whole, column="unit:name",
            source_columns=["unit:name:source"], confidence="unit:name:confidence",
        )  # fmt: skip
    for name in values_of(row, "unit:other_names", NAME_LENGTH):
        yield stated(
            row, ALIAS, code, [name], at_some_time, column="unit:other_names",
            source_columns=["unit:other_names:source"], confidence="unit:other_names:confidence",
        )  # fmt: skip
    for sort in sorts:
        yield stated(
            row, SORT, code, [sort], at_some_time, column="unit:classification",
            source_columns=["unit:classification:source"],
            confidence="unit:classification:confidence",
        )  # fmt: skip
    if row.get("unit:related_unit_id:admin") or row.get("unit:relation_type"):
        yield _relation(row, code)
    if row.get("unit:location_type") or row.get("unit:location") or row.get("unit:base_name"):
        yield _position(row, code)


def _days_of_unit(row: SheetRow) -> tuple[Dates, Dates]:
    """The days of the unit under its name, and those within which its other names held.

    A sheet cites the days of the unit: that another name or its sort held on each of them nobody
    says, only that it did on one of them.
    """
    first = cited_day(row, "unit:first_cited_date")
    last = cited_day(row, "unit:last_cited_date")
    whole = between(
        "unit:first_cited_date", first, last,
        starting=is_yes(row, "unit:first_cited_date_start"),
        ending=ends(row, "unit:last_cited_date_open"),
    )  # fmt: skip
    one, two = first or last, last or first
    if one is None or two is None:
        return whole, whole
    return whole, Dates(first_imprecise=one.first, last_imprecise=two.last)


def _relation(row: SheetRow, code: str) -> Statement:
    superior = code_of(row, "unit:related_unit_id:admin")
    kind = row.get("unit:relation_type").lower()
    sort = row.get("unit:related_unit_class").lower()
    if (kind, sort) not in RELATIONS:
        expected = gettext_noop("child with Command or Administrative, or member")
        raise RowWrong("unit:relation_type", f"{kind} {sort}".strip(), expected)
    if superior == code:
        expected = gettext_noop("another unit than the row's own")
        raise RowWrong("unit:related_unit_id:admin", superior, expected)
    dates = between(
        "unit:related_unit_first_cited_date",
        cited_day(row, "unit:related_unit_first_cited_date"),
        cited_day(row, "unit:related_unit_last_cited_date"),
        starting=is_yes(row, "unit:related_unit_first_cited_date_start"),
        ending=ends(row, "unit:related_unit_open"),
    )
    return stated(
        row, RELATION, code, [RELATIONS[kind, sort], superior], dates,
        column="unit:related_unit_id:admin",
        source_columns=["unit:related_unit:source", "unit:related_unit_class:source"],
        confidence="unit:related_unit:confidence",
    )  # fmt: skip


def _position(row: SheetRow, code: str) -> Statement:
    kind = row.get("unit:location_type").lower()
    if kind not in POSITIONS:
        raise RowWrong("unit:location_type", kind, gettext_noop("site or aoo"))
    base, place = row.get("unit:base_name"), row.get("unit:location")
    if len(base) > NAME_LENGTH or len(place) > NAME_LENGTH:
        column = "unit:base_name" if len(base) > NAME_LENGTH else "unit:location"
        raise RowWrong(column, row.get(column)[:60], gettext_noop("at most 200 characters"))
    lat, lon = row.get("unit:latitude"), row.get("unit:longitude")
    if not (base or place or lat):
        raise RowWrong("unit:location", "", gettext_noop("a base, a place, or its point"))
    for column, text, limit in (("unit:latitude", lat, 90), ("unit:longitude", lon, 180)):
        _require_degrees(column, text, limit, needed=bool(lat or lon))
    dates = between(
        "unit:location_first_cited_date",
        cited_day(row, "unit:location_first_cited_date"),
        cited_day(row, "unit:location_last_cited_date"),
        starting=is_yes(row, "unit:location_first_cited_date_founding"),
        ending=ends(row, "unit:location_open"),
    )
    return stated(
        row, POSITION, code, [POSITIONS[kind], base, place, lat, lon], dates,
        column="unit:location",
        source_columns=["unit:base_name:source", "unit:location:source"],
        confidence="unit:location:confidence",
    )  # fmt: skip


def _require_degrees(column: str, text: str, limit: int, *, needed: bool) -> None:
    if not text and not needed:
        return
    try:
        good = -limit <= float(text) <= limit
    except ValueError:
        good = False
    if not good:
        expected = gettext_noop("degrees between -%(limit)s and %(limit)s") % {"limit": limit}
        raise RowWrong(column, text[:60], expected)
