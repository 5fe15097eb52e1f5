"""Strength figures become shares: of one unit, dated by the older figure, each officer once."""

import datetime as dt

import pytest

from primacy.platform.indicators import IndicatorValue, Subject, values
from primacy.platform.policy import Denied, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.forces.errors import BadStrength, BadUnit
from primacy.rooms.forces.facade import Unit, board_units, strengths, strengths_in, units
from primacy.rooms.places.facade import Area
from tests.conftest import Board

DAY = dt.date(2010, 6, 1)
PRESENCE = "presence.officers_share"


def unit(board: Board, code: str = "u1", **more: object) -> Unit:
    source = ensure_source(actor=board["planner"], mission_id=board.mission.pk, title="Roster")
    given: dict[str, object] = {
        "actor": board["planner"],
        "mission": board.mission,
        "code": code,
        "name": f"Police {code}",
        "force": "National police",
        "side": "local",
        "source": source,
    }
    return add_unit(**{**given, **more})


def count(
    board: Board, of: Unit, kind: str, value: float, day: dt.date = DAY, area: Area | None = None
) -> None:
    add_strength(
        actor=board["planner"],
        unit=of,
        area=area,
        kind=kind,
        value=value,
        date_from=day,
        date_to=day,
        source=of.source,
    )


def share(board: Board, subject: Area | Unit, as_of: dt.date = DAY) -> IndicatorValue | None:
    kind = "area" if isinstance(subject, Area) else "unit"
    found = values(board["planner"], PRESENCE, [Subject(kind, subject.pk, board.mission.pk)], as_of)
    assert len(found) <= 1
    return found[0] if found else None


def test_a_share_is_dated_by_the_older_of_its_two_figures(board: Board) -> None:
    one = unit(board)
    count(board, one, "present", 60, DAY - dt.timedelta(days=30), board.area)
    count(board, one, "present", 70, DAY, board.area)
    count(board, one, "required", 100, DAY - dt.timedelta(days=90), board.area)
    seen = share(board, board.area)
    assert (seen.numerator, seen.denominator) == (70, 100)
    assert seen.observed_on == DAY - dt.timedelta(days=90)
    assert share(board, board.area, DAY - dt.timedelta(days=1)).numerator == 60
    assert share(board, board.area, DAY - dt.timedelta(days=91)) is None


def test_figures_of_different_units_are_never_divided_by_each_other(board: Board) -> None:
    count(board, unit(board, "a"), "present", 50, area=board.area)
    count(board, unit(board, "b"), "required", 10, area=board.area)
    assert share(board, board.area) is None


def test_units_side_by_side_are_counted_together_and_subunits_not_twice(board: Board) -> None:
    district, riot = unit(board, "district"), unit(board, "riot")
    post = unit(board, "post", parent=district)
    for one, present, required in ((district, 70, 100), (riot, 10, 20), (post, 5, 50)):
        count(board, one, "present", present, area=board.area)
        count(board, one, "required", required, area=board.area)
    seen = share(board, board.area)
    assert (seen.numerator, seen.denominator) == (80, 120)


def test_a_units_own_share_uses_figures_of_the_whole_unit(board: Board) -> None:
    one = unit(board)
    count(board, one, "present", 5, area=board.area)
    count(board, one, "present", 90)
    count(board, one, "required", 100)
    seen = share(board, one)
    assert (seen.numerator, seen.denominator) == (90, 100)
    assert share(board, board.area) is None


def test_without_a_denominator_there_is_no_value(board: Board) -> None:
    one = unit(board)
    count(board, one, "present", 5, area=board.area)
    assert share(board, board.area) is None
    count(board, one, "required", 0, area=board.area)
    assert share(board, board.area) is None


def test_mission_units_do_not_count_as_local_strength(board: Board) -> None:
    one = unit(board, side="mission")
    count(board, one, "present", 90, area=board.area)
    count(board, one, "required", 100, area=board.area)
    assert share(board, board.area) is None
    assert not strengths_in(board["planner"], board.area, "present", DAY).exists()


def test_contradicting_figures_stand_side_by_side(board: Board) -> None:
    one = unit(board)
    count(board, one, "assigned", 90)
    count(board, one, "assigned", 120)
    rows = strengths(board["planner"], board.mission, DAY)
    assert sorted(rows.values_list("value", flat=True)) == [90, 120]


def test_what_cannot_be_is_refused(board: Board, make_board: object) -> None:
    one = unit(board, on_board=True)
    other = make_board("other")
    for more, expected in (
        ({"code": "u1"}, "exists already"),
        ({"name": " "}, "needs a name"),
        ({"parent": unit(other)}, "another mission"),
        ({"areas": [other.area]}, "another mission"),
    ):
        with pytest.raises(BadUnit, match=expected):
            unit(board, **{"code": "u2", **more})
    with pytest.raises(BadStrength, match="none below zero"):
        count(board, one, "present", -1)
    with pytest.raises(BadStrength, match="another mission"):
        count(board, one, "present", 1, area=other.area)
    with pytest.raises(BadStrength, match="before it begins"):
        add_strength(
            actor=board["planner"],
            unit=one,
            kind="present",
            value=1,
            date_from=DAY,
            date_to=DAY - dt.timedelta(days=1),
            source=one.source,
        )
    assert list(board_units(board["commander"], board.mission)) == [one]


def test_units_of_another_mission_are_not_listed(make_board: object) -> None:
    ours, theirs = make_board("ours"), make_board("theirs")
    unit(theirs)
    assert not units(ours["planner"], theirs.mission).exists()
    assert units(theirs["planner"], theirs.mission).count() == 1
    viewer: Viewer = ours["planner"]
    with pytest.raises(Denied):
        unit(theirs, "u9", actor=viewer)
