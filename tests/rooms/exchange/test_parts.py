"""Sheets of incidents: whom a source names, for incidents that are in the register."""

import datetime as dt
from pathlib import Path

import pytest

from primacy.platform.claims.models import ClaimStatus
from primacy.platform.policy import Denied
from primacy.rooms.exchange.exports import content, sheets
from primacy.rooms.exchange.imports import load_sheets, preview_sheets, undo_sheets
from primacy.rooms.exchange.imports.load import SheetsDone
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.facade import Incident, IncidentType, ResponsibilityClaim
from tests.conftest import STEWARD, Board
from tests.rooms.exchange.sheets import person, sheet, source, unit


@pytest.fixture
def incident(board: Board) -> Incident:
    return enter_incident(
        actor=STEWARD, mission=board.mission, type=IncidentType.OTHER,
        date_start=dt.date(2015, 5, 1), date_end=dt.date(2015, 5, 3), lat=6.3, lon=-10.7,
        source="Patrol report", headline="Market",
    )  # fmt: skip


def named(folder: Path, key: str) -> list[Path]:
    """An incident for which a unit and a person are named."""
    row = {
        "incident:id:admin": key, "incident:status:admin": "3", "incident:all:source": "s-1",
        "incident:perpetrator_unit_id:admin": "u-1",
        "incident:perpetrator_person_id:admin": "p-1",
    }  # fmt: skip
    return [
        sheet(folder, "sources", [source("s-1")]),
        sheet(folder, "units", [unit("u-1", "7 Brigade", "s-1")]),
        sheet(folder, "persons", [person("p-1", "A. Name", "s-1")]),
        sheet(folder, "incidents", [row]),
    ]


def load(board: Board, paths: list[Path]) -> SheetsDone:
    seen = preview_sheets(actor=STEWARD, mission=board.mission, paths=paths)
    return load_sheets(actor=STEWARD, batch_or_preview=seen)


def test_whom_a_sheet_names_is_claimed_over_the_days_of_the_incident(
    board: Board, incident: Incident, tmp_path: Path
) -> None:
    done = load(board, named(tmp_path, str(incident.pk)))
    assert done.brought["responsibility"] == 2
    rows = ResponsibilityClaim.objects.filter(incident=incident)
    assert {(row.unit_id is None, row.status, row.part) for row in rows} == {
        (True, ClaimStatus.ACCEPTED, "committed"), (False, ClaimStatus.ACCEPTED, "committed"),
    }  # fmt: skip
    assert {(str(row.first_precise), str(row.last_precise)) for row in rows} == {
        ("2015-05-01", "2015-05-03")
    }


def test_the_same_names_loaded_again_add_nothing_and_an_undoing_withdraws_them(
    board: Board, incident: Incident, tmp_path: Path
) -> None:
    paths = named(tmp_path, incident.origin_id)
    done = load(board, paths)
    assert load(board, paths).brought == {}
    undo_sheets(actor=STEWARD, batch=done.batch, reason="wrong file")
    assert ResponsibilityClaim.objects.filter(incident=incident, withdrawn=True).count() == 2


def test_an_incident_that_is_not_in_the_register_is_named(board: Board, tmp_path: Path) -> None:
    done = load(board, named(tmp_path, "elsewhere-1"))
    assert "responsibility" not in done.brought
    wrong = [one for one in done.problems if one.severity == "error"]
    assert {(one.column, one.value) for one in wrong} == {
        ("incidents.csv: incident:id:admin", "elsewhere-1")
    }


def test_who_may_not_attribute_loads_no_names(
    board: Board, incident: Incident, tmp_path: Path
) -> None:
    with pytest.raises(Denied):
        preview_sheets(
            actor=board["planner"],
            mission=board.mission,
            paths=named(tmp_path, str(incident.pk)),
        )


def test_persons_named_go_out_only_with_persons(
    board: Board, incident: Incident, tmp_path: Path
) -> None:
    load(board, named(tmp_path, str(incident.pk)))
    without = sheets(content(STEWARD, board.mission))["incidents"]
    with_them = sheets(content(STEWARD, board.mission, with_persons=True))["incidents"]
    assert (len(without), len(with_them)) == (1, 2)
    assert "p-1" not in str(without)
