"""A forecast from the register of incidents: from what was known when, with its skill, in order."""

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from primacy.platform import clock
from primacy.platform.policy import Denied, Marking
from primacy.rooms.incidents.facade import IncidentType, enter_incident
from primacy.rooms.warning.actions import run_forecast
from primacy.rooms.warning.errors import CannotForecast, NoSuchAlert
from primacy.rooms.warning.forecasting import Question, ground_of
from primacy.rooms.warning.models import AreaForecast, ForecastRun
from primacy.rooms.warning.queries import area_forecasts, forecast_by_number, forecasts
from tests.conftest import Board


@pytest.fixture
def now() -> Iterator[clock.ExerciseClock]:
    """A clock that stands."""
    with clock.standing(dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)) as standing:
        yield standing


def fill(board: Board, months: int = 40, **more: object) -> None:
    """A history in which the first area is violent each month, the second now and then."""
    chance = random.Random(3)
    for back in range(1, months + 1):
        day = clock.today().replace(day=1) - dt.timedelta(days=30 * back)
        for at, share in ((0, 0.95), (1, 0.3)):
            if chance.random() < share:
                enter_incident(
                    actor=board["operations"], mission=board.mission,
                    type=IncidentType.ONE_SIDED, date_start=day, source="Log",
                    area=board.areas[at], lat=1.0, lon=1.0,
                    deaths_best=chance.randrange(0, 5), **more,
                )  # fmt: skip


def test_areas_are_ranked_by_what_happens_there(board: Board) -> None:
    fill(board)
    run = run_forecast(actor=board["operations"], mission=board.mission,
                       level=board.areas[0].level)  # fmt: skip
    rows = list(area_forecasts(board["operations"], run))
    assert [row.area for row in rows[:2]] == board.areas[:2]
    assert rows[0].chance > 0.6 > rows[1].chance > 0.05
    assert all(row.chance < rows[1].chance for row in rows[2:])
    month = rows[0].months[0]
    assert month["low90"] <= month["low50"] <= month["median"] <= month["high50"]
    assert month["chance_1"] >= month["chance_10"] >= month["chance_100"] >= 0
    assert len(rows[0].months) == run.horizons
    assert run.incidents == ForecastRun.objects.get().incidents > 30


def test_what_was_entered_later_does_not_change_what_was_known_then(
    now: clock.ExerciseClock, board: Board
) -> None:
    fill(board)
    day, level = clock.today(), board.areas[0].level
    first = run_forecast(actor=board["operations"], mission=board.mission, level=level)
    now.move_to(now.moment + dt.timedelta(days=40))
    for _time in range(5):
        enter_incident(actor=board["operations"], mission=board.mission, area=board.areas[2],
                       type=IncidentType.ONE_SIDED, date_start=day - dt.timedelta(days=70),
                       lat=1.0, lon=1.0, source="Late report")  # fmt: skip
    again = run_forecast(actor=board["operations"], mission=board.mission, level=level,
                         known_on=day)  # fmt: skip
    today = run_forecast(actor=board["operations"], mission=board.mission, level=level)
    assert again.digest == first.digest != today.digest
    assert (again.cut, today.cut) == (first.cut, first.cut + 1)


def test_skill_stands_beside_the_naive_rule_and_the_gate_says_whether_it_is_offered(
    board: Board,
) -> None:
    fill(board)
    run = run_forecast(actor=board["operations"], mission=board.mission,
                       level=board.areas[0].level, horizons=3)  # fmt: skip
    assert run.skill["origins"] > 1
    assert run.skill["last_origin"] <= run.cut - 3
    codes = {reason["code"] for reason in run.skill["reasons"]}
    # Three areas are too few to tell skill from luck, and the gate says so.
    assert not run.skill["offered"]
    assert "too_few_blocks" in codes
    assert run.skill["model"]["crps"] > 0
    assert run.skill["benchmark"]["crps_on_events"] > run.skill["benchmark"]["crps_on_quiet"]


def test_too_short_a_history_is_refused_in_words(board: Board) -> None:
    fill(board, months=10)
    with pytest.raises(CannotForecast, match="24 are needed"):
        run_forecast(actor=board["operations"], mission=board.mission, level=board.areas[0].level)
    with pytest.raises(CannotForecast, match="no area of level 9"):
        run_forecast(actor=board["operations"], mission=board.mission, level=9)
    assert not ForecastRun.objects.exists()


def test_a_forecast_is_marked_as_high_as_what_it_was_made_from(board: Board) -> None:
    fill(board, marking=Marking.CONFIDENTIAL)
    run = run_forecast(actor=board["operations"], mission=board.mission,
                       level=board.areas[0].level)  # fmt: skip
    assert run.marking == Marking.CONFIDENTIAL
    assert forecasts(board["planner"], board.mission).get() == run
    for label in ("commander", "official", "donor"):
        assert not forecasts(board[label], board.mission).exists()
        with pytest.raises(NoSuchAlert):
            forecast_by_number(board[label], board.mission, run.number)
    assert AreaForecast.objects.exists()
    assert not area_forecasts(board["commander"], run).exists()


def test_deaths_are_confidential_and_only_some_forecast(board: Board) -> None:
    fill(board)
    run = run_forecast(actor=board["planner"], mission=board.mission, measure="deaths",
                       level=board.areas[0].level)  # fmt: skip
    assert run.marking == Marking.CONFIDENTIAL
    for label in ("adviser", "commander", "human_rights", "overseer"):
        with pytest.raises(Denied):
            run_forecast(actor=board[label], mission=board.mission, level=board.areas[0].level)


def test_incidents_outside_all_areas_are_counted_and_said(board: Board) -> None:
    fill(board)
    enter_incident(actor=board["operations"], mission=board.mission, lat=80.0, lon=0.0,
                   type=IncidentType.ONE_SIDED, source="Log",
                   date_start=clock.today() - dt.timedelta(days=90))  # fmt: skip
    asked = Question(board.areas[0].level, "organised", "events", clock.today(), 3)
    ground = ground_of(board["operations"], board.mission, asked)
    assert ground.outside == 1
    assert ground.panel.counts.sum() == ground.incidents
