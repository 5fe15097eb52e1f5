"""Persons over the API: on record, searched for, claimed about, commanding, read as one."""

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.rooms.persons.facade import Person, PostingClaim
from tests.conftest import Board
from tests.contract.callers import Caller
from tests.contract.test_register_writes import HERE, terms
from tests.rooms.screening.asking import unit

NDAYE = {
    "name": "Jeanne Ndaye",
    "code": "P-1",
    "aliases": ["Mama Jeanne"],
    "born": "1975-03",
    "sex": "f",
    "numbers": [{"kind": "service number", "number": "PNC 4411"}],
    "postings": [
        {"unit": "b21", "role": "Commanding officer", "rank": "Colonel",
         "since": "2010-03-01", "seen_on": "2012-08-31"},
    ],
    "source": "Gazette 14",
}  # fmt: skip


@pytest.fixture
def planner(board: Board) -> Caller:
    """A planner, with a brigade and its commander on record."""
    unit(board, "b21", "21 Mobile Brigade")
    caller = Caller(board.accounts["planner"])
    status, made = caller.post(f"{HERE}/persons", NDAYE)
    assert status == 201, made
    return caller


def test_a_person_is_entered_and_read_with_claims_in_time(planner: Caller) -> None:
    one = planner.get(f"{HERE}/persons/P-1", as_of="2011-01-01")[1]
    assert (one["name"], one["marking"], one["restricted"]) == (
        "Jeanne Ndaye", "confidential", None,
    )  # fmt: skip
    kinds = [claim["kind"] for claim in one["claims"]]
    assert kinds == ["name", "name", "birth", "number", "posting"]
    (post,) = (claim for claim in one["claims"] if claim["kind"] == "posting")
    assert (post["unit"], post["holds"]) == ("b21", "certain")
    assert post["citations"][0]["source"] == "Gazette 14"
    later = planner.get(f"{HERE}/persons/P-1", as_of="2020-01-01")[1]["claims"][-1]
    assert later["holds"] in ("possible", "no")
    before = planner.get(f"{HERE}/persons/P-1", known_on="2001-01-01")[1]
    assert before["claims"] == []


def test_a_search_says_why_and_a_name_alone_is_only_referred(planner: Caller) -> None:
    found = planner.post(f"{HERE}/persons/search", {"name": "Ndaye Jeanne"})[1]
    assert [(row["person"]["code"], row["verdict"]) for row in found] == [("P-1", "refer")]
    assert any("nothing but the name" in words for words in found[0]["against"])
    asked = {"name": "J. Ndaye", "number_kind": "service number", "number": "PNC-4411"}
    found = planner.post(f"{HERE}/persons/search", asked)[1]
    assert found[0]["verdict"] == "same"
    assert any("service number" in words for words in found[0]["speaks_for"])
    status, refusal = planner.post(f"{HERE}/persons/search", {"born": "the war"})
    assert (status, refusal["error"]) == (422, "invalid")


def test_the_commander_of_a_day_comes_with_reasons_and_a_gap_with_its_beginning(
    planner: Caller,
) -> None:
    then = planner.get(f"{HERE}/units/b21/commander", as_of="2011-01-01")[1]
    (one,) = then["commanders"]
    assert (one["person"], one["certain"], then["contested"]) == ("P-1", True, False)
    assert one["reasons"]
    assert len(one["claims"]) == 1
    planner.post(
        f"{HERE}/persons/P-1/claims",
        {"kind": "leaving", "leaving_kind": "died", "earliest": "2012-09-01",
         "terms": terms(first_precise=None, last_precise=None, starting=False, ending=False,
                        since_beginning=True)},
    )  # fmt: skip
    gone = planner.get(f"{HERE}/units/b21/commander", as_of="2015-01-01")[1]
    assert gone["commanders"] == []
    assert gone["last_commander"] == "Jeanne Ndaye"
    assert gone["vacancy"]
    (level,) = planner.get(f"{HERE}/units/b21/chain", as_of="2011-01-01")[1]
    assert (level["level"], level["command"]["unit"]) == (0, "b21")
    listed = planner.get(f"{HERE}/commanders", as_of="2011-01-01")[1]
    assert [(row["unit"], len(row["commanders"])) for row in listed["items"]] == [("b21", 1)]


