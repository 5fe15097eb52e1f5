"""Writing to the registers over the API: claims, screening, census, readings of training."""

import datetime as dt
import json

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.forces.facade import NameClaim
from tests.conftest import Board
from tests.contract.callers import ROOT, Caller
from tests.permissions.planting import furnish
from tests.rooms.screening.asking import unit

HERE = "/missions/exercise"
PARTS = ("claims", "screenings", "screening-tasks", "census-rounds", "census-questions",
         "training-names", "persons", "person-claims", "person-pairs", "person-merges",
         "person-terms")  # fmt: skip


def of_registers(path: str) -> bool:
    """True for the routes of this file."""
    return not {*path.split("/")}.isdisjoint(PARTS)


def terms(**more: object) -> dict[str, object]:
    return {
        "first_precise": "2010-03-01",
        "last_precise": "2012-08-31",
        "starting": True,
        "ending": True,
        "source": "Gazette 14",
        **more,
    }


def all_writes(found: dict[str, str]) -> dict[str, object]:
    """A path and a body that can be read, for every write of the registers."""
    question, one = f"{HERE}/census-questions/{found['question']}", found["screening"]
    said = {"said_by": "Personnel office", "text": "The record is right."}
    name = {"kind": "name", "name": "Black Cobra Squad", "terms": terms()}
    correct = {"version": 1, "reason": "A slip", "classification": "Company", "terms": terms()}
    return {
        f"{HERE}/units/{found['unit']}/claims": name,
        f"{HERE}/claims/{found['claim']}/correct": correct,
        f"{HERE}/claims/{found['claim']}/withdraw": {"reason": "A mistake"},
        f"{HERE}/screenings": {
            "title": "Course",
            "kind": "unit",
            "asked": [{"name": "Harbour guard"}],
        },
        f"{HERE}/screenings/{one}/undo": {"reason": "The wrong sheet"},
        f"{HERE}/screenings/{one}/stop": {"reason": "The course is over"},
        f"{HERE}/screenings/{one}/matches/{found['match']}/judgements": {
            "kind": "cannot_say",
            "reasons": "Seen both records, cannot say.",
        },
        f"{HERE}/screening-tasks/{found['task']}/done": {"outcome": "Looked at both records."},
        f"{HERE}/census-rounds": {
            "name": "Census 2030",
            "opened_on": "2030-01-01",
            "census_day": "2030-02-01",
            "source": "Order 4",
        },
        f"{HERE}/census-rounds/{found['round']}/questions": {"rules": []},
        f"{question}/answer": said,
        f"{question}/contest": said,
        f"{question}/unheard": {"text": "Asked twice at the station."},
        f"{question}/settle": {"outcome": "explained", "text": "The record is right."},
        f"{question}/withdraw": {"text": "Asked by mistake."},
        **writes_to_persons(found),
        f"{HERE}/training-names/{found['recipient']}/reading": {
            "reading": "not_a_unit",
            "reason": "It is a school.",
        },
    }


def writes_to_persons(found: dict[str, str]) -> dict[str, object]:
    """The same for the register of persons."""
    one, number = f"{HERE}/persons/{found['register-person']}", {"kind": "number", "number": "9"}
    claim, pair = f"{HERE}/person-claims/{found['person-claim']}", f"{HERE}/person-pairs"
    correct = {"version": 1, "reason": "A slip", "unit": found["unit"], "terms": terms()}
    both = {"one": found["register-person"], "other": found["register-person"]}
    judgement = {"opinion": "unsure", "reasons": "Seen both records, cannot say."}
    return {
        f"{HERE}/persons": {"name": "Jeanne Ndaye", "source": "Gazette 14"},
        f"{HERE}/persons/search": {"name": "Jeanne Ndaye"},
        f"{one}/withdraw": {"reason": "A mistake"},
        f"{one}/claims": {**number, "number_kind": "service number", "terms": terms()},
        f"{claim}/correct": correct,
        f"{claim}/withdraw": {"reason": "A mistake"},
        pair: both,
        f"{pair}/{found['pair']}/judgement": judgement,
        f"{HERE}/person-merges/{found['merge']}/apart": {"reasons": "Seen at one parade."},
        f"{HERE}/person-terms": {"kind": "role", "words": "Chef", "source": "Gazette 14"},
        f"{HERE}/person-terms/{found['term']}/withdraw": {},
    }


def test_every_write_to_a_register_needs_a_right_and_leaves_no_trace_without(
    board: Board, today: dt.date
) -> None:
    writes = all_writes(furnish(board, today))
    described = json.loads(Caller().client.get(f"{ROOT}/openapi.json").content)
    known = [p for p, routes in described["paths"].items() if "post" in routes and of_registers(p)]
    assert len(writes) == len(known), "a write is missing from this test"
    before = AuditEntry.objects.count()
    for path, body in writes.items():
        for caller in (Caller(board.accounts["donor"]), Caller(board.accounts["administrator"])):
            status, refusal = caller.post(path, body)
            assert (status, refusal["error"]) in {(403, "denied"), (404, "not_found")}, path
        assert Caller().post(path, body)[0] == 404, path
    assert AuditEntry.objects.count() == before


