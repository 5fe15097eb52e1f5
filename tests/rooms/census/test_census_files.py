"""Files of a census: previewed, loaded, known again, taken back; bad rows are told."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Denied
from primacy.rooms.census.actions import close_round, put_questions
from primacy.rooms.census.errors import CensusFileRefused
from primacy.rooms.census.imports import load_census, preview_census, undo_census
from primacy.rooms.census.models import (
    EnrolledPerson,
    HeadCount,
    PayLine,
    PayRoll,
    Presence,
    UnitFigure,
)
from tests.rooms.census.conftest import DAY, HEAD_COUNTS, PAY, ROLL, Census


def test_a_preview_writes_no_row_and_a_load_accounts_for_each(
    census: Census, tmp_path: Path
) -> None:
    path = tmp_path / "roll.csv"
    path.write_text(ROLL + "P7,,f,1990,N,st1,1,1,,\nP8,Gus,?,1990,N,st1,1,1,,\n")
    seen = preview_census(
        actor=census["planner"], round=census.round, kind="census_roll", path=path
    )
    assert EnrolledPerson.objects.count() == 0
    assert (seen.file.read, len(seen.rows), seen.bad) == (8, 6, 2)
    loaded = load_census(actor=census["planner"], batch_or_preview=seen.batch)
    assert (loaded.read, loaded.added, loaded.known, loaded.bad) == (8, 6, 0, 2)
    assert EnrolledPerson.objects.count() == 6


def test_problems_do_not_repeat_what_is_personal(census: Census) -> None:
    loaded = census.bring("census_roll", ROLL + "P8,Gus,f,19xx,N,nowhere,1,1,,\n")
    (bad,) = [one for one in loaded.problems if one.severity == "error"]
    assert (bad.row, bad.column, bad.value) == (8, "born", "see the file")


def test_the_same_rows_add_nothing_and_a_row_that_stands_twice_is_two(census: Census) -> None:
    twice = ROLL + ROLL.splitlines()[1] + "\n"
    assert census.bring("census_roll", twice).added == 7
    again = census.bring("census_roll", twice)
    assert (again.added, again.known) == (0, 7)
    for kind, text in (("census_head_counts", HEAD_COUNTS), ("census_pay", PAY)):
        first, second = census.bring(kind, text), census.bring(kind, text)
        assert first.added > 0
        assert second.added == 0


def test_a_name_alone_never_matches_and_a_shared_number_needs_the_name(census: Census) -> None:
    census.bring("census_roll", "number,name\nP1,Ama Boss\nP1,Bo Other\nP2,Cy One\n")
    census.bring("census_pay", "month,number,name\n2026-05,,Cy One\n2026-05,p-01,other BO\n")
    by_name = PayLine.objects.get(name_as_written="Cy One")
    by_number = PayLine.objects.get(name_as_written="other BO")
    assert by_name.member is None
    assert by_number.member is not None
    assert by_number.member.name_as_written == "Bo Other"


def test_bad_rows_are_told_and_whole_files_can_be_asked_for(census: Census, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("unit;day;counted\nst1;2026-05-10;40\nst9;2026-05-10;40\nst2;10.05.2026;4\n")
    seen = preview_census(
        actor=census["planner"], round=census.round, kind="census_head_counts", path=path
    )
    assert [(p.row, p.column) for p in seen.problems] == [(3, "unit"), (4, "day")]
    with pytest.raises(RowsRefused, match="2 of 3 rows"):
        load_census(actor=census["planner"], batch_or_preview=seen, keep_good=False)
    assert HeadCount.objects.count() == 0
    load_census(actor=census["planner"], batch_or_preview=seen)
    assert HeadCount.objects.get().counted == 40


def test_a_workbook_is_read_as_a_csv_is(census: Census, tmp_path: Path) -> None:
    book = Workbook()
    rows = (
        ["unit", "kind", "first", "value", "place"],
        ["st1", "posts", DAY, 40, None],
        ["First station", "rations", "2026-05", 31, None],
        ["st2", "station", DAY, None, "Hill"],
        ["st2", "posts", DAY, None, None],
    )
    for row in rows:
        book.active.append(row)
    path = tmp_path / "figures.xlsx"
    book.save(path)
    seen = preview_census(
        actor=census["planner"], round=census.round, kind="census_figures", path=path
    )
    loaded = load_census(actor=census["planner"], batch_or_preview=seen)
    assert (loaded.added, loaded.bad) == (3, 1)
    assert sorted(UnitFigure.objects.values_list("kind", flat=True)) == [
        "posts",
        "rations",
        "station",
    ]


def test_undoing_takes_back_what_a_file_brought_in_the_right_order(census: Census) -> None:
    census.bring("census_roll", ROLL)
    census.bring("census_head_counts", HEAD_COUNTS)
    census.bring("census_pay", PAY)
    batches = {row.kind: row for row in ImportBatch.objects.all()}
    with pytest.raises(CensusFileRefused, match="Undo their imports first"):
        undo_census(actor=census["planner"], batch=batches["census_roll"], reason="wrong")
    for kind in ("census_pay", "census_head_counts", "census_roll"):
        undo_census(actor=census["planner"], batch=batches[kind], reason="wrong file")
    for model in (EnrolledPerson, HeadCount, Presence, PayLine, PayRoll):
        assert not model.objects.exists()
    with pytest.raises(BadState):
        undo_census(actor=census["planner"], batch=batches["census_pay"], reason="again")


def test_a_roll_with_open_questions_is_not_taken_back(census: Census) -> None:
    loaded = census.bring("census_roll", ROLL)
    put_questions(actor=census["planner"], round=census.round)
    with pytest.raises(CensusFileRefused, match="Withdraw them first"):
        undo_census(actor=census["planner"], batch=loaded.batch, reason="wrong")


def test_a_closed_round_takes_no_rows(census: Census, tmp_path: Path) -> None:
    close_round(actor=census["planner"], round=census.round, closed_on=DAY)
    with pytest.raises(CensusFileRefused, match="closed"):
        census.bring("census_roll", ROLL)


@pytest.mark.parametrize("label", ["adviser", "commander", "official", "donor", "operations"])
def test_who_may_not_keep_the_census_loads_nothing(
    census: Census, label: str, tmp_path: Path
) -> None:
    with pytest.raises(Denied):
        census.bring("census_roll", ROLL, actor=label)
    assert not ImportBatch.objects.exists()


def test_a_file_that_cannot_be_read_says_what_it_needs(census: Census) -> None:
    with pytest.raises(CensusFileRefused, match="lacks the columns name"):
        census.bring("census_roll", "number,sex\nP1,f\n")
    with pytest.raises(CensusFileRefused, match="no rows"):
        census.bring("census_roll", "number,name\n")
