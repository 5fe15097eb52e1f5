"""Small counts stay held back from outsiders although what is held back is kept in memory."""

import datetime as dt

import pytest

from primacy.platform.policy import Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces import withheld
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.forces.queries import newest_strengths, strengths, unit_places
from tests.conftest import STEWARD, Board


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    withheld.forget_withheld()
    monkeypatch.setattr(withheld, "_in_transaction", lambda: False)


def count(board: Board, code: str, value: int, today: dt.date) -> None:
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Nominal roll")
    unit = add_unit(
        actor=STEWARD,
        mission=board.mission,
        code=code,
        name=f"Post {code}",
        force="Police",
        side="local",
        source=source,
        marking=Marking.INTERNAL,
    )
    add_strength(
        actor=STEWARD,
        unit=unit,
        kind="present",
        value=value,
        date_from=today,
        date_to=today,
        source=source,
        marking=Marking.INTERNAL,
    )


def test_a_small_count_entered_after_the_first_look_is_held_back_too(
    board: Board, today: dt.date
) -> None:
    outsider = board["official"]
    count(board, "large", 400, today)
    assert [row.value for row in strengths(outsider, board.mission)] == [400]
    count(board, "small", 3, today)
    assert [row.value for row in strengths(outsider, board.mission)] == [400]
    assert [row.value for row in newest_strengths(outsider, board.mission, today)] == [400]
    assert {row.value for row in strengths(board["planner"], board.mission)} == {400, 3}


def test_a_page_of_units_reads_the_figures_of_those_units_alone(
    board: Board, today: dt.date
) -> None:
    for number in range(3):
        count(board, f"u{number}", 100 + number, today)
    planner = board["planner"]
    first = unit_places(planner, board.mission)[0]
    rows = newest_strengths(planner, board.mission, today, [first.pk])
    assert {row.unit_id for row in rows} == {first.pk}