def test_a_claim_about_a_person_is_made_corrected_and_withdrawn(planner: Caller) -> None:
    body = {"kind": "posting", "unit": "b21", "role": "Deputy commander",
            "terms": terms(first_precise="2009-01-01", last_precise="2010-02-28")}  # fmt: skip
    status, made = planner.post(f"{HERE}/persons/P-1/claims", body)
    assert (status, made["version"], made["unit"]) == (201, 1, "b21")
    one = f"{HERE}/person-claims/{made['claim']}"
    change = {"version": 1, "reason": "Misread", "unit": "b21", "role": "Operations officer",
              "terms": terms(source="")}  # fmt: skip
    status, corrected = planner.post(f"{one}/correct", change)
    assert (status, corrected["version"]) == (200, 2)
    assert "Operations officer" in corrected["text"]
    status, late = planner.post(f"{one}/correct", change)
    assert (status, late["error"]) == (409, "moved")
    assert [row["version"] for row in planner.get(one)[1]] == [1, 2]
    assert planner.post(f"{one}/withdraw", {"reason": "Another person"})[0] == 200
    assert PostingClaim.objects.filter(claim=made["claim"]).count() == 3


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name": " "}, "refused"),
        ({"code": "P-1"}, "refused"),
        ({"sex": "x"}, "invalid"),
        ({"born": "1975-13"}, "invalid"),
        ({"postings": [{"unit": "nowhere", "since": "2010-01-01"}]}, "not_found"),
        ({"postings": [{"unit": "b21"}]}, "invalid"),
        ({"status": "sure"}, "bad_claim"),
        ({"rank": "Colonel"}, "invalid"),
    ],
)
def test_a_person_that_cannot_stand_is_refused_and_nothing_is_kept(
    planner: Caller, changed: dict[str, object], error: str
) -> None:
    before = AuditEntry.objects.count(), Person.objects.count()
    body = {**NDAYE, "code": "P-2", **changed}
    status, refusal = planner.post(f"{HERE}/persons", body)
    assert status in (404, 422), refusal
    assert refusal["error"] == error
    assert (AuditEntry.objects.count(), Person.objects.count()) == before


def test_a_leaving_without_a_day_is_refused(planner: Caller) -> None:
    body = {"kind": "leaving", "leaving_kind": "died", "terms": terms()}
    status, refusal = planner.post(f"{HERE}/persons/P-1/claims", body)
    assert (status, refusal["error"]) == (422, "refused")
    assert "not before which day" in refusal["message"]


def test_two_records_are_judged_read_as_one_and_apart_again(planner: Caller) -> None:
    other = {"name": "Jeanne N'Daye", "code": "P-9", "source": "Payroll"}
    assert planner.post(f"{HERE}/persons", other)[0] == 201
    status, pair = planner.post(f"{HERE}/person-pairs", {"one": "P-9", "other": "P-1"})
    assert (status, pair["verdict"], pair["merge"]) == (201, "refer", None)
    waiting = planner.get(f"{HERE}/person-pairs")[1]
    assert [row["id"] for row in waiting["items"]] == [pair["id"]]
    here = f"{HERE}/person-pairs/{pair['id']}"
    alone = {"opinion": "same", "reasons": "The names are the same."}
    status, refusal = planner.post(f"{here}/judgement", alone)
    assert (status, refusal["error"]) == (422, "refused")
    assert "A name alone" in refusal["message"]
    said = {**alone, "ground": "source", "reference": "Letter 7 of the ministry", "keep": "P-1"}
    status, judged = planner.post(f"{here}/judgement", said)
    assert (status, judged["opinion"]) == (201, "same")
    (merge,) = planner.get(f"{HERE}/person-merges")[1]["items"]
    assert (merge["kept"], merge["joined"], merge["id"]) == ("P-1", "P-9", judged["merge"])
    assert planner.get(f"{HERE}/persons/P-1")[1]["read_as_one_with"] == ["P-9"]
    apart = f"{HERE}/person-merges/{merge['id']}/apart"
    assert planner.post(apart, {"reasons": "no"})[0] == 422
    status, again = planner.post(apart, {"reasons": "Both stood at one parade."})
    assert (status, again["opinion"], again["merge"]) == (200, "different", None)
    assert planner.post(apart, {"reasons": "Both stood at one parade."})[0] == 404
    assert planner.get(f"{HERE}/persons/P-1")[1]["read_as_one_with"] == []


def test_a_role_of_the_country_decides_who_commands(planner: Caller) -> None:
    body = {"name": "Paul Kwame", "code": "P-3", "source": "Gazette 14", "postings": [
        {"unit": "b21", "role": "Grand veilleur", "since": "2014-01-01", "seen_on": "2014-12-31"},
    ]}  # fmt: skip
    assert planner.post(f"{HERE}/persons", body)[0] == 201
    asked = f"{HERE}/units/b21/commander"
    assert not any(
        one["certain"] for one in planner.get(asked, as_of="2014-06-01")[1]["commanders"]
    )
    term = {"kind": "role", "words": "Grand veilleur", "commands": "yes", "source": "Decree 3"}
    status, kept = planner.post(f"{HERE}/person-terms", term)
    assert (status, kept["words"]) == (201, "Grand veilleur")
    (one,) = planner.get(asked, as_of="2014-06-01")[1]["commanders"]
    assert (one["person"], one["certain"]) == ("P-3", True)
    assert planner.post(f"{HERE}/person-terms/{kept['id']}/withdraw")[0] == 200
    assert planner.get(f"{HERE}/person-terms")[1] == []
    assert planner.post(f"{HERE}/person-terms/{kept['id']}/withdraw")[0] == 404


def test_who_may_not_know_persons_learns_nothing(planner: Caller, board: Board) -> None:
    donor = Caller(board.accounts["donor"])
    for path in ("persons", "persons/P-1", "units/b21/commander", "units/b21/chain",
                 "commanders", "person-pairs", "person-merges", "person-terms"):  # fmt: skip
        status, refusal = donor.get(f"{HERE}/{path}")
        assert (status, refusal["error"]) == (403, "denied"), path
