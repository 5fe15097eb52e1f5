"""`primacy match`: lists held against the register, each distinct question asked once."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from primacy.faces.cli.commands import application
from primacy.platform.exchange.asked_file import AskedFileRefused
from primacy.rooms.persons.actions import judge_pair, put_pairs
from primacy.rooms.persons.models import Pair
from tests.conftest import Board
from tests.rooms.persons.conftest import MakePerson, MakeUnit


def run(*arguments: object) -> Result:
    """What the command did."""
    words = ["match", *map(str, arguments), "--mission", "exercise"]
    return CliRunner().invoke(application, words)


def test_units_are_asked_once_each_and_counted(
    board: Board, make_unit: MakeUnit, tmp_path: Path
) -> None:
    make_unit("21 Infantry Battalion")
    make_unit("22 Infantry Battalion")
    asked = tmp_path / "names.csv"
    asked.write_text(
        "Unit,Remark\n21 Inf Bn,x\n21 Inf Bn,y\n23 Inf Bn,\n=HYPERLINK(1),\n,no name\n",
        encoding="utf-8",
    )
    data = json.loads(run("units", asked, "--json").stdout)
    assert (data["rows"], data["distinct"]) == (4, 3)
    first, other = data["answers"][:2]
    assert (first["verdict"], first["code"], first["rows"]) == (
        "accept", "21-infantry-battalion", [2, 3],
    )  # fmt: skip
    assert other["verdict"] != "accept"
    assert data["bad_rows"] == [{"row": 6, "column": "name", "expected": "a name"}]
    assert data["columns_left_unread"] == ["remark"]
    out = tmp_path / "answers.csv"
    done = run("units", asked, "--out", out)
    assert done.exit_code == 0, done.output
    lines = list(csv.DictReader(out.open(encoding="utf-8")))
    assert lines[2]["asked"] == "'=HYPERLINK(1)"
    again = run("units", asked, "--out", out)
    assert again.exit_code != 0


def test_a_person_is_never_accepted_on_the_name_alone(
    board: Board, make_person: MakePerson, tmp_path: Path
) -> None:
    make_person("Mohammed Yusuf Kamara", numbers=[("service number", "77123")])
    asked = tmp_path / "people.csv"
    asked.write_text(
        "name,number_kind,number,born,sex\n"
        "Kamara Mohamed Yusuf,service number,77 123,,\n"
        "Mohammed Yusuf Kamara,,,,\n"
        "Zacharias Okonkwo,,,,\n"
        "Abel Doe,,,yesterday,\n"
        "Ben Roe,,,,x\n",
        encoding="utf-8",
    )
    data = json.loads(run("persons", asked, "--json").stdout)
    assert [one["verdict"] for one in data["answers"]] == ["accept", "refer", "no_match"]
    assert "nothing but the name speaks for it" in data["answers"][1]["reasons"]
    assert [(one["row"], one["column"]) for one in data["bad_rows"]] == [(5, "born"), (6, "sex")]


def test_records_read_as_one_are_one_candidate(
    board: Board, make_person: MakePerson, tmp_path: Path
) -> None:
    numbers = [("service number", "77123")]
    one, two = make_person("Abel Doe", numbers=numbers), make_person("Doe Abel", numbers=numbers)
    asked = tmp_path / "people.csv"
    asked.write_text("name,number_kind,number\nAbel Doe,service number,77123\n", encoding="utf-8")
    before = json.loads(run("persons", asked, "--json").stdout)["answers"][0]
    assert before["verdict"] == "refer"
    assert "another record fits as well" in before["reasons"]
    officer = board["human_rights"]
    put_pairs(actor=officer, mission=board.mission, pairs=[(one, two, 0.9)])
    judge_pair(actor=officer, pair=Pair.objects.get(), opinion="same",
               reasons="The same service number.")  # fmt: skip
    after = json.loads(run("persons", asked, "--json").stdout)["answers"][0]
    assert after["verdict"] == "accept"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"surname,rank\nDoe,Major\n"])
def test_a_file_that_cannot_be_read_is_refused_whole(
    board: Board, tmp_path: Path, content: bytes
) -> None:
    asked = tmp_path / "bad.csv"
    asked.write_bytes(content)
    done = run("units", asked)
    assert isinstance(done.exception, AskedFileRefused)
    assert "Nothing was asked" in str(done.exception)
