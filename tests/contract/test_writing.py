"""Writing over the API: rights, tokens, guards, and a whole handover by three parties."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from primacy.platform.audit.models import AuditEntry
from primacy.rooms.readiness.actions import plan_condition
from primacy.rooms.readiness.facade import LeadEntry
from primacy.rooms.readiness.rules import RIGHT_FOR
from tests.conftest import Board, passing
from tests.contract.callers import ROOT, Caller
from tests.contract.test_register_writes import of_registers
from tests.contract.test_support_writes import of_support

HERE = "/missions/exercise"
NO_ID = "00000000-0000-7000-8000-000000000000"


def day(distance: int, today: dt.date) -> str:
    return (today + dt.timedelta(days=distance)).isoformat()


def standard_body(board: Board, **changed: object) -> dict[str, Any]:
    """A draft with the criteria in force, as a client would send it back."""
    caller = Caller(board.accounts["planner"])
    now = caller.get(f"{HERE}/standards/{board.standard.pk}")[1]
    return {
        "name": now["name"],
        "change_note": "a stricter stock of fuel",
        "criteria": now["criteria"],
        **changed,
    }


def all_writes(board: Board, today: dt.date) -> dict[str, object]:
    """A path and a body that the rules would let through, for every write of the API."""
    board.lead("joint", today - dt.timedelta(days=400))
    pk = board.open().pk
    decision = proposed_back(board, today)
    draft = Caller(board.accounts["planner"]).post(f"{HERE}/standards", standard_body(board))[1]
    condition = plan_condition(
        actor=board["adviser"],
        assessment=board.open(),
        criterion_code="logistics.fuel_days",
        action="Deliver fuel",
        owner="Logistics branch",
        due_on=today + dt.timedelta(days=30),
    )
    assessment = f"{HERE}/assessments/{pk}"
    return {
        f"{HERE}/leads": {
            "areas": ["a2"],
            "responsibilities": ["public_order"],
            "lead": "mission",
            "since": day(-30, today),
            "source": "Order 1",
        },
        f"{HERE}/observations": {
            "area": "a1",
            "indicator": "logistics.fuel_days",
            "method": "records",
            "observed_on": day(-1, today),
            "source": "Fuel register",
            "value": 20,
        },
        f"{HERE}/standards": standard_body(board),
        f"{HERE}/standards/{draft['id']}/sign": None,
        f"{HERE}/standards/{draft['id']}/withdraw": {"reason": "superseded"},
        f"{HERE}/assessments": {
            "area": "a2",
            "responsibility": "public_order",
            "target_lead": "joint",
        },
        f"{assessment}/seat": None,
        f"{assessment}/freeze": None,
        f"{assessment}/remarks": {"text": "Seen."},
        f"{assessment}/conditions": {
            "criterion": "logistics.fuel_days",
            "action": "Deliver fuel",
            "owner": "Logistics branch",
            "due_on": day(30, today),
        },
        f"{assessment}/propose": {"effective_on": day(0, today)},
        f"{assessment}/withdraw": {"reason": "wrong area"},
        f"{HERE}/decisions/{decision}/sign": {"agrees": True},
        f"{HERE}/decisions/{decision}/withdraw": {"reason": "settled"},
        f"{HERE}/step-back": step_back(today),
        f"{HERE}/conditions/{condition.pk}/close": {
            "closed_on": day(0, today),
            "evidence": "delivery note",
        },
    }


def proposed_back(board: Board, today: dt.date) -> str:
    """The id of a proposal that needs no evidence."""
    status, made = Caller(board.accounts["adviser"]).post(f"{HERE}/step-back", step_back(today))
    assert status == 201, made
    return str(made["id"])


def step_back(today: dt.date) -> dict[str, object]:
    return {
        "area": "a1",
        "responsibility": "patrol_presence",
        "lead": "mission",
        "effective_on": day(0, today),
        "reason": "attacks on posts",
    }


def test_every_write_needs_a_right_and_leaves_no_trace_without(
    board: Board, today: dt.date
) -> None:
    writes = all_writes(board, today)
    described = json.loads(Caller().client.get(f"{ROOT}/openapi.json").content)
    known = [
        path
        for path, routes in described["paths"].items()
        # tests/vault/test_compartments_api.py asks these, where there is a compartment to hide
        if "post" in routes
        and "/compartments/" not in path
        and not (of_registers(path) or of_support(path))
    ]
    assert len(writes) == len(known), "a write is missing from this test"
    before = AuditEntry.objects.count()

    for path, body in writes.items():
        reader, unsigned = Caller(board.accounts["overseer"]), Caller()
        status, refusal = reader.post(path, body)
        # A condition of an assessment that is not decided is not open to anybody yet.
        assert (status, refusal["error"]) in {(403, "denied"), (404, "not_found")}, path
        assert status == 403 or "/conditions/" in path, path
        assert unsigned.post(path, body)[0] == 404, path

    assert AuditEntry.objects.count() == before


def test_a_session_cannot_write_without_its_token(board: Board, today: dt.date) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        board.accounts["adviser"], backend="django.contrib.auth.backends.ModelBackend"
    )
    body = json.dumps({"area": "a1", "responsibility": "patrol_presence", "target_lead": "joint"})

    def send(**headers: str) -> tuple[int, Any]:
        answer = client.post(
            f"{ROOT}{HERE}/assessments", body, content_type="application/json", headers=headers
        )
        return answer.status_code, json.loads(answer.content)

    refused = send()
    token = json.loads(client.get(f"{ROOT}/session").content)["csrf_token"]

    assert (refused[0], refused[1]["error"]) == (403, "csrf")
    assert "X-CSRFToken" in refused[1]["message"]
    assert send(**{"X-CSRFToken": token})[0] == 201


def test_three_parties_hand_a_responsibility_over_through_the_api(
    board: Board, today: dt.date
) -> None:
    mission, force, ministry, planner = (
        Caller(board.accounts[label]) for label in ("adviser", "commander", "official", "planner")
    )

    def done(answer: tuple[int, Any], status: int = 200) -> Any:
        assert answer[0] == status, answer
        return answer[1]

    done(
        planner.post(
            f"{HERE}/leads",
            {
                "areas": ["District 1"],
                "responsibilities": ["patrol_presence"],
                "lead": "joint",
                "since": day(-400, today),
                "source": "Handover order 12",
            },
        ),
        201,
    )
    enter_all_but_fuel(board, today)
    opened = done(
        mission.post(
            f"{HERE}/assessments",
            {
                "area": "a1",
                "responsibility": "patrol_presence",
                "target_lead": "local_supported",
            },
        ),
        201,
    )
    one = f"{HERE}/assessments/{opened['id']}"
    assert opened["readiness"] == "not_ready"
    assert opened["binding"] == "logistics.fuel_days"
    status, early = mission.post(f"{one}/freeze")
    assert status == 409
    assert early["error"] == "not_allowed"
    assert len(early["reasons"]) == 3

    for caller in (mission, force, ministry):
        done(caller.post(f"{one}/seat"))
    done(force.post(f"{one}/remarks", {"text": "The fuel comes on Monday."}), 201)
    done(
        mission.post(
            f"{one}/conditions",
            {
                "criterion": "logistics.fuel_days",
                "action": "Deliver 14 days of fuel",
                "owner": "Logistics branch",
                "due_on": day(30, today),
            },
        ),
        201,
    )
    frozen = done(mission.post(f"{one}/freeze"))
    assert (frozen["state"], frozen["readiness"]) == ("frozen", "ready_with_conditions")
    proposal = done(
        mission.post(
            f"{one}/propose",
            {"effective_on": day(0, today), "trial_until": day(90, today)},
        ),
        201,
    )
    assert len(proposal["still_needed"]) == 3
    signing = f"{HERE}/decisions/{proposal['id']}/sign"
    done(mission.post(signing, {"agrees": True}))
    done(force.post(signing, {"agrees": True, "dissent": "The trial is too long."}))
    assert mission.post(signing, {"agrees": True})[0] == 409
    signed = done(ministry.post(signing, {"agrees": True}))

    assert (signed["state"], signed["still_needed"]) == ("in_force", [])
    assert [s["dissent"] for s in signed["signatures"]] == ["", "The trial is too long.", ""]
    cell = next(
        c
        for a in force.get(f"{HERE}/board")[1]["areas"]
        if a["name"] == "District 1"
        for c in a["responsibilities"]
        if c["code"] == "patrol_presence"
    )
    assert (cell["lead"], cell["trial_until"]) == ("local_supported", day(90, today))
    history = force.get(f"{HERE}/areas/a1/history")[1]
    assert [h["lead"] for h in history] == ["joint", "local_supported"]
    assert history[-1]["decision"] == proposal["id"]
    closing = force.get(f"{HERE}/conditions")[1]["items"][0]["id"]
    closed = done(
        mission.post(
            f"{HERE}/conditions/{closing}/close",
            {"closed_on": day(0, today), "evidence": "Delivery note 44"},
        )
    )
    assert closed["closing_evidence"] == "Delivery note 44"
    back = done(
        mission.post(
            f"{HERE}/step-back",
            {
                "area": "a1",
                "responsibility": "patrol_presence",
                "lead": "joint",
                "effective_on": day(0, today),
                "reason": "Two posts were overrun.",
            },
        ),
        201,
    )
    withdrawn = done(
        mission.post(f"{HERE}/decisions/{back['id']}/withdraw", {"reason": "Posts retaken."})
    )
    assert withdrawn["state"] == "lapsed"


def enter_all_but_fuel(board: Board, today: dt.date) -> None:
    """Evidence that meets every criterion but the days of fuel, entered over the API."""
    adviser, rights = (Caller(board.accounts[label]) for label in ("adviser", "human_rights"))
    for row in board.standard.criteria.all():
        values = passing(row.unit, row.comparison, row.threshold)
        if row.code == "logistics.fuel_days":
            values = {"value": 3}
        method = next(m for m in ("field", "survey", "records") if m in row.methods)
        status, body = (rights if row.indicator in RIGHT_FOR else adviser).post(
            f"{HERE}/observations",
            {
                "area": "a1",
                "indicator": row.indicator,
                "method": method,
                "observed_on": day(-5, today),
                "source": "Joint field visit",
                **values,
            },
        )
        assert status == 201, body


def test_a_draft_standard_counts_only_when_all_parties_have_signed(board: Board) -> None:
    planner = Caller(board.accounts["planner"])
    body = standard_body(board)
    body["criteria"] = [
        {**c, "threshold": 30} if c["code"] == "logistics.fuel_days" else c
        for c in body["criteria"]
    ]

    status, draft = planner.post(f"{HERE}/standards", body)
    states = [
        Caller(board.accounts[label]).post(f"{HERE}/standards/{draft['id']}/sign")[1]["state"]
        for label in ("adviser", "commander", "official")
    ]

    assert (status, draft["state"], draft["version"]) == (201, "draft", 2)
    assert draft["parties"] == board.standard.parties
    assert states == ["draft", "draft", "in_force"]
    fuel = next(c for c in draft["criteria"] if c["code"] == "logistics.fuel_days")
    assert fuel["threshold"] == 30
    versions = planner.get(f"{HERE}/standards")[1]
    assert [(v["version"], v["state"]) for v in versions] == [(2, "in_force"), (1, "replaced")]


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"observed_on": "yesterday"}, 422, "observed_on"),
        ({"observed_on": 1275350400}, 422, "observed_on"),
        ({"value": "many"}, 422, "value"),
        ({"value": float("nan")}, 422, "value"),
        ({"value": float("inf")}, 422, "value"),
        ({"note": "x" * 5001}, 422, "note"),
        ({"note": "a\x00b"}, 422, "note"),
        ({"marking": "secret"}, 422, "marking"),
        ({"vlaue": 3}, 422, "vlaue"),
        ({"source": None}, 422, "source"),
    ],
)
def test_a_body_that_cannot_be_read_names_the_field(
    board: Board, today: dt.date, changed: dict[str, object], status: int, field: str
) -> None:
    answer = Caller(board.accounts["adviser"]).post(
        f"{HERE}/observations", {**observation(today), **changed}
    )

    assert answer[0] == status
    assert answer[1]["error"] == "invalid"
    assert list(answer[1]["fields"]) == [field]
    assert board.mission.observations.count() == 0


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"value": -1}, 422, "bad_observation"),
        ({"value": None}, 422, "bad_observation"),
        ({"source": "  "}, 422, "bad_observation"),
        ({"method": "rumour"}, 422, "bad_observation"),
        ({"unit": "no-such-unit"}, 404, "not_found"),
        ({"area": "atlantis"}, 404, "not_found"),
        ({"corrects": NO_ID}, 404, "not_found"),
    ],
)
def test_evidence_that_cannot_be_is_refused_with_the_reason(
    board: Board, today: dt.date, changed: dict[str, object], status: int, error: str
) -> None:
    answer = Caller(board.accounts["adviser"]).post(
        f"{HERE}/observations", {**observation(today), **changed}
    )

    assert (answer[0], answer[1]["error"]) == (status, error)
    assert answer[1]["reasons"]
    assert board.mission.observations.count() == 0


def observation(today: dt.date) -> dict[str, object]:
    return {
        "area": "a1",
        "indicator": "logistics.fuel_days",
        "method": "field",
        "observed_on": day(-1, today),
        "source": "Joint field visit",
        "value": 20,
    }


def test_a_body_that_is_no_json_is_refused_in_the_one_shape(board: Board) -> None:
    answer = Caller(board.accounts["adviser"]).client.post(
        f"{ROOT}{HERE}/observations", "{", content_type="application/json"
    )

    assert answer.status_code == 400
    assert json.loads(answer.content)["error"] == "unreadable"


def test_leads_are_recorded_all_or_none(board: Board, today: dt.date) -> None:
    body = {
        "areas": ["a1", "a2", "atlantis"],
        "responsibilities": ["public_order", "rapid_response"],
        "lead": "mission",
        "since": day(-30, today),
        "source": "Mandate",
    }
    planner = Caller(board.accounts["planner"])

    refused = planner.post(f"{HERE}/leads", body)
    none_yet = LeadEntry.objects.count()
    status, made = planner.post(f"{HERE}/leads", {**body, "areas": ["a1", "a2"]})

    assert (refused[0], none_yet) == (404, 0)
    assert (status, len(made), LeadEntry.objects.count()) == (201, 4, 4)


def test_ids_of_another_mission_are_as_unknown_as_ids_of_none(
    board: Board, make_board: Callable[..., Board], today: dt.date
) -> None:
    other = make_board("elsewhere")
    hidden, adviser = other.open().pk, Caller(board.accounts["adviser"])

    there = adviser.post(f"{HERE}/assessments/{hidden}/withdraw", {"reason": "x"})
    nowhere = adviser.post(f"{HERE}/assessments/{NO_ID}/withdraw", {"reason": "x"})

    assert there == nowhere
    assert there[0] == 404


def test_a_case_study_is_closed_history_also_for_its_builders(
    timor_leste: object, make_account: Callable[..., Any], today: dt.date
) -> None:
    planner = Caller(make_account("planner"))
    area = planner.get("/missions/timor-leste/areas", level=1)[1]["items"][0]["code"]
    function = planner.get("/missions/timor-leste/responsibilities")[1][0]["code"]

    status, body = planner.post(
        "/missions/timor-leste/assessments",
        {"area": area, "responsibility": function, "target_lead": "local", "as_of": "2010-06-01"},
    )

    assert (status, body["error"]) == (409, "not_allowed")
    assert any("closed history" in reason for reason in body["reasons"])
