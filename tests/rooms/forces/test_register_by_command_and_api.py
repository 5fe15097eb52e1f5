"""The register by command line and API: the same reads with the same rights."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from typer.testing import CliRunner

from primacy.faces.cli.commands import application
from primacy.platform.policy import Marking
from primacy.rooms.forces.actions import Terms, claim_relation
from primacy.rooms.forces.facade import Unit
from tests.conftest import Board

MakeUnit = Callable[..., Unit]
MakeTerms = Callable[..., Terms]
API = "/api/v1/missions/exercise"


@pytest.fixture
def company(board: Board, make_unit: MakeUnit, terms: MakeTerms) -> Unit:
    """A company under North in 2020, and by a closed claim under Bureau."""
    north, bureau, unit = make_unit("North"), make_unit("Bureau"), make_unit("Company")
    claim_relation(actor=board["planner"], unit=unit, superior=north,
                   terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    claim_relation(
        actor=board["planner"], unit=unit, superior=bureau,
        terms=terms("2020-03-01", "2020-03-31", ending=True, marking=Marking.CONFIDENTIAL),
    )  # fmt: skip
    return unit


def run(*arguments: str) -> str:
    done = CliRunner().invoke(application, ["forces", *arguments, "--mission", "exercise"])
    assert done.exit_code == 0, done.output + str(done.exception)
    return done.output


def test_a_unit_is_printed_as_of_a_day(company: Unit) -> None:
    words = run("unit", "company", "--on", "2020-06-01")
    assert "Company (company), Police, as of 1 June 2020" in words
    assert "Under: North (certain)" in words
    data = json.loads(run("unit", "company", "--on", "2021-06-01", "--json"))
    assert data["place"]["certain"] is False
    assert data["place"]["reasons"] == [
        "last known on 31 December 2020; nobody knows whether it went on"
    ]
    assert "first_precise" in run("unit", "company", "--csv").splitlines()[0]


def test_a_unit_that_is_not_there_is_refused_with_what_to_do(board: Board) -> None:
    done = CliRunner().invoke(application, ["forces", "unit", "x", "--mission", "exercise"])
    assert done.exit_code != 0
    assert "No unit 'x'" in str(done.exception) + done.output


def test_the_tree_is_printed_with_what_was_known(company: Unit) -> None:
    words = json.loads(run("tree", "--on", "2020-06-01", "--json"))
    assert [(one["unit"], one["depth"], one["certain"]) for one in words] == [
        ("bureau", 0, None), ("north", 0, None), ("company", 1, True),
    ]  # fmt: skip
    assert json.loads(run("tree", "--on", "2020-06-01", "--known-on", "2019-01-01", "--json")) == []


def test_the_api_gives_claims_and_tree_to_those_who_may(
    board: Board, company: Unit, client: Client
) -> None:
    client.force_login(board.accounts["planner"])
    tree = client.get(f"{API}/command?as_of=2020-03-15").json()
    (place,) = [one for one in tree["items"] if one["unit"] == "company"]
    assert place["superior"]["contested"]
    assert tree["conflicts"]
    claims = client.get(f"{API}/units/company/claims?as_of=2020-03-15").json()
    assert [c["unit"] for c in claims if c["kind"] == "relation"] == ["north", "bureau"]
    assert claims[-1]["citations"][0]["source"] == "Gazette"


def test_a_closed_claim_is_signalled_and_not_told_by_the_api(
    board: Board, company: Unit, client: Client
) -> None:
    client.force_login(board.accounts["commander"])
    answer = client.get(f"{API}/command?as_of=2020-03-15")
    (place,) = [one for one in answer.json()["items"] if one["unit"] == "company"]
    assert place["restricted"].startswith("restricted information")
    assert place["others"] == []
    claims = client.get(f"{API}/units/company/claims?as_of=2020-03-15").json()
    assert [c["unit"] for c in claims if c["kind"] == "relation"] == ["north"]
    later = client.get(f"{API}/command?as_of=2020-06-15").json()
    assert not any(one["restricted"] for one in later["items"])


def test_the_api_hides_units_of_others(board: Board, company: Unit, client: Client) -> None:
    assert client.get(f"{API}/command").status_code in (401, 404)
    client.force_login(board.accounts["donor"])
    assert client.get(f"{API}/command").json()["items"] == []
    assert client.get(f"{API}/units/company/claims").status_code == 404
