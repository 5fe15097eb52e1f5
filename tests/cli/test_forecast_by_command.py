"""Forecasts by commands: made, listed, shown with the naive rule, scored; refused in words."""

import json

from tests.cli.conftest import Run
from tests.conftest import Board
from tests.rooms.warning.test_forecasts import fill


def test_a_forecast_is_made_shown_and_scored(run: Run, board: Board) -> None:
    fill(board)
    operations, level = board.accounts["operations"].email, str(board.areas[0].level)
    made = run("forecast", "run", "--level", level, "--json", "--as", operations)
    assert made.code == 0, made.err
    told = json.loads(made.out)
    assert (told["number"], told["areas"][0]["area"]) == (1, board.areas[0].code)
    assert set(told["areas"][0]) >= {"chance", "naive_chance", "months"}
    shown = run("forecast", "show", "--as", operations)
    assert "Naive" in shown.out
    assert "A forecast knows the past only" in shown.out
    assert "not shown to do better than the naive rule" in " ".join(shown.out.split())
    scored = run("forecast", "score", "1", "--json", "--as", operations)
    assert json.loads(scored.out)["skill"]["offered"] is False
    assert "too_few_blocks" in run("forecast", "score", "--as", operations).out
    listed = run("forecast", "list", "--json", "--as", operations)
    assert [row["digest"] for row in json.loads(listed.out)] == [told["digest"]]


def test_what_cannot_be_forecast_is_refused_in_words(run: Run, board: Board) -> None:
    operations, donor = board.accounts["operations"].email, board.accounts["donor"].email
    short = run("forecast", "run", "--level", str(board.areas[0].level), "--as", operations)
    assert short.code == 2
    assert "24 are needed" in " ".join(short.err.split())
    assert run("forecast", "show", "7", "--as", operations).code == 2
    refused = run("forecast", "list", "--as", donor)
    assert refused.code == 2
    assert "may not" in refused.err
