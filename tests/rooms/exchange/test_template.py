"""The published template of the sheets, loaded, repeated and undone."""

from pathlib import Path

import pytest

from primacy.rooms.exchange.imports import load_sheets, preview_sheets, undo_sheets
from primacy.rooms.exchange.imports.load import SheetsDone
from primacy.rooms.persons.facade import Person
from tests.conftest import STEWARD, Board


@pytest.fixture
def template(shared_data: Path) -> list[Path]:
    folder = shared_data / "forces" / "sfm_template"
    found = [folder / f"{name}.csv" for name in ("sources", "units", "persons", "persons_extra")]
    if not all(path.is_file() for path in found):
        pytest.skip("no template of the sheets among the shared data")
    return found


def test_the_published_template_is_loaded_repeated_and_undone(
    board: Board, template: list[Path]
) -> None:
    seen = preview_sheets(actor=STEWARD, mission=board.mission, paths=template)
    done = load_sheets(actor=STEWARD, batch_or_preview=seen)
    assert (done.read, done.added, done.known, done.bad) == (132, 124, 2, 6)
    assert done.brought == {"unit": 5, "unit_claim": 31, "person": 5, "person_claim": 17}
    # Days that differ from their parts, units of rows that were left out, a year of two digits.
    assert {one.column.split(":", 1)[0] for one in done.problems if one.severity == "error"} == {
        "units.csv", "persons.csv", "persons_extra.csv",
    }  # fmt: skip
    again = load_sheets(actor=STEWARD, batch_or_preview=_seen(board, template))
    assert (again.added, again.brought) == (0, {})
    assert undo_sheets(actor=STEWARD, batch=done.batch, reason="only a trial") == 53
    assert not Person.objects.filter(mission=board.mission, withdrawn=False).exists()
    assert _seen(board, template).brought == {"unit_claim": 31, "person": 5, "person_claim": 17}


def _seen(board: Board, template: list[Path]) -> SheetsDone:
    return preview_sheets(actor=STEWARD, mission=board.mission, paths=template)
