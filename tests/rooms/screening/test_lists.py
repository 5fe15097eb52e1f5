"""Lists are loaded in the order of their days; each load says what it changed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from primacy.platform.audit.models import AuditEntry
from primacy.platform.exchange.list_entries import ListRead
from primacy.platform.exchange.un_list import read_un_list
from primacy.platform.policy import Denied, Viewer
from primacy.rooms.screening.actions import load_list
from primacy.rooms.screening.errors import ListRefused
from primacy.rooms.screening.facade import ListFile
from primacy.rooms.screening.models import ListChange, ListEntry
from primacy.rooms.screening.queries import entries_in, lists_in_force
from tests.conftest import Board
from tests.rooms.screening.conftest import FRONT, MIRO, ORAN
from tests.rooms.screening.lists import individual

Load = Callable[..., ListFile]
NEW = individual("XXi.003", "Sela Borun Itan")
MIRO_CHANGED = individual("XXi.002", "Miro Kestan Valdo", aliases=[("Good", "Miro the Tall")])


def test_a_load_keeps_its_day_its_hash_and_its_counts(board: Board, load: Load) -> None:
    made = load("2020-01-01", ORAN, MIRO, FRONT)
    assert (made.number, made.list_date) == (1, dt.date(2020, 1, 1))
    assert (made.entries, made.persons, made.organisations) == (3, 2, 1)
    assert len(made.sha256) == 64
    entry = AuditEntry.objects.filter(action="screening.list.load").get()
    assert made.sha256 in str(entry.body)
    assert not ListChange.objects.exists()


def test_a_newer_load_says_what_was_added_removed_and_changed(board: Board, load: Load) -> None:
    first = load("2020-01-01", ORAN, MIRO, FRONT)
    second = load("2021-01-01", MIRO_CHANGED, FRONT, NEW)
    assert (second.added, second.removed, second.changed) == (1, 1, 1)
    told = {(c.kind, c.reference): c for c in second.changes.all()}
    assert set(told) == {("added", "XXi.003"), ("removed", "XXi.001"), ("changed", "XXi.002")}
    assert set(told["changed", "XXi.002"].fields) == {"births", "names"}
    assert {e.reference for e in entries_in(first)} == {"XXi.001", "XXi.002", "XXe.001"}
    assert {e.reference for e in entries_in(second)} == {"XXi.002", "XXi.003", "XXe.001"}
    # What did not change is kept once.
    assert ListEntry.objects.filter(reference="XXe.001").count() == 1
    assert lists_in_force(board["overseer"], board.mission) == [second]


def test_an_entry_that_comes_back_is_added_again(load: Load) -> None:
    load("2020-01-01", ORAN, MIRO)
    load("2021-01-01", MIRO)
    third = load("2022-01-01", ORAN, MIRO)
    assert [c.kind for c in third.changes.all()] == ["added"]
    assert {e.reference for e in entries_in(third)} == {"XXi.001", "XXi.002"}


def test_the_same_file_twice_and_an_older_list_are_refused(load: Load) -> None:
    load("2021-01-01", ORAN, MIRO)
    with pytest.raises(ListRefused, match="was loaded on"):
        load("2021-01-01", ORAN, MIRO)
    with pytest.raises(ListRefused, match="in the order of their days"):
        load("2020-01-01", MIRO)
    assert ListFile.objects.count() == 1


def test_a_list_of_a_day_to_come_is_refused(load: Load) -> None:
    with pytest.raises(ListRefused, match="still to come"):
        load("2090-01-01", ORAN)


def test_a_list_with_gaps_is_loaded_only_by_who_accepts_them(load: Load) -> None:
    nameless = individual("XXi.009", "")
    with pytest.raises(ListRefused, match=r"cannot be read.*line \d+, there is no name"):
        load("2020-01-01", ORAN, nameless)
    assert load("2020-01-01", ORAN, nameless, gaps_accepted=True).left_out == 1


def test_a_list_that_lost_many_entries_looks_cut_off(load: Load) -> None:
    many = [individual(f"XXi.{n:03d}", f"Oran Number{n} Davem") for n in range(40)]
    load("2020-01-01", *many)
    with pytest.raises(ListRefused, match="Is it the whole list"):
        load("2021-01-01", *many[:10])
    assert load("2021-01-01", *many[:10], shrinking_accepted=True).removed == 30


@pytest.mark.parametrize("label", ["adviser", "commander", "official", "overseer", "donor"])
def test_who_may_not_screen_loads_no_list(
    board: Board, read_list: Callable[..., ListRead], label: str
) -> None:
    with pytest.raises(Denied):
        load_list(actor=board[label], mission=board.mission, read=read_list("2020-01-01", ORAN))


def test_what_a_list_changed_cannot_be_rewritten(load: Load) -> None:
    load("2020-01-01", ORAN, MIRO)
    load("2021-01-01", MIRO)
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        ListChange.objects.update(kind="added")


def test_lists_of_another_mission_are_not_mixed(
    load: Load,
    make_board: Callable[..., Board],
    steward: Viewer,
    read_list: Callable[..., ListRead],
) -> None:
    mine = load("2020-01-01", ORAN)
    other = make_board("other")
    theirs = load_list(actor=steward, mission=other.mission, read=read_list("2019-01-01", MIRO))
    assert theirs.number == 1
    assert {e.reference for e in entries_in(mine)} == {"XXi.001"}
    assert lists_in_force(other["planner"], other.mission) == [theirs]
    assert not lists_in_force(other["planner"], mine.mission)


def test_the_real_lists_of_three_years_load_one_after_the_other(
    board: Board, shared_data: Path
) -> None:
    files = sorted((shared_data / "forces" / "sanctions").glob("un_consolidated_*.xml.gz"))
    if len(files) < 3:
        pytest.skip("the three lists of the Security Council are not there")
    made = [
        load_list(actor=board["human_rights"], mission=board.mission, read=read_un_list(path))
        for path in files
    ]
    assert [(m.entries, m.added, m.removed) for m in made] == [
        (1093, 0, 0),
        (1018, 28, 103),
        (877, 45, 186),
    ]
    for one in made:
        assert entries_in(one).count() == one.entries
