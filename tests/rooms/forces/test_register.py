"""The register asked on a day: one tree, certain apart from possible, as known at a moment."""

import datetime as dt
from collections.abc import Callable

import pytest

from primacy.platform import clock
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.forces.actions import (
    Terms,
    claim_name,
    claim_position,
    claim_relation,
    correct_claim,
    record_lineage,
    rename_unit,
)
from primacy.rooms.forces.facade import Unit
from primacy.rooms.forces.register import tree, unit_at
from primacy.rooms.forces.time_line import time_line
from primacy.rooms.forces.tree_reading import TreeReading
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.facade import IncidentType, incidents
from primacy.rooms.places.actions import add_area
from tests.conftest import STEWARD, Board

MakeUnit = Callable[..., Unit]
MakeTerms = Callable[..., Terms]


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def drawn(reading: TreeReading) -> list[tuple[str, int, str]]:
    """Name, depth and how sure the place of each unit is, as the page lists them."""
    return [
        (line.name.text, line.depth, "" if line.link is None else
         "certain" if line.link.certain else "possible")
        for line in reading.lines
    ]  # fmt: skip


def look(board: Board, day: str, who: str = "planner", **more: object) -> TreeReading:
    return tree(board[who], board.mission, on(day), **more)


@pytest.fixture
def moved(board: Board, make_unit: MakeUnit, terms: MakeTerms) -> Unit:
    """A company that was under North in 2020 and is under South from 2021."""
    north, south, company = make_unit("North"), make_unit("South"), make_unit("Company")
    planner = board["planner"]
    claim_relation(actor=planner, unit=company, superior=north,
                   terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    claim_relation(actor=planner, unit=company, superior=south,
                   terms=terms("2021-02-01", "2021-12-31"))  # fmt: skip
    return company


def test_each_day_has_the_superior_of_that_day(board: Board, moved: Unit) -> None:
    assert drawn(look(board, "2020-06-01")) == [
        ("North", 0, ""), ("Company", 1, "certain"), ("South", 0, ""),
    ]  # fmt: skip
    assert drawn(look(board, "2021-06-01")) == [
        ("North", 0, ""), ("South", 0, ""), ("Company", 1, "certain"),
    ]  # fmt: skip
    # Between the two nobody has said where it stood.
    (line,) = [x for x in look(board, "2021-01-15").lines if x.name.text == "Company"]
    assert line.link is not None
    assert not line.link.certain
    assert line.link.reasons == ("last known on 31 December 2020; nobody knows whether it went on",)
    assert [one.name.text for one in line.others] == []
    # Before the first day nothing is claimed.
    (line,) = [x for x in look(board, "2019-06-01").lines if x.name.text == "Company"]
    assert line.link is None


def test_the_tree_as_known_then_is_the_tree_of_then(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    north, south, company = make_unit("North"), make_unit("South"), make_unit("Company")
    planner = board["planner"]
    row = claim_relation(actor=planner, unit=company, superior=north,
                         terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    before = clock.now()
    correct_claim(actor=planner, claim=row, reason="misread", changes={"superior": south})
    assert ("Company", 1, "certain") == drawn(look(board, "2020-06-01"))[2]
    assert drawn(look(board, "2020-06-01", known_at=before)) == [
        ("North", 0, ""), ("Company", 1, "certain"), ("South", 0, ""),
    ]  # fmt: skip


def test_what_is_not_accepted_is_possible_at_most(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    north, company = make_unit("North"), make_unit("Company")
    claim_relation(actor=board["planner"], unit=company, superior=north,
                   terms=terms("2020-01-01", "2020-12-31", status="conflict"))  # fmt: skip
    assert ("Company", 1, "possible") in drawn(look(board, "2020-06-01"))


def test_two_certain_superiors_are_shown_as_a_conflict(
    board: Board, moved: Unit, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    claim_relation(actor=board["planner"], unit=moved, superior=make_unit("West"),
                   terms=terms("2020-03-01", "2020-09-30"))  # fmt: skip
    reading = look(board, "2020-06-01")
    (conflict,) = reading.conflicts
    assert conflict.startswith("Company: ")
    assert "North" in conflict
    assert "West" in conflict
    assert sum(line.name.text == "Company" for line in reading.lines) == 1


def test_a_disbanded_unit_leaves_the_tree_and_an_attached_one_changes_its_place(
    board: Board, moved: Unit, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    force = make_unit("Task force")
    planner = board["planner"]
    record_lineage(actor=planner, kind="attached", froms=[moved], tos=[force],
                   terms=terms("2020-05-01", "2020-07-31", ending=True))  # fmt: skip
    lines = {x.name.text: x for x in look(board, "2020-06-01").lines}
    link = lines["Company"].link
    assert link is not None
    assert (link.name.text, link.attached, link.certain) == ("Task force", True, True)
    assert ("Company", 1, "certain") in drawn(look(board, "2020-08-01"))
    record_lineage(actor=planner, kind="disbanded", froms=[moved],
                   terms=terms("2022-03-01", ending=True))  # fmt: skip
    assert "Company" in [x.name.text for x in look(board, "2022-02-28").lines]
    after = look(board, "2022-03-01")
    assert "Company" not in [x.name.text for x in after.lines]
    ((gone, why),) = after.gone
    assert (gone, why) == (moved, "the unit was disbanded by 1 March 2022")
    assert unit_at(planner, moved, on("2022-03-01")).gone == why


def test_renaming_changes_the_name_from_its_day_and_loses_no_incident(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    unit = make_unit("Rapid Brigade")
    planner = board["planner"]
    claim_name(actor=planner, unit=unit, name="Rapid Brigade",
               terms=terms("2018-01-01", "2019-12-31"))  # fmt: skip
    event = enter_incident(
        actor=planner, mission=board.mission, type=IncidentType.ONE_SIDED, source="Report",
        date_start=on("2019-03-03"), area=board.area, side_a="Rapid Brigade", lat=1.0, lon=1.0,
    )  # fmt: skip
    rename_unit(actor=planner, unit=unit, name="Response Brigade", terms=terms("2020-05-04"))
    before, after = look(board, "2019-03-03"), look(board, "2021-01-01")
    assert before.names(unit).name.text == "Rapid Brigade"
    assert before.names(unit).name.certain
    assert after.names(unit).name.text == "Response Brigade"
    assert not after.names(unit).name.certain
    assert before.line(unit) is not None
    assert list(incidents(planner, board.mission)) == [event]


def test_a_unit_that_took_over_another_record_is_one_body(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    old, new = make_unit("First Brigade"), make_unit("Ninth Brigade")
    record_lineage(actor=board["planner"], kind="renamed", froms=[old], tos=[new],
                   terms=terms("2020-05-04"))  # fmt: skip
    early, late = look(board, "2020-01-01"), look(board, "2021-01-01")
    assert [line.unit for line in early.lines] == [old]
    assert [line.unit for line in late.lines] == [new]
    found = late.line(old)
    assert found is not None
    assert found.unit == new


def test_a_closed_relation_is_told_of_and_not_told(
    board: Board, moved: Unit, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    bureau = make_unit("Bureau", marking=Marking.CONFIDENTIAL)
    claim_relation(actor=board["planner"], unit=moved, superior=bureau,
                   terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    reading = look(board, "2020-06-01", "commander")
    assert "Bureau" not in str(drawn(reading)) + str(reading.conflicts)
    (line,) = [x for x in reading.lines if x.unit == moved]
    assert line.restricted
    (late,) = [x for x in look(board, "2026-06-01", "commander").lines if x.unit == moved]
    assert late.restricted, "it may have gone on"
    assert not any(x.restricted for x in look(board, "2020-06-01").lines)


def test_an_imprecise_month_is_possible_on_each_of_its_days(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    north, company = make_unit("North"), make_unit("Company")
    month = {"first_imprecise": on("2024-02-01"), "last_imprecise": on("2024-02-29")}
    claim_relation(actor=board["planner"], unit=company, superior=north,
                   terms=terms(starting=True, ending=True, **month))  # fmt: skip
    for day, seen in {
        "2024-01-31": "", "2024-02-01": "possible", "2024-02-29": "possible", "2024-03-01": "",
    }.items():  # fmt: skip
        found = {name: how for name, _depth, how in drawn(look(board, day))}
        assert found["Company"] == seen, day


def test_the_time_line_holds_every_claim_with_its_source(
    board: Board, moved: Unit, terms: MakeTerms
) -> None:
    planner = board["planner"]
    claim_position(actor=planner, unit=moved, area=board.area, base="Old fort",
                   terms=terms("2020-02-01", "2020-03-01"))  # fmt: skip
    lines = time_line(planner, moved, on("2020-06-01"))
    assert [(x.label, x.text, x.state) for x in lines] == [
        ("Name", "Company", "possible"),
        ("Under the command of", "North", "certain"),
        ("Area of operations", "Old fort, District 1", "possible"),
        ("Under the command of", "South", "no"),
    ]
    assert all(x.citations for x in lines)
    assert lines[1].when == "1 January 2020 to 31 December 2020; may have gone on"


def test_an_area_that_is_closed_to_the_reader_is_not_named(
    board: Board, make_unit: MakeUnit, terms: MakeTerms
) -> None:
    unit = make_unit("Company")
    closed = add_area(actor=STEWARD, mission=board.mission, code="x", name="Hidden valley",
                      level=1, parent=board.area.parent, marking=Marking.CONFIDENTIAL)  # fmt: skip
    claim_position(actor=board["planner"], unit=unit, area=closed, terms=terms("2020-02-01"))
    words = str([x.text for x in time_line(board["commander"], unit, on("2020-02-01"))])
    assert "Hidden valley" not in words
    assert "restricted information" in words


def test_nobody_reads_a_register_that_is_not_open_to_them(board: Board, moved: Unit) -> None:
    donor: Viewer = board["donor"]
    assert tree(donor, board.mission, on("2020-06-01")).lines == ()
