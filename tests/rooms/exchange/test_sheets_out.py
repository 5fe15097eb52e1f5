"""The register written as sheets: what comes back is what went out, and no more than may."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from primacy.platform import clock
from primacy.platform.accounts.actions import create_compartment, ensure_organisation
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.exchange.exports import content, packed_sheets, sheets
from primacy.rooms.exchange.imports import load_sheets, preview_sheets
from primacy.rooms.forces.actions import (
    add_unit,
    claim_classification,
    claim_position,
    claim_relation,
    withdraw_claim,
)
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import (
    NewPerson,
    NewPosting,
    add_person,
    claim_posting,
)
from tests.conftest import STEWARD, Board


def terms(board: Board, title: str = "Gazette", **more: object) -> Terms:
    """Terms cited to a page of a source of 2015."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title=title,
                           url="https://gazette.test/1", publisher="State")  # fmt: skip
    dates = Dates(dt.date(2015, 1, 1), dt.date(2015, 6, 1), starting=True)
    cite = Cite(source, "page", "12; 13", accessed_on=dt.date(2024, 1, 2))
    return Terms(**{"dates": dates, "cites": [cite], **more})


@pytest.fixture
def register(board: Board) -> Unit:
    """A register with each kind of claim, certain and not."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Order of battle")
    given = {"actor": STEWARD, "mission": board.mission, "force": "Army", "side": "local",
             "source": source}  # fmt: skip
    brigade = add_unit(**given, code="b-7", name="7 Brigade", since=dt.date(2014, 2, 1),
                       seen_on=dt.date(2016, 1, 1), aliases=["Northern; Brigade"])  # fmt: skip
    battalion = add_unit(**given, code="b-71", name="=71 Battalion", areas=[board.area],
                         seen_on=dt.date(2016, 1, 1))  # fmt: skip
    made = {"actor": STEWARD, "unit": battalion}
    claim_relation(**made, superior=brigade, terms=terms(board))
    vague = Dates(first_imprecise=dt.date(2016, 2, 1), last_imprecise=dt.date(2016, 2, 29),
                  ending=True, end_context="moved, says one")  # fmt: skip
    claim_relation(**made, superior=brigade, kind="administrative",
                   terms=terms(board, "Radio", dates=vague, status="conflict"))  # fmt: skip
    claim_relation(**made, superior=brigade, kind="member",
                   terms=Terms(Dates(since_beginning=True), status="work_needed"))  # fmt: skip
    claim_classification(**made, classification="Infantry",
                         terms=terms(board, marking=Marking.CONFIDENTIAL))  # fmt: skip
    claim_position(**made, kind="site", base="Camp North", area=board.area, lat=6.25, lon=-10.5,
                   terms=terms(board, public_note="near the\nriver"))  # fmt: skip
    claim_position(**made, kind="area", base="the border", terms=terms(board))
    person = add_person(actor=STEWARD, mission=board.mission, new=NewPerson(
        name="A. Name", source=source, code="p-1", aliases=["B. Name"], nicknames=["Bison"],
        sex="m", born=(dt.date(1971, 1, 1), dt.date(1971, 12, 31)), birth_place="Upcountry",
        numbers=[("service number", "SECRET-99")], left=("retired", dt.date(2018, 1, 1),
                                                         dt.date(2018, 12, 31)),
        postings=[NewPosting(brigade, Dates(dt.date(2015, 1, 1), dt.date(2015, 6, 1),
                                            starting=True, ending=True),
                             role="Commander", rank="Colonel", commanding=True)],
    ))  # fmt: skip
    claim_posting(actor=STEWARD, person=person, unit=battalion, title="Liaison", acting=True,
                  terms=terms(board, marking=Marking.STRICT))  # fmt: skip
    return battalion


def tables(board: Board, **more: object) -> dict[str, list[list[str]]]:
    return sheets(content(STEWARD, board.mission, **{"with_persons": True, **more}))


def unpacked(body: bytes, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The files of a .zip, written to a folder, and read by a plain reader of CSV."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        archive.extractall(folder)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            found[path.stem] = list(csv.DictReader(handle))
    return found


def test_what_goes_out_comes_back_equal_in_another_mission(
    board: Board, register: Unit, make_board: Callable[..., Board], tmp_path: Path
) -> None:
    found = content(STEWARD, board.mission, with_persons=True)
    packed = tmp_path / "register.zip"
    packed.write_bytes(packed_sheets(STEWARD, found))
    other = make_board("other")
    seen = preview_sheets(actor=STEWARD, mission=other.mission, paths=[packed],
                          marking=Marking.PUBLIC)  # fmt: skip
    assert [one for one in seen.problems if one.severity == "error"] == []
    load_sheets(actor=STEWARD, batch_or_preview=seen)
    for name, rows in sheets(found).items():
        assert tables(other)[name] == rows, name
    assert sum(len(rows) for rows in tables(other).values()) > 20


def test_loaded_where_it_came_from_it_adds_nothing(
    board: Board, register: Unit, tmp_path: Path
) -> None:
    packed = tmp_path / "register.zip"
    packed.write_bytes(packed_sheets(STEWARD, content(STEWARD, board.mission, with_persons=True)))
    seen = preview_sheets(actor=STEWARD, mission=board.mission, paths=[packed],
                          marking=Marking.PUBLIC)  # fmt: skip
    assert seen.brought == {}


def test_no_cell_runs_in_a_spreadsheet(board: Board, register: Unit, tmp_path: Path) -> None:
    rows = unpacked(packed_sheets(STEWARD, content(STEWARD, board.mission)), tmp_path)
    names = [row["unit:name"] for row in rows["units"] if "71" in row["unit:name"]]
    assert names == ["'=71 Battalion"]
    cells = [cell for sheet in rows.values() for row in sheet for cell in row.values()]
    # A longitude is a number, and stays one.
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t")) or c.startswith("-1")]


def test_as_known_before_a_correction_it_says_what_was_said_then(
    board: Board, register: Unit
) -> None:
    before = clock.now()
    claim = register.classification_claims.get()
    withdraw_claim(actor=STEWARD, claim=claim, reason="misread")
    now = [row for row in tables(board)["units"] if "Infantry" in row]
    then = [row for row in tables(board, known_at=before)["units"] if "Infantry" in row]
    assert (len(now), len(then)) == (0, 1)


def test_who_may_see_less_takes_out_less(board: Board, register: Unit, tmp_path: Path) -> None:
    viewer = board["commander"]
    packed = packed_sheets(viewer, content(viewer, board.mission))
    rows = unpacked(packed, tmp_path)
    assert not [row for row in rows["units"] if row["unit:classification"] == "Infantry"]
    assert rows["persons"] == []
    assert b"Infantry" not in packed
    assert "Marking: INTERNAL" in (tmp_path / "ABOUT.txt").read_text(encoding="utf-8")


def test_persons_go_out_only_where_they_are_asked_for_by_who_may_see_them(
    board: Board, register: Unit
) -> None:
    assert sheets(content(board["planner"], board.mission))["persons"] == []
    assert content(board["planner"], board.mission, with_persons=True).marking is (
        Marking.CONFIDENTIAL
    )
    with pytest.raises(Denied):
        content(board["donor"], board.mission, with_persons=True)


def test_numbers_of_papers_never_go_out(board: Board, register: Unit) -> None:
    assert "SECRET-99" not in str(tables(board))


def test_what_stands_in_a_compartment_stays_in_it(board: Board, register: Unit) -> None:
    owner = ensure_organisation(actor=STEWARD, name="Inquiry")
    closed = create_compartment(actor=STEWARD, code="closed", name="Closed", owner=owner)
    inside = replace(STEWARD, compartments=frozenset({closed.pk}))
    with viewer_scope(inside):
        Unit.objects.filter(code="b-7").update(compartment=closed)
        found = content(inside, board.mission, with_persons=True)
    written = str(sheets(found))
    assert "7 Brigade" not in written.replace("17 Brigade", "")
    assert "71 Battalion" in written
    assert found.left_in_compartments == 1
