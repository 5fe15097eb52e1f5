"""Three counts: every difference has its classes, and they sum to it exactly."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.strength import Absence, BadAbsence, BadCount, Cause, Count, causes_on
from primacy.kernels.strength import reconcile as reconciled
from primacy.kernels.strength.counts import Difference

people = st.frozensets(st.sampled_from([f"p{i}" for i in range(30)]))
counts = st.builds(Count, people, st.integers(0, 12))
causes = st.dictionaries(st.sampled_from([f"p{i}" for i in range(30)]), st.sampled_from(Cause))


def classes_sum(found: Difference) -> int:
    return sum(found.missing.values()) - sum(found.extra.values())


@given(counts, counts, counts, causes)
def test_classes_sum_to_each_difference(
    assigned: Count, present: Count, paid: Count, why: dict[str, Cause]
) -> None:
    found = reconciled(assigned, present, paid, why)
    for pair, size in (
        (found.assigned_present, assigned.total - present.total),
        (found.paid_present, paid.total - present.total),
        (found.paid_assigned, paid.total - assigned.total),
    ):
        assert pair.size == size == classes_sum(pair)
        assert min([*pair.missing.values(), *pair.extra.values()], default=1) > 0


@given(counts, counts, causes)
def test_nobody_is_named_twice_or_left_out(
    assigned: Count, present: Count, why: dict[str, Cause]
) -> None:
    found = reconciled(assigned, present, Count(), why).assigned_present
    named = [person for group in found.who_is_missing.values() for person in group]
    assert sorted(named) == sorted(assigned.persons - present.persons)
    assert found.unexplained <= abs(assigned.unnamed - present.unnamed) + len(
        assigned.persons ^ present.persons
    )


def test_a_gap_is_classed_as_on_record() -> None:
    roll = Count(frozenset("abcdefgh"))
    why = {"a": Cause.DEPLOYED, "b": Cause.LEAVE, "c": Cause.DEAD, "x": Cause.OTHER_UNIT}
    found = reconciled(roll, Count(frozenset("efghx")), Count(frozenset("abcdefghz")), why)
    assert (found.assigned, found.present, found.paid) == (8, 5, 9)
    gap = found.assigned_present
    assert gap.missing == {Cause.DEAD: 1, Cause.DEPLOYED: 1, Cause.LEAVE: 1, Cause.UNKNOWN: 1}
    assert gap.extra == {Cause.OTHER_UNIT: 1}
    assert gap.who_is_missing[Cause.UNKNOWN] == {"d"}
    assert found.paid_assigned.missing == {Cause.UNKNOWN: 1}


def test_heads_without_a_name_are_set_off_against_the_unexplained_first() -> None:
    roll = Count(frozenset("abcd"))
    gap = reconciled(roll, Count(frozenset("a"), 2), Count(), {"b": Cause.LEAVE}).assigned_present
    assert gap.missing == {Cause.LEAVE: 1}
    assert gap.set_off == 2
    assert gap.extra == {}
    more = reconciled(roll, Count(frozenset("a"), 5), Count(), {"b": Cause.LEAVE}).assigned_present
    assert more.extra == {Cause.NO_NAME: 3}
    assert more.size == -2


def test_presence_against_the_record_is_told() -> None:
    found = reconciled(Count(frozenset("ab")), Count(frozenset("ab")), Count(), {"a": Cause.DEAD})
    assert found.present_though_away == {"a": Cause.DEAD}


def test_the_strongest_cause_of_a_day_holds_and_the_dead_stay_dead() -> None:
    day = dt.date(2026, 3, 1)
    rows = [
        Absence("a", Cause.LEAVE, dt.date(2026, 2, 20), dt.date(2026, 3, 10)),
        Absence("a", Cause.DEAD, dt.date(2026, 2, 25), dt.date(2026, 2, 25)),
        Absence("b", Cause.COURSE, dt.date(2026, 3, 2)),
        Absence("c", Cause.HOSPITAL, dt.date(2026, 1, 1), dt.date(2026, 3, 1)),
    ]
    assert causes_on(rows, day) == {"a": Cause.DEAD, "c": Cause.HOSPITAL}
    assert causes_on(reversed(rows), day)["a"] is Cause.DEAD
    assert "c" not in causes_on(rows, day + dt.timedelta(days=1))


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(BadCount, match="0 or more"):
        Count(frozenset(), -1)
    with pytest.raises(BadAbsence, match="backwards"):
        Absence("a", Cause.LEAVE, dt.date(2026, 2, 2), dt.date(2026, 2, 1))
