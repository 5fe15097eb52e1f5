"""Days of a claim: the handbook's examples, open ends, and ranges that are refused."""

import datetime as dt

import pytest

from primacy.kernels.command import (
    BackwardRange,
    EmptyRange,
    FuzzyDate,
    GapInRange,
    HalfRange,
    Holding,
    Range,
    Span,
)

CERTAIN, POSSIBLE, NO = Holding.CERTAIN, Holding.POSSIBLE, Holding.NO


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_an_appointment_says_nothing_certain_of_the_next_day() -> None:
    """Appointed on 1 August 2014: it starts there, and nobody knows whether it went on."""
    appointed = Range.read("2014-08-01", "2014-08-01", starting="Y", ending="N")
    assert appointed.holds(day("2014-07-31")) is NO
    assert appointed.holds(day("2014-08-01")) is CERTAIN
    assert appointed.holds(day("2014-08-02")) is POSSIBLE


def test_a_unit_named_in_the_same_source_may_be_older() -> None:
    unit = Range.read("2014-08-01", "2014-08-01", starting="N", ending="N")
    assert unit.holds(day("2014-07-31")) is POSSIBLE


def test_a_precise_range_is_true_on_each_day() -> None:
    commander = Range.read("2023-11-01", "2023-11-05", starting="Y")
    held = [commander.holds(dt.date(2023, 11, d)) for d in range(1, 6)]
    assert held == [CERTAIN] * 5


def test_an_imprecise_range_is_possible_on_each_day() -> None:
    area = Range.read(first_imprecise="2024-02-15", last_imprecise="2024-03-24")
    assert area.holds(day("2024-02-15")) is POSSIBLE
    assert area.holds(day("2024-03-24")) is POSSIBLE
    assert area.certain is None


def test_at_some_time_before_the_source() -> None:
    """Previously commanded another battalion: since the beginning, up to the appointment."""
    before = Range.read(
        first_imprecise="since_beginning_of_time", last_imprecise="2014-08-01", ending="Y"
    )
    assert before.holds(day("1970-01-01")) is POSSIBLE
    assert before.holds(day("2014-08-02")) is NO


def test_appointed_last_month_joins_both_ranges() -> None:
    posting = Range.read(
        "2005-06-01", "2005-06-03", "2005-05-01", "2005-05-31", starting="Y", ending="N"
    )
    assert posting.holds(day("2005-04-30")) is NO
    assert posting.holds(day("2005-05-15")) is POSSIBLE
    assert posting.holds(day("2005-06-02")) is CERTAIN
    assert posting.holds(day("2005-06-04")) is POSSIBLE


def test_an_end_within_some_days_is_possible_up_to_the_last() -> None:
    left = Range.read("2010-01-01", "2010-03-01", "2010-03-02", "2010-04-30", "Y", "Y")
    assert left.holds(day("2010-04-30")) is POSSIBLE
    assert left.holds(day("2010-05-01")) is NO


def test_at_least_one_day_of_a_single_day_is_that_day() -> None:
    assert Range.within(day("2020-01-05"), day("2020-01-05")).holds(day("2020-01-05")) is CERTAIN


def test_imprecise_days_may_lie_around_precise_ones() -> None:
    around = Range.read("2010-02-01", "2010-03-01", "2010-01-01", "2010-12-31", "Y", "Y")
    assert around.holds(day("2010-01-01")) is POSSIBLE
    assert around.holds(day("2010-12-31")) is POSSIBLE
    assert around.certain == Span(day("2010-02-01"), day("2010-03-01"))


def test_a_register_entry_without_a_first_day_reaches_back() -> None:
    entry = Range(day("2020-05-01"), day("2020-05-01"), since_beginning=True)
    assert entry.first is None
    assert entry.holds(day("1950-01-01")) is POSSIBLE
    assert entry.holds(day("2020-05-01")) is CERTAIN


def test_an_entry_without_any_day_is_possible_always() -> None:
    assert Range(since_beginning=True).holds(day("2020-05-01")) is POSSIBLE


@pytest.mark.parametrize("text", ["2024-02", "2024", "February 2024", "2024-02-30", "1/2/2024"])
def test_fuzzy_dates_are_refused(text: str) -> None:
    with pytest.raises(FuzzyDate, match="not a day"):
        Range.read(first_imprecise=text, last_imprecise="2024-03-24")


def test_a_moment_is_no_day() -> None:
    with pytest.raises(FuzzyDate, match="without a time"):
        Range.on(dt.datetime(2024, 2, 1, 12, tzinfo=dt.UTC))


def test_a_gap_between_the_ranges_is_refused_with_its_days() -> None:
    with pytest.raises(GapInRange, match="between 2005-05-30 and 2005-06-01"):
        Range.read("2005-06-01", "2005-06-03", "2005-05-01", "2005-05-30")
    with pytest.raises(GapInRange, match="between 2005-06-03 and 2005-06-05"):
        Range.read("2005-06-01", "2005-06-03", "2005-06-05", "2005-06-30")


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(BackwardRange):
        Range.read("2005-06-03", "2005-06-01")
    with pytest.raises(BackwardRange):
        Range.read(first_imprecise="2005-06-03", last_imprecise="2005-06-01")


@pytest.mark.parametrize(
    "columns",
    [
        {"first_precise": "2005-06-01"},
        {"last_precise": "2005-06-01"},
        {"first_imprecise": "2005-06-01"},
        {"last_imprecise": "2005-06-01"},
    ],
)
def test_half_a_range_is_refused(columns: dict[str, str]) -> None:
    with pytest.raises(HalfRange):
        Range.read(**columns)


def test_a_first_day_and_since_the_beginning_exclude_each_other() -> None:
    with pytest.raises(HalfRange, match="since the beginning"):
        Range(first_imprecise=day("2005-06-01"), since_beginning=True)


def test_no_day_at_all_is_refused() -> None:
    with pytest.raises(EmptyRange):
        Range.read()