def test_a_claim_is_made_corrected_and_withdrawn(board: Board) -> None:
    unit(board, "b21", "21 Mobile Brigade")
    planner = Caller(board.accounts["planner"])
    body = {"kind": "name", "name": "Black Cobra Squad", "name_kind": "alias", "terms": terms()}
    status, made = planner.post(f"{HERE}/units/b21/claims", body)
    assert status == 201, made
    assert (made["kind"], made["text"], made["version"]) == ("name", "Black Cobra Squad", 1)
    assert made["citations"][0]["source"] == "Gazette 14"
    one = f"{HERE}/claims/{made['claim']}"
    change = {"version": 1, "reason": "Misread", "name": "Black Heron Squad", "name_kind": "alias",
              "terms": terms(source="")}  # fmt: skip
    status, corrected = planner.post(f"{one}/correct", change)
    assert (status, corrected["text"], corrected["version"]) == (200, "Black Heron Squad", 2)
    assert corrected["citations"][0]["source"] == "Gazette 14"
    # Who corrects what somebody else corrected first is told so, and nothing is lost.
    status, late = planner.post(f"{one}/correct", change)
    assert (status, late["error"]) == (409, "moved")
    assert planner.post(f"{one}/withdraw", {"reason": "Another unit"})[0] == 200
    assert NameClaim.objects.filter(claim=made["claim"]).count() == 3
    listed = planner.get(f"{HERE}/units/b21/claims")[1]
    assert "Black Heron Squad" not in [row["text"] for row in listed]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"kind": "relation", "superior": "nowhere"}, "not_found"),
        ({"kind": "relation", "superior": "b21"}, "bad_claim"),
        ({"kind": "name", "name": " "}, "bad_claim"),
        ({"kind": "position"}, "bad_claim"),
        ({"kind": "posting"}, "invalid"),
        ({"terms": {"first_precise": "2012-01-01", "last_precise": "2010-01-01"}}, "bad_claim"),
        ({"terms": {"source": ""}}, "bad_claim"),
        ({"terms": {"marking": "secret"}}, "invalid"),
        ({"rank": "Colonel"}, "invalid"),
    ],
)
def test_a_claim_that_cannot_stand_is_refused_and_nothing_is_kept(
    board: Board, changed: dict[str, object], error: str
) -> None:
    unit(board, "b21", "21 Mobile Brigade")
    before = AuditEntry.objects.count(), NameClaim.objects.count()
    body = {"kind": "name", "name": "Black Cobra Squad", "terms": terms(), **changed}
    status, refusal = Caller(board.accounts["planner"]).post(f"{HERE}/units/b21/claims", body)
    assert status in (404, 422), refusal
    assert refusal["error"] == error
    assert (AuditEntry.objects.count(), NameClaim.objects.count()) == before


def test_a_screening_is_run_read_and_judged(board: Board) -> None:
    unit(board, "b21", "Riverine Patrol 9")
    unit(board, "s1", "Secret Tracking Brigade 44", Marking.STRICT)
    planner = Caller(board.accounts["planner"])
    body = {
        "title": "Course",
        "kind": "unit",
        "asked": [
            {"name": "Riverine Patrol No. 9"},
            {"name": "Secret Tracking Brigade 44"},
            {"name": "Harbour Police Choir"},
        ],
    }
    status, made = planner.post(f"{HERE}/screenings", body)
    assert (status, made["asked"]) == (201, 3)
    assert "Register of units of this mission: 1 unit open to who asked." in made["searched"]
    one = f"{HERE}/screenings/{made['id']}"
    found = planner.get(f"{one}/lines")[1]["items"]
    assert [line["standing"] for line in found] == ["decide", "restricted", "nothing"]
    assert found[2]["outcome"].startswith("Nothing found. Searched on ")
    (closed,) = found[1]["matches"]
    assert (closed["restricted"], closed["id"], closed["score"]) == (True, None, None)
    assert closed["name"].startswith("restricted information: ask ")
    judging = f"{one}/matches/{found[0]['matches'][0]['id']}/judgements"
    judged = {"kind": "different", "reasons": "Another province, seen in the order of battle."}
    assert planner.post(judging, judged)[0] == 403
    status, match = Caller(board.accounts["human_rights"]).post(judging, judged)
    assert (status, match["judgement"]) == (200, "different")
    assert planner.get(f"{one}/lines")[1]["items"][0]["standing"] == "decided"
    status, refusal = planner.post(f"{HERE}/screenings", {**body, "lists": ["un"]})
    assert (status, refusal["error"]) == (422, "refused")
    assert "No list of un is loaded" in refusal["message"]


def test_questions_of_a_census_are_read_with_what_was_said(board: Board, today: dt.date) -> None:
    found = furnish(board, today)
    planner = Caller(board.accounts["planner"])
    listed = planner.get(f"{HERE}/census-questions")[1]
    assert found["question"] in [row["id"] for row in listed["items"]]
    one = planner.get(f"{HERE}/census-questions/{found['question']}")[1]
    assert isinstance(one["entries"], list)
    rounds = planner.get(f"{HERE}/census-rounds")[1]
    assert found["round"] in [row["id"] for row in rounds["items"]]
    status, made = planner.post(
        f"{HERE}/census-rounds",
        {"name": "Census 2030", "opened_on": "2026-01-01", "census_day": "2026-02-01",
         "source": "Order 4"},
    )  # fmt: skip
    assert (status, made["marking"]) == (201, "confidential")


def test_a_name_in_reports_on_training_is_read_as_a_unit(board: Board, today: dt.date) -> None:
    found = furnish(board, today)
    planner = Caller(board.accounts["planner"])
    path = f"{HERE}/training-names/{found['recipient']}/reading"
    said = {"reading": "unit", "unit": found["unit"], "reason": "Seen in the training order."}
    status, read = planner.post(path, said)
    assert (status, read["reading"], read["unit"]) == (200, "unit", found["unit"])
    by_unit = planner.get(f"{HERE}/trainings-by-unit")[1]
    assert [row["unit"] for row in by_unit] == [found["unit"]]
    assert planner.post(path, {"reading": "unit", "reason": "none named"})[0] == 422
