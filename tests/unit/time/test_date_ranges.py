"""Imprecise dates as ranges of days."""

import datetime as dt

import pytest

from primacy.kernels.time import BadWhen, DateRange, Precision, parse_when


def days(first: str, last: str) -> DateRange:
    return DateRange(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2006", days("2006-01-01", "2006-12-31"), Precision.YEAR),
        ("2010-09", days("2010-09-01", "2010-09-30"), Precision.MONTH),
        ("2012-02", days("2012-02-01", "2012-02-29"), Precision.MONTH),
        ("2009-05-14", days("2009-05-14", "2009-05-14"), Precision.DAY),
        ("2009/2011", days("2009-01-01", "2011-12-31"), Precision.RANGE),
        ("2009-03/2009-05-14", days("2009-03-01", "2009-05-14"), Precision.RANGE),
        (" 2009 / 2011 ", days("2009-01-01", "2011-12-31"), Precision.RANGE),
    ],
)
def test_written_dates_become_ranges(text: str, expected: DateRange, precision: Precision) -> None:
    assert parse_when(text) == expected
    assert parse_when(text).precision is precision


@pytest.mark.parametrize("text", ["2006", "2010-09", "2009-05-14", "2009-03-01/2009-05-14"])
def test_a_range_writes_itself_as_it_is_read(text: str) -> None:
    assert str(parse_when(text)) == text
    assert parse_when(str(parse_when(text))) == parse_when(text)


@pytest.mark.parametrize(
    "text",
    ["", "spring 2009", "2009-13", "2009-02-30", "09-05-14", "2009/", "/2009", "0000", "1/2/3"],
)
def test_what_cannot_be_read_is_refused_with_the_forms_expected(text: str) -> None:
    with pytest.raises(BadWhen, match="Write a year"):
        parse_when(text)


def test_a_backward_range_is_refused() -> None:
    with pytest.raises(BadWhen, match="backwards"):
        parse_when("2011/2009")


def test_contains_takes_days_and_ranges_with_both_ends() -> None:
    may = parse_when("2009-05")
    assert may.contains(dt.date(2009, 5, 1))
    assert may.contains(dt.date(2009, 5, 31))
    assert not may.contains(dt.date(2009, 6, 1))
    assert parse_when("2009").contains(may)
    assert not may.contains(parse_when("2009"))


def test_overlap_and_order() -> None:
    may, spring = parse_when("2009-05"), parse_when("2009-03/2009-05")
    assert may.overlaps(spring)
    assert not may.overlaps(parse_when("2009-06"))
    assert may.before(parse_when("2009-06"))
    assert not spring.before(may)


def test_days_count_both_ends() -> None:
    assert parse_when("2009-05-14").days == 1
    assert parse_when("2012").days == 366
    assert parse_when("2009-05-14").precise
    assert not parse_when("2012").precise
