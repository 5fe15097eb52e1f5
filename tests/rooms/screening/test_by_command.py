"""`primacy screen`: lists, rosters, units and tasks at the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from primacy.faces.cli.commands import application
from tests.conftest import Board
from tests.rooms.screening.asking import unit
from tests.rooms.screening.conftest import MIRO, ORAN
from tests.rooms.screening.lists import un_xml

SHEET = "First name,Last name,Unit,Shoe\nOran Tel,Davem,Mobile Brigade 21,44\n,,x,\n"


def screen(*words: str) -> Result:
    return CliRunner().invoke(application, ["screen", *words, "--mission", "exercise"])


@pytest.fixture
def folder(board: Board, tmp_path: Path) -> Path:
    """A folder with a list of two years and a roster."""
    for year, records in ((2020, [ORAN]), (2021, [MIRO])):
        text = un_xml(f"{year}-01-01T09:00:00Z", *records)
        (tmp_path / f"un-{year}.xml").write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "units.txt").write_text("21st Mobile Bde\nHarbour Post\n", encoding="utf-8")
    unit(board, "b21", "21 Mobile Brigade")
    return tmp_path


def test_a_list_is_loaded_and_a_roster_screened(folder: Path) -> None:
    loaded = screen("lists", "load", str(folder / "un-2020.xml"))
    assert "1 entries (1 persons, 0 organisations)" in loaded.stdout
    done = screen(str(folder / "roster.csv"), "--against", "un,register")
    assert done.exit_code == 0, done.output
    assert "list of 1 January 2020, 1 entry." in done.stdout
    assert "Columns not known and not read: Shoe." in done.stderr
    assert "Row 3, family_name: expected a name." in done.stderr
    answer = json.loads(screen("show", "1", "--json").stdout)
    assert [(row["asked_for"], row["reference"]) for row in answer["lines"]] == [
        ("Oran Tel Davem", "XXi.001"),
        ("Mobile Brigade 21", "b21"),
    ]
    assert all("list of 1 January 2020" in row["searched"] for row in answer["lines"])


def test_units_are_screened_one_a_line(folder: Path) -> None:
    done = screen("file", str(folder / "units.txt"), "--units", "--against", "register", "--csv")
    lines = done.stdout.splitlines()
    assert "b21" in lines[1]
    assert "Nothing found. Searched on" in lines[2]


def test_a_newer_list_gives_tasks(folder: Path) -> None:
    screen("lists", "load", str(folder / "un-2020.xml"))
    screen(str(folder / "roster.csv"), "--against", "un")
    newer = screen("lists", "load", str(folder / "un-2021.xml"))
    assert "1 lines of earlier screenings are to be looked at again" in newer.stdout
    (task,) = json.loads(screen("tasks", "--json").stdout)
    assert (task["asked_for"], task["what"]) == ("Oran Tel Davem", "removed")
    loads = json.loads(screen("lists", "show", "--json").stdout)
    assert [row["removed"] for row in loads] == [1, 0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["roster.csv", "--against", "un"], "'un' cannot be searched: there are register"),
        (["lists", "load", "roster.csv"], "the XML breaks off or is damaged"),
        (["lists", "load", "roster.csv", "--publisher", "ofac"], "Give the day"),
        (["lists", "load", "roster.csv", "--publisher", "eu"], "publishes no list"),
        (["show", "9"], "No screening 9"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: list[str], message: str) -> None:
    given = [str(folder / word) if word == "roster.csv" else word for word in words]
    done = screen(*given)
    assert done.exit_code != 0
    assert message in str(done.exception)
