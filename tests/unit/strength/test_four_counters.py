"""Seats, persons, certified, qualified and present: four counters, never one."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.strength import Seat, four_counters

DAY = dt.date(2026, 6, 1)
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
seats = st.builds(
    Seat,
    st.sampled_from(["", "a", "b", "c", "d"]),
    st.sampled_from(["s1", "s2", "s3"]),
    days,
    st.none() | days,
    st.none() | days,
)


def test_one_person_in_five_sessions_is_one_person() -> None:
    rows = [Seat("a", f"session {n}", DAY) for n in range(5)]
    found = four_counters(rows, {"a"}, DAY)
    assert (found.seats, found.persons, found.certified, found.qualified_and_present) == (
        5,
        1,
        0,
        0,
    )


def test_a_certificate_counts_while_it_holds_and_only_who_is_present_is_qualified() -> None:
    rows = [
        Seat("a", "s", DAY - dt.timedelta(90), DAY - dt.timedelta(80), DAY),
        Seat("b", "s", DAY - dt.timedelta(90), DAY - dt.timedelta(80)),
        Seat("c", "s", DAY - dt.timedelta(90), DAY + dt.timedelta(1)),
    ]
    found = four_counters(rows, {"a", "c"}, DAY)
    assert (found.seats, found.persons, found.certified, found.qualified_and_present) == (
        3,
        3,
        2,
        1,
    )
    later = four_counters(rows, {"a", "c"}, DAY + dt.timedelta(1))
    assert (later.certified, later.qualified_and_present) == (2, 1)


def test_seats_without_a_name_are_told_and_make_no_person() -> None:
    found = four_counters([Seat("", "s", DAY), Seat("", "s", DAY), Seat("a", "s", DAY)], (), DAY)
    assert (found.seats, found.persons, found.seats_without_person) == (3, 1, 2)


def test_a_seat_entered_twice_is_one_seat() -> None:
    assert four_counters([Seat("a", "s", DAY), Seat("a", "s", DAY)], (), DAY).seats == 1


@given(st.lists(seats), st.frozensets(st.sampled_from(["a", "b", "c", "d"])), days)
def test_each_counter_is_at_most_the_one_before(
    rows: list[Seat], present: frozenset[str], day: dt.date
) -> None:
    found = four_counters(rows, present, day)
    assert found.seats >= found.persons >= found.certified >= found.qualified_and_present >= 0
