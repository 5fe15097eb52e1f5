"""Support over the API: a case from request to delivery, refusals in full, what stays closed."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.support.actions import report_unassessed
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.models import Delivery, SupportCase, SupportTask
from tests.contract.callers import Caller
from tests.rooms.support.conftest import Desk, desk

__all__ = ["desk"]

HERE = "/missions/exercise/support"
CASES = f"{HERE}/cases"
FUEL = {"unit": "b1-1", "purpose": "fuel"}
Api = Callable[[str], Caller]


@pytest.fixture
def api(desk: Desk) -> Api:
    """People of the desk at the API, by their label."""
    return lambda label: Caller(desk.accounts[label])


def wanted(**more: object) -> dict[str, object]:
    """A whole request for fuel for the battalion."""
    today = clock.today()
    return {
        "title": "Fuel for patrols", "kind": "fuel", "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(days=90)).isoformat(), "asked_for_by": "Police component",
        "place": "District 1", "quantity": 1000, "quantity_unit": "litres", "budget": 5000,
        "currency": "USD", "budget_line": "B-1", "objective": "Patrols reach the outposts.",
        "absorption": "Two tanks.", "baseline": "Four patrols a week.",
        "sustainment": "The ministry pays from year 2.", "cost_year_3": 6000, "cost_year_5": 7000,
        "recipients": [{"kind": "unit", "unit": "b1-1"}], **more,
    }  # fmt: skip


def handed(recipient: str, quantity: float = 400) -> dict[str, object]:
    """Fuel handed over today."""
    return {"recipient": recipient, "what": "Diesel", "quantity": quantity,
            "quantity_unit": "litres", "happens_on": clock.today().isoformat(),
            "source": "Hand-over note 12"}  # fmt: skip


def done(answer: tuple[int, Any], status: int = 200) -> Any:
    """The body of an answer of this status."""
    assert answer[0] == status, answer
    return answer[1]


def move(caller: Caller, one: str, act: str, reason: str = "It is time.") -> Any:
    """The case after a move."""
    return done(caller.post(f"{one}/moves", {"act": act, "reason": reason}))


def test_a_case_is_walked_from_request_to_delivery(api: Api) -> None:
    planner, officer, leader = api("planner"), api("human_rights"), api("leader")
    case = done(planner.post(CASES, wanted()), 201)
    one, recipient = f"{CASES}/{case['id']}", case["recipients"][0]["id"]
    assert (case["state"], case["marking"], case["number"]) == ("draft", "confidential", 1)
    assert (case["recipients"][0]["unit"], case["recipients"][0]["resolved"]) == ("b1-1", True)
    move(planner, one, "submit")
    scope = {"clause": "in.logistics", "reason": "Fuel for operations in the field."}
    assert done(officer.post(f"{one}/scope", scope))["clause"] == "in.logistics"
    done(officer.post(f"{one}/command"))
    move(officer, one, "validate")
    move(officer, one, "screen")
    for label, office in (("human_rights", "hr"), ("adviser", "police")):
        body = {"recipient": recipient, "office": office, "colour": "green",
                "reason": "Searched the register.", "searched": "register, today"}  # fmt: skip
        assert done(api(label).post(f"{one}/answers", body), 201)["office"] == office
    assert [row["colour"] for row in done(planner.get(f"{one}/answers"))] == ["green", "green"]
    move(officer, one, "consolidate")
    risk = {"text": "Fuel is sold", "likelihood": 3, "severity": 3, "measures": "Log sheets",
            "likelihood_after": 1, "severity_after": 1}  # fmt: skip
    form = {"answers": {e.code: "Looked at." for e in ELEMENTS}, "risks": [risk],
            "real_risk": False}  # fmt: skip
    assert done(officer.post(f"{one}/assessments", form))["risk"] == "low"
    due = (clock.today() + dt.timedelta(days=10)).isoformat()
    wish = {"kind": "before", "pillar": "training", "text": "Train the keepers of the tanks",
            "owner": "Police component", "due_on": due}  # fmt: skip
    condition = done(officer.post(f"{one}/conditions", wish), 201)
    said = {"recipient": recipient, "colour": "green", "commentary": "All agree."}
    done(officer.post(f"{one}/recommendations", said))
    move(officer, one, "send")
    ruling = {"ruling": "approved_with_conditions", "reasons": "It helps, once trained."}
    assert done(leader.post(f"{one}/decisions", ruling))["state"] == "approved_with_conditions"
    status, held = officer.post(f"{one}/moves", {"act": "activate"})
    assert (status, held["error"]) == (409, "not_allowed")
    assert any("Train the keepers" in reason for reason in held["reasons"])
    met = done(officer.post(f"{one}/conditions/{condition['id']}/meet",
                            {"evidence": "Attendance list of 4 May, seen"}))  # fmt: skip
    assert met["state"] == "met"
    assert move(officer, one, "activate")["state"] == "active"

    gate = done(planner.get(f"{HERE}/clearance", **FUEL))
    assert (gate["answer"], gate["case"]) == ("allowed", 1)
    delivered = done(planner.post(f"{HERE}/deliveries", handed(recipient)), 201)
    assert (delivered["case"], delivered["standing"], delivered["beyond_approval"]) == (
        1, "accepted", [],
    )  # fmt: skip
    whole = done(planner.get(one))
    assert (float(whole["delivered"]), whole["state"]) == (400, "active")
    assert [row["office"] for row in whole["answers"]] == ["hr", "police"]
    assert [row["state"] for row in whole["conditions"]] == ["met"]
    assert [row["ruling"] for row in whole["decisions"]] == ["approved_with_conditions"]
    assert whole["objective"] == "Patrols reach the outposts."
    acts = [row["act"] for row in done(planner.get(f"{one}/moves"))]
    assert acts == ["draft", "submit", "validate", "screen", "consolidate", "send",
                    "approve_with_conditions", "activate"]  # fmt: skip
    (form,) = done(planner.get(f"{one}/assessments"))
    assert (form["level_before"], form["level_after"], form["missing"]) == ("medium", "low", [])
    assert done(planner.get(f"{one}/decisions")) == whole["decisions"]
    other = f"{CASES}/{done(planner.post(CASES, wanted()), 201)['id']}"
    strange = f"{other}/recipients/{recipient}/exclude"
    assert planner.post(strange, {"reason": "Not of this case"})[0] == 404
    listed = done(planner.get(CASES, state="active", kind="fuel"))
    assert [row["number"] for row in listed["items"]] == [1]
    assert done(planner.get(CASES, state="draft"))["count"] == 1
    for asked, count in (({"unit": "b1-1"}, 2), ({"unit": "b2"}, 0), ({"overdue": True}, 0)):
        assert done(planner.get(CASES, **asked))["count"] == count, asked
    SupportCase.objects.filter(state="draft").update(due_on=clock.today() - dt.timedelta(days=1))
    late = done(planner.get(CASES, overdue=True))["items"]
    assert [row["state"] for row in late] == ["draft"]


def test_what_holds_a_case_back_is_said_in_full(api: Api, desk: Desk) -> None:
    planner, officer = api("planner"), api("human_rights")
    one = f"{CASES}/{done(planner.post(CASES, wanted(objective='', budget=None)), 201)['id']}"
    status, held = planner.post(f"{one}/moves", {"act": "submit"})
    assert (status, held["error"]) == (409, "not_allowed")
    assert "objective" in " ".join(held["reasons"])
    assert "budget" in " ".join(held["reasons"])
    (submit,) = (row for row in done(planner.get(one))["acts"] if row["act"] == "submit")
    assert submit["held_back_by"] == held["reasons"]
    assert done(planner.get(one))["state"] == "draft"
    status, refusal = officer.post(f"{one}/moves", {"act": "approve", "reason": "Quickly"})
    assert (status, refusal["error"]) == (409, "not_allowed")
    case = desk.to("decision")
    here = f"{CASES}/{case.pk}/decisions"
    ruling = {"ruling": "approved", "reasons": "It helps."}
    assert officer.post(here, ruling)[0] == 403
    status, refusal = api("leader").post(here, {**ruling, "reasons": " "})
    case.refresh_from_db()
    assert case.state == "decision"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"kind": "gold"}, "refused"),
        ({"title": " "}, "refused"),
        ({"ends_on": "2001-01-01"}, "refused"),
        ({"currency": "US"}, "refused"),
        ({"quantity": -1}, "invalid"),
        ({"starts_on": "the war"}, "invalid"),
        ({"colour": "green"}, "invalid"),
        ({"recipients": [{"kind": "unit", "unit": "nowhere"}]}, "not_found"),
        ({"recipients": [{"kind": "unit"}]}, "refused"),
        ({"recipients": [{"kind": "army", "unit": "b1"}]}, "invalid"),
    ],
)
def test_a_request_that_cannot_stand_is_refused_and_nothing_is_kept(
    api: Api, changed: dict[str, object], error: str
) -> None:
    planner, before = api("planner"), AuditEntry.objects.count()
    status, refusal = planner.post(CASES, wanted(**changed))
    assert status in (404, 422), refusal
    assert refusal["error"] == error
    assert (AuditEntry.objects.count(), SupportCase.objects.count()) == (before, 0)


def test_the_gate_answers_is_kept_and_closes(api: Api, desk: Desk) -> None:
    planner, officer = api("planner"), api("human_rights")
    unknown = done(planner.get(f"{HERE}/clearance", **FUEL))
    assert (unknown["answer"], unknown["case"], unknown["id"]) == ("unknown", None, None)
    case = desk.active()
    recipient = str(desk.kept(case)[0].pk)
    kept = done(planner.post(f"{HERE}/clearances", FUEL), 201)
    assert (kept["answer"], kept["id"] is None) == ("allowed", False)
    over = done(planner.post(f"{HERE}/deliveries", handed(recipient, 1200)), 201)
    assert len(over["beyond_approval"]) == 1
    back = done(planner.post(f"{HERE}/deliveries/{over['id']}/correct",
                             {"reason": "120, not 1200"}), 201)  # fmt: skip
    assert (back["takes_back"], float(back["quantity"])) == (over["id"], -1200)
    found = {"unit": "b1", "test": "gross", "basis": "Five verified incidents", "source": "Summary"}
    finding = done(officer.post(f"{HERE}/findings", found), 201)
    closed = done(planner.get(f"{HERE}/clearance", **FUEL))
    assert closed["answer"] == "not_allowed"
    assert "no override" in closed["reasons"][0]
    status, refusal = planner.post(f"{HERE}/deliveries", handed(recipient))
    assert (status, refusal["error"]) == (409, "not_cleared")
    assert refusal["reasons"] == closed["reasons"]
    assert Delivery.objects.count() == 2
    lift = f"{HERE}/findings/{finding['id']}/lift"
    assert officer.post(lift, {"reason": "Tried"})[0] == 409
    assert done(api("human_rights_2").post(lift, {"reason": "Tried"}))["lifted_on"]
    general = {"person": desk.persons["general"].code, "purpose": "training"}
    assert done(planner.get(f"{HERE}/clearance", **general))["answer"] == "unknown"
    assert planner.get(f"{HERE}/clearance", unit="b1-1", purpose="gold")[0] == 422
    assert planner.get(f"{HERE}/clearance", purpose="fuel")[0] == 422


def test_what_went_around_the_gate_is_kept_and_looked_into(api: Api) -> None:
    body = {**handed(""), "kind": "fuel", "named": "A company", "unit": "b2"}
    del body["recipient"]
    around = done(api("planner").post(f"{HERE}/deliveries/unassessed", body), 201)
    assert (around["standing"], around["case"], around["unit"]) == ("unassessed", None, "b2")
    listed = done(api("planner").get(f"{HERE}/deliveries", standing="unassessed", unit="b2"))
    assert [row["number"] for row in listed["items"]] == [around["number"]]
    (task,) = done(api("human_rights").get(f"{HERE}/tasks"))["items"]
    assert (task["kind"], task["level"]) == ("unassessed", 2)
    settle = f"{HERE}/tasks/{task['id']}/settle"
    assert api("human_rights").post(settle, {"outcome": "forgotten", "words": "x"})[0] == 422
    done(api("human_rights").post(settle, {"outcome": "settled", "words": "Request made."}))
    assert not SupportTask.objects.filter(done_at__isnull=True).exists()


def test_support_is_watched_raised_suspended_and_let_go_on(api: Api, desk: Desk) -> None:
    officer, second = api("human_rights"), api("human_rights_2")
    case = desk.active()
    one = f"{CASES}/{case.pk}"
    today = clock.today().isoformat()
    visit = done(officer.post(f"{one}/visits", {"planned_on": today, "what": "Tank farm",
                                                "owner": "Monitors"}), 201)  # fmt: skip
    seen = {"done_on": today, "access": "refused", "seen": "Turned away.", "signs": ["diverted"]}
    assert done(officer.post(f"{HERE}/visits/{visit['id']}/report", seen))["access"] == "refused"
    assert done(officer.get(f"{HERE}/tasks"))["count"] == 2
    move(officer, one, "watch")
    raised = done(officer.post(f"{one}/intercessions", {
        "way": "letter", "addressee": "Minister", "text": "Detainees were beaten.",
        "asked": "Investigate.", "response_due": today}), 201)  # fmt: skip
    assert done(officer.get(one))["state"] == "interceded"
    done(officer.post(f"{HERE}/intercessions/{raised['id']}/response",
                      {"response": "Two officers charged.", "enough": True}))  # fmt: skip
    stop = {"unit": "b1", "reason": "A pattern of beatings", "told_host": "Conduct in detention"}
    order = done(officer.post(f"{HERE}/suspensions", stop), 201)
    assert done(officer.get(one))["state"] == "suspended"
    again = f"{HERE}/suspensions/{order['id']}/reinstate"
    status, refusal = officer.post(again, {"reason": "Charged"})
    assert (status, refusal["error"]) == (409, "not_allowed")
    assert [row["seen"] for row in done(officer.get(f"{one}/visits"))] == ["Turned away."]
    assert [row["enough"] for row in done(officer.get(f"{one}/intercessions"))] == [True]
    ended = done(second.post(again, {"reason": "Charged"}))
    assert ended == {"in_force": [case.number], "held": {}}
    assert done(second.get(f"{HERE}/stops"))["count"] == 0


def test_a_case_is_suspended_and_ended_for_good_once_the_host_state_was_told(
    api: Api, desk: Desk
) -> None:
    leader, case = api("leader"), desk.active()
    one = f"{CASES}/{case.pk}"
    why = {"reason": "A pattern of beatings", "told_host": "Conduct in detention"}
    assert api("planner").post(f"{one}/suspend", why)[0] == 403
    assert done(leader.post(f"{one}/suspend", why))["state"] == "suspended"
    status, refusal = leader.post(f"{one}/withdraw", {"reason": "Nothing changed"})
    assert (status, refusal["error"]) == (409, "not_allowed")
    notice = {"kind": "withdrawn", "addressee": "Minister", "text": "Support ends.",
              "what_would_change": "Charges.", "case": case.number}  # fmt: skip
    done(leader.post(f"{HERE}/notices", notice), 201)
    done_with = done(leader.post(f"{one}/withdraw", {"reason": "Nothing changed"}))
    assert (done_with["state"], done_with["acts"]) == ("withdrawn", [])
    assert done(leader.get(f"{HERE}/stops"))["count"] == 1


def test_a_procedure_and_a_framework_are_put_in_force(api: Api, desk: Desk) -> None:
    officer = api("human_rights")
    given = {"title": "Second procedure", "source": "Order 9", "freshness_days": 60, "offices": [
        {"code": "hr", "name": "Human rights"},
        {"code": "police", "name": "UN Police", "organisation": "UN Police"},
    ]}  # fmt: skip
    assert api("planner").post(f"{HERE}/procedures", given)[0] == 403
    made = done(officer.post(f"{HERE}/procedures", given), 201)
    assert (made["number"], made["freshness_days"]) == (2, 60)
    assert [one["organisation"] for one in made["offices"]] == [None, "UN Police"]
    nobody = [{"code": "x", "name": "X", "organisation": "Nobody"}]
    for wrong in ({"offices": nobody}, {"offices": []}, {"matrix": [["low"], ["odd", "low"]]},
                  {"clocks": {"never": 3}}):  # fmt: skip
        status, refusal = officer.post(f"{HERE}/procedures", {**given, **wrong})
        assert (status, refusal["error"]) == (422, "refused"), wrong
    assert done(officer.get(f"{HERE}/procedures"))["count"] == 2
    paper = {"title": "Framework", "sections": {"forces": "Police."}, "source": "Paper"}
    assert officer.post(f"{HERE}/frameworks", paper)[0] == 422
    kept = done(officer.post(f"{HERE}/frameworks", {**paper, "what_changed": "Shorter."}), 201)
    assert (kept["number"], kept["marking"]) == (2, "confidential")
    # The framework is confidential, the procedure is not.
    assert done(api("commander").get(f"{HERE}/frameworks"))["count"] == 0
    assert done(api("commander").get(f"{HERE}/procedures"))["count"] == 2


def test_who_is_closed_to_a_reader_is_restricted_wherever_support_names_them(
    api: Api, desk: Desk
) -> None:
    closed = add_unit(actor=desk["planner"], mission=desk.mission, code="night", name="Night watch",
                      force="Police", side="local", source=desk.source())  # fmt: skip
    officer, planner = api("human_rights"), api("planner")
    draft = desk.draft(recipients=[closed])
    desk.move(draft, "submit", by="planner")
    report_unassessed(actor=desk["planner"], mission=desk.mission, kind="fuel", named="A watch",
                      unit=closed, handed=desk.handed())  # fmt: skip
    # The register closes the unit after support has named it.
    closed.marking = Marking.STRICT
    closed.save(update_fields=["marking"])
    found = {"unit": "night", "test": "gross", "basis": "Five incidents", "source": "Summary"}
    done(officer.post(f"{HERE}/findings", found), 201)
    paths = ("stops", "findings")
    for path in paths:
        (open_row,) = done(officer.get(f"{HERE}/{path}"))["items"]
        assert open_row["who"] == "Night watch"
        (row,) = done(planner.get(f"{HERE}/{path}"))["items"]
        assert row["who"].startswith("restricted information: ask "), path
        assert row.get("unit") is None
    (entry,) = done(planner.get(f"{HERE}/deliveries"))["items"]
    assert (entry["unit"], "watch" in entry["named"]) == (None, False)
    (case,) = done(planner.get(CASES))["items"]
    (recipient,) = done(planner.get(f"{CASES}/{case['id']}"))["recipients"]
    assert recipient["named"].startswith("restricted information: ask ")
    assert (recipient["unit"], recipient["resolved"]) == (None, True)
    assert "Night" not in json.dumps(done(planner.get(f"{CASES}/{case['id']}")))
    held = done(api("human_rights_2").get(f"{CASES}/{case['id']}"))["acts"]
    assert "Night watch" in json.dumps(held)
    (host,) = done(api("commander").get(f"{HERE}/stops"))["items"]
    assert (host["unit"], "Night" in host["who"]) == (None, False)


def test_the_host_state_sees_who_is_stopped_and_what_it_was_told_only(api: Api, desk: Desk) -> None:
    case = desk.to("interceded")
    desk.to("suspended", desk.active())
    notice = {"kind": "suspended", "addressee": "Minister", "text": "Conduct in detention.",
              "what_would_change": "Charges.", "case": case.number}  # fmt: skip
    told = done(api("human_rights").post(f"{HERE}/notices", notice), 201)
    done(api("human_rights").post(f"{HERE}/notices/{told['id']}/reply", {"reply": "Noted."}))
    host = api("commander")
    stops = done(host.get(f"{HERE}/stops"))["items"]
    assert [(row["unit"], row["from_above"]) for row in stops] == [("b1-1", False)]
    assert "reason" not in stops[0]
    (read,) = done(host.get(f"{HERE}/notices"))["items"]
    assert (read["case"], read["reply"]) == (case.number, "Noted.")
    one = f"{CASES}/{case.pk}"
    assert host.get(one)[0] == 404
    assert host.get(f"{one}/answers")[0] == 404
    assert host.get(f"{one}/conditions")[0] == 404
    said = ""
    for path in ("cases", "suspensions", "findings", "tasks", "deliveries"):
        found = done(host.get(f"{HERE}/{path}"))
        assert (found["count"], found["items"]) == (0, []), path
        said += json.dumps(found)
    gate = done(host.get(f"{HERE}/clearance", **FUEL))
    assert (gate["answer"], gate["case"]) == ("not_allowed", None)
    assert "beatings" not in json.dumps([gate, stops, read]) + said
    assert host.post(f"{one}/moves", {"act": "reopen", "reason": "Please"})[0] in (403, 404)


def test_a_case_above_a_clearance_leaves_no_field_behind(api: Api, desk: Desk) -> None:
    case = desk.draft(marking=Marking.STRICT, title="Convoys for witnesses")
    planner, leader = api("planner"), api("leader")
    assert planner.get(f"{CASES}/{case.pk}")[0] == 404
    assert done(planner.get(CASES)) == {"count": 0, "limit": 100, "offset": 0, "items": []}
    assert done(leader.get(f"{CASES}/{case.pk}"))["marking"] == "strict"
    gate = done(planner.get(f"{HERE}/clearance", **FUEL))
    assert (gate["answer"], gate["case"], gate["until"]) == ("unknown", None, None)
    (reason,) = gate["reasons"]
    assert reason.startswith("restricted information: ask ")


def test_who_may_not_know_support_learns_nothing(api: Api, desk: Desk) -> None:
    case = desk.active()
    before = AuditEntry.objects.count()
    donor, guest = api("donor"), Caller()
    for path in ("cases", f"cases/{case.pk}", f"cases/{case.pk}/answers",
                 f"cases/{case.pk}/conditions", "clearance", "deliveries", "stops", "suspensions",
                 "findings", "tasks", "notices", "procedures"):  # fmt: skip
        asked = FUEL if path == "clearance" else {}
        status, refusal = donor.get(f"{HERE}/{path}", **asked)
        assert (status, refusal["error"]) in {(403, "denied"), (404, "not_found")}, path
        assert guest.get(f"{HERE}/{path}", **asked)[0] == 404, path
    assert AuditEntry.objects.exclude(action="audit.read").count() <= before
