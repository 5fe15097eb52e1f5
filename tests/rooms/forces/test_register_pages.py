"""Pages of the register over real HTTP: reading, claiming, correcting, without script."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from primacy.platform.policy import Marking
from primacy.rooms.forces.actions import Terms, claim_name, claim_relation
from primacy.rooms.forces.claim_queries import claims_of_kind
from primacy.rooms.forces.facade import RelationClaim, Unit
from tests.conftest import Board

MakeUnit = Callable[..., Unit]
MakeTerms = Callable[..., Terms]
M = "/m/exercise"


@pytest.fixture
def planner(board: Board, client: Client) -> Client:
    """A browser in which the planner is signed in."""
    client.force_login(board.accounts["planner"])
    return client


def text_of(answer: HttpResponse) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


@pytest.fixture
def company(board: Board, make_unit: MakeUnit, terms: MakeTerms) -> Unit:
    """A company under North in 2020."""
    north, unit = make_unit("North"), make_unit("Company", areas=[board.area])
    claim_relation(actor=board["planner"], unit=unit, superior=north,
                   terms=terms("2020-01-01", "2020-12-31"))  # fmt: skip
    return unit


def test_a_unit_shows_its_place_on_the_day_with_its_sources(planner: Client, company: Unit) -> None:
    seen = text_of(planner.get(f"{M}/forces/company/?as_of=2020-06-01"))
    assert "Under North certain" in seen
    assert "Under the command of North certain Accepted Gazette" in seen
    later = text_of(planner.get(f"{M}/forces/company/?as_of=2022-06-01"))
    assert "Under North possible last known on 31 December 2020" in later


def test_the_tree_page_shows_the_day_and_what_was_known(
    planner: Client, board: Board, company: Unit
) -> None:
    page = planner.get(f"{M}/command/?as_of=2020-06-01")
    assert "Company North certain" in text_of(page)
    before = text_of(planner.get(f"{M}/command/?as_of=2020-06-01&known_on=2019-01-01"))
    assert "Only what was recorded by 1 January 2019 is shown" in before
    assert "No units on this day" in before
    below = text_of(planner.get(f"{M}/command/?as_of=2020-06-01&under=company"))
    assert "North" not in below.split("Else possible")[1].split("no superior")[0][:9]


def test_the_chart_draws_the_same_tree(planner: Client, company: Unit) -> None:
    page = planner.get(f"{M}/command/chart/?as_of=2020-06-01").content.decode()
    assert "<svg" in page
    assert "Company" in page
    assert f"{M}/forces/north/?as_of=2020-06-01" in page
    below = planner.get(f"{M}/command/chart/?as_of=2020-06-01&under=company").content.decode()
    assert "forces/company/" in below
    assert "forces/north/" not in below


def test_a_relation_is_claimed_by_a_form(planner: Client, board: Board, company: Unit) -> None:
    form = planner.get(f"{M}/forces/company/claim/relation/")
    assert form.status_code == 200
    sent = {
        "superior": "nowhere", "kind": "command", "first_precise": "2021-01-01",
        "last_precise": "2021-06-30", "starting": "on", "source": "Order 9", "status": "accepted",
        "marking": "1", "point_kind": "page", "point": "3",
    }  # fmt: skip
    refused = planner.post(f"{M}/forces/company/claim/relation/", sent)
    assert "open to you" in text_of(refused)
    done = planner.post(f"{M}/forces/company/claim/relation/", {**sent, "superior": "north"})
    assert done.status_code == 302, text_of(done)
    seen = text_of(planner.get(f"{M}/forces/company/?as_of=2021-03-01"))
    assert "Order 9, Page 3" in seen
    without = planner.post(f"{M}/forces/company/claim/relation/",
                           {**sent, "superior": "north", "source": ""})  # fmt: skip
    assert "without a citation" in text_of(without)


def test_a_fuzzy_or_broken_date_is_refused_beside_the_form(planner: Client, company: Unit) -> None:
    sent = {"name": "New", "kind": "name", "source": "Order", "status": "accepted", "marking": "1"}
    assert "has no day" in text_of(planner.post(f"{M}/forces/company/claim/name/", sent))
    month = {**sent, "first_precise": "2024-02"}
    assert "valid date" in text_of(planner.post(f"{M}/forces/company/claim/name/", month))


@pytest.mark.parametrize("kind", ["name", "classification", "relation", "position", "lineage"])
def test_every_kind_of_claim_has_its_form(planner: Client, company: Unit, kind: str) -> None:
    assert planner.get(f"{M}/forces/company/claim/{kind}/").status_code == 200


def test_a_renaming_by_the_form_renames(planner: Client, company: Unit) -> None:
    sent = {"event": "renamed", "new_name": "First Company", "first_precise": "2022-01-01",
            "source": "Order", "status": "accepted", "marking": "1"}  # fmt: skip
    assert planner.post(f"{M}/forces/company/claim/lineage/", sent).status_code == 302
    company.refresh_from_db()
    assert company.name == "First Company"
    attach = {**sent, "event": "attached", "new_name": "", "others": "north", "ending": "on"}
    assert planner.post(f"{M}/forces/company/claim/lineage/", attach).status_code == 302
    seen = text_of(planner.get(f"{M}/forces/company/?as_of=2022-01-01"))
    assert "First Company to North" in seen


def test_a_claim_is_corrected_and_withdrawn_and_its_versions_stay(
    planner: Client, board: Board, company: Unit
) -> None:
    (row,) = claims_of_kind(board["planner"], RelationClaim, board.mission.pk)
    address = f"{M}/forces/claims/{row.claim}/"
    form = planner.get(f"{address}correct/")
    assert 'value="north"' in form.content.decode()
    sent = {
        "superior": "north", "kind": "command", "first_precise": "2020-01-01",
        "last_precise": "2020-06-30", "starting": "on", "ending": "on", "source": "",
        "status": "accepted", "marking": "1", "reason": "It left in June", "version": "1",
    }  # fmt: skip
    assert planner.post(f"{address}correct/", sent).status_code == 302
    seen = text_of(planner.get(address))
    assert "It left in June" in seen
    assert "1 January 2020 to 30 June 2020" in seen
    assert "1 January 2020 to 31 December 2020; may have gone on" in seen
    assert seen.count("Gazette") == 2
    stale = planner.post(f"{address}correct/", sent)
    assert stale.status_code == 409
    planner.post(f"{address}withdraw/", {"reason": ""})
    assert "This claim was withdrawn" not in text_of(planner.get(address))
    planner.post(f"{address}withdraw/", {"reason": "Forged"})
    assert "This claim was withdrawn" in text_of(planner.get(address))
    assert "Under not recorded" in text_of(planner.get(f"{M}/forces/company/?as_of=2020-03-01"))


def test_closed_claims_are_in_no_page_and_no_file_of_those_without_clearance(
    board: Board, company: Unit, terms: MakeTerms, client: Client
) -> None:
    closed = claim_name(actor=board["planner"], unit=company, name="Cell 9",
                        terms=terms("2020-01-01", marking=Marking.CONFIDENTIAL))  # fmt: skip
    pages = ["forces/", "forces/company/", "command/", "claims.csv", "claims.csv?unit=company",
             "search/?q=cell"]  # fmt: skip
    for who, sees in (("commander", False), ("adviser", True)):
        client.force_login(board.accounts[who])
        found = "".join(
            b"".join(page).decode() if page.streaming else page.content.decode()
            for page in (client.get(f"{M}/{name}") for name in pages)
        )
        assert ("Cell 9" in found) == sees, who
        status = client.get(f"{M}/forces/claims/{closed.claim}/").status_code
        assert status == (200 if sees else 404)


def test_those_who_may_not_edit_see_no_button_and_reach_no_form(
    board: Board, company: Unit, client: Client
) -> None:
    client.force_login(board.accounts["adviser"])
    assert "claim/name" not in client.get(f"{M}/forces/company/").content.decode()
    assert client.get(f"{M}/forces/company/claim/name/").status_code == 403
    (row,) = claims_of_kind(board["adviser"], RelationClaim, board.mission.pk)
    assert client.post(f"{M}/forces/claims/{row.claim}/withdraw/", {"reason": "x"}).status_code == (
        403
    )


def test_the_file_of_claims_has_one_row_a_claim(
    planner: Client, board: Board, company: Unit
) -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(planner.get(f"{M}/claims.csv")).decode())))
    kinds = {row["kind"].split(":")[0] for row in rows}
    assert kinds == {"name", "relation", "position"}
    relation = next(row for row in rows if row["kind"].startswith("relation"))
    assert (relation["units"], relation["other_units"], relation["sources"]) == (
        "company", "north", "Gazette",
    )  # fmt: skip
    assert relation["first_precise"] == "2020-01-01"
    book = planner.get(f"{M}/claims.xlsx?unit=company")
    assert book["Content-Type"].startswith("application/vnd.openxml")
