"""A round read as three counts by unit, and as flags."""

import datetime as dt

import pytest

from primacy.kernels.strength import Cause
from primacy.platform.policy import Denied, Marking
from primacy.rooms.census.errors import NoSuchRound, Withheld
from primacy.rooms.census.exports import SHEET_COLUMNS, classed, sheet_rows
from primacy.rooms.census.models import EnrolledPerson, PayRoll
from primacy.rooms.census.queries import round_by_id
from primacy.rooms.census.reading import flags_of, sheet_of
from tests.rooms.census.conftest import Census

APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def test_three_counts_of_a_unit_are_put_down_to_causes(census: Census) -> None:
    sheet = sheet_of(census.filled()["planner"], census.round, MAY)
    first, second = sheet.units
    assert (first.unit.code, first.head_count.day if first.head_count else None) == (
        "st1",
        dt.date(2026, 5, 10),
    )
    three = first.counts
    assert (three.assigned, three.present, three.paid) == (4, 2, 5)
    assert three.assigned_present.missing == {Cause.LEAVE: 1, Cause.UNKNOWN: 1}
    assert three.paid_assigned.missing == {Cause.UNKNOWN: 1}
    assert classed(three.paid_present) == "leave 1, unknown 2"
    assert (second.counts.assigned, second.counts.present, second.counts.paid) == (2, 2, 1)
    rows = [dict(zip(SHEET_COLUMNS, row, strict=True)) for row in sheet_rows(sheet)]
    for row in rows:
        assert row["assigned"] - row["present"] == row["assigned_less_present"]


def test_somebody_of_another_unit_is_told_as_such(census: Census) -> None:
    sheet = sheet_of(census.filled()["planner"], census.round, APRIL)
    (first, second) = sheet.units
    assert first.counts.assigned_present.extra == {Cause.OTHER_UNIT: 1}
    assert second.head_count is None
    assert list(sheet_rows(sheet))[1][SHEET_COLUMNS.index("present")] == ""


def test_the_rules_find_what_is_odd_and_nothing_else(census: Census) -> None:
    names = {str(row.pk): row.service_number for row in census.filled().round.roll.all()}
    found = {
        (flag.rule, tuple(names.get(one, one) for one in flag.subjects))
        for flag in flags_of(census["planner"], census.round)
    }
    assert ("superiors_account", ("P2", "P1")) in found
    assert ("under_age", ("P5",)) in found
    assert ("paid_not_on_roll", ("stranger:P99",)) in found
    assert {rule for rule, _ in found} == {
        "same_account",
        "superiors_account",
        "paid_not_on_roll",
        "paid_not_present",
        "under_age",
    }
    assert [one for rule, one in found if rule == "paid_not_present"] == [("P2",)]


def test_who_may_not_read_the_round_is_not_told_that_there_is_one(census: Census) -> None:
    with pytest.raises(NoSuchRound):
        round_by_id(census["commander"], census.board.mission, census.round.pk)
    with pytest.raises(NoSuchRound):
        round_by_id(census["donor"], census.board.mission, census.round.pk)
    with pytest.raises(Denied):
        flags_of(census["donor"], census.round)


def test_a_part_of_the_records_gives_no_answer(census: Census) -> None:
    PayRoll.objects.filter(round=census.filled().round, month=MAY).update(marking=Marking.STRICT)
    with pytest.raises(Withheld, match="pay rolls"):
        sheet_of(census["planner"], census.round, MAY)
    with pytest.raises(Withheld, match="Nothing is said in part"):
        flags_of(census["planner"], census.round)
    assert sheet_of(census["human_rights"], census.round, MAY).units


def test_accounts_are_never_kept(census: Census) -> None:
    census.filled()
    lines = [line for roll in census.round.pay_rolls.all() for line in roll.lines.all()]
    kept = " ".join(str(vars(line)) for line in lines)
    assert "770100" not in kept
    assert {line.account_end for line in lines} == {"001", "003", "004", "006", "099"}
    marks = {line.account_mark for line in lines if line.account_end == "001"}
    assert len(marks) == 1


def test_a_secret_of_another_site_makes_other_marks(census: Census, settings: object) -> None:
    census.filled()
    settings.SECRET_KEY = "another secret of another site, long enough"  # type: ignore[attr-defined]
    census.bring("census_pay", "month,number,account\n2026-06,P3,0770100003\n2026-06,P1,1234567\n")
    rules = [flag.rule for flag in flags_of(census["planner"], census.round)]
    assert rules.count("same_account") == 1


def test_a_roll_row_may_carry_the_person_of_the_register(census: Census) -> None:
    assert EnrolledPerson._meta.get_field("person_id").null
