"""What the API shows to whom, and that it is what the board shows everywhere else."""

import datetime as dt
import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from primacy.faces.cli.commands import application
from primacy.platform.policy import Marking
from primacy.platform.policy import guest as guest_viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.facade import board_data, read_board
from tests.conftest import Board
from tests.contract.callers import ROOT, Caller

CASE = "/missions/timor-leste"
READS = (
    "", "/board", "/responsibilities", "/areas", "/sites", "/boundaries.geojson", "/units",
    "/strengths", "/facts", "/observations", "/standards", "/assessments", "/decisions",
    "/conditions",
)  # fmt: skip


@pytest.mark.parametrize("path", READS)
def test_a_guest_reads_a_case_that_is_open_to_guests(
    timor_leste: Mission, guest: Caller, path: str
) -> None:
    status, body = guest.get(f"{CASE}{path}")

    assert status == 200
    assert body


@pytest.mark.parametrize("path", [*READS, "/imports"])
def test_a_mission_that_is_not_open_answers_a_guest_like_one_that_is_not_there(
    board: Board, guest: Caller, path: str
) -> None:
    status, closed = guest.get(f"/missions/exercise{path}")
    _, absent = guest.get(f"/missions/nowhere{path}")

    assert status == 404
    assert closed["error"] == "not_found"
    assert json.dumps(closed).replace("exercise", "nowhere") == json.dumps(absent)


def test_the_list_of_missions_holds_only_those_one_may_open(
    timor_leste: Mission, board: Board, guest: Caller
) -> None:
    _, for_guest = guest.get("/missions")
    _, for_member = Caller(board.accounts["adviser"]).get("/missions")

    assert [m["code"] for m in for_guest["items"]] == ["timor-leste"]
    assert {m["code"] for m in for_member["items"]} == {"timor-leste", "exercise"}


@pytest.mark.parametrize("day", ["2009-05-13", "2010-06-01", "2011-03-28"])
def test_the_board_is_the_same_here_on_the_command_line_and_in_the_room(
    timor_leste: Mission, guest: Caller, day: str
) -> None:
    said = read_board(guest_viewer(), timor_leste, dt.date.fromisoformat(day))

    printed = CliRunner().invoke(
        application, ["board", "--mission", "timor-leste", "--as-of", day, "--json"]
    )

    assert guest.get(f"{CASE}/board", as_of=day) == (200, json.loads(printed.stdout))
    assert json.loads(printed.stdout) == json.loads(json.dumps(board_data(said)))


def test_the_board_opens_on_the_day_of_the_case_and_answers_any_other(
    timor_leste: Mission, guest: Caller
) -> None:
    _, opened = guest.get(f"{CASE}/board")
    _, june = guest.get(f"{CASE}/board", as_of="2010-06-01")

    assert timor_leste.default_as_of is not None
    assert opened["as_of"] == timor_leste.default_as_of.isoformat()
    overseen = [
        area["name"]
        for area in june["areas"]
        if {cell["lead"] for cell in area["responsibilities"]} == {"local_overseen"}
    ]
    assert len(overseen) == 6
    assert "Dili" not in overseen


def test_known_on_takes_out_what_was_recorded_later(timor_leste: Mission, guest: Caller) -> None:
    _, now = guest.get(f"{CASE}/board", as_of="2011-03-28")
    _, before = guest.get(f"{CASE}/board", as_of="2011-03-28", known_on="2012-01-01")

    def leads(data: dict) -> set[str]:
        return {c["lead"] for a in data["areas"] for c in a["responsibilities"]}

    assert leads(now) == {"local_overseen"}
    assert leads(before) == {"unknown"}


def test_an_area_shows_its_history_entry_by_entry_with_sources(
    timor_leste: Mission, guest: Caller
) -> None:
    _, areas = guest.get(f"{CASE}/areas", level=1)
    code = next(a["code"] for a in areas["items"] if "Lautem" in (a["name"], *a["aliases"]))

    status, entries = guest.get(f"{CASE}/areas/{code}/history")

    assert status == 200
    taken_over = [e for e in entries if e["lead"] == "local_overseen"]
    assert [e["from_latest"] for e in taken_over] == ["2009-05-14"]
    assert not any(entry["inherited"] for entry in entries)
    assert all(entry["source"] for entry in entries)
    assert guest.get(f"{CASE}/areas/{code}")[1]["boundary"]["area_km2"] > 100


def test_boundaries_are_geojson_of_one_level(timor_leste: Mission, guest: Caller) -> None:
    answer = guest.client.get(f"{ROOT}{CASE}/boundaries.geojson", {"level": 1})
    shapes = json.loads(answer.content)

    assert answer["Content-Type"] == "application/geo+json"
    assert len(shapes["features"]) == 13
    assert {f["geometry"]["type"] for f in shapes["features"]} <= {"Polygon", "MultiPolygon"}
    assert {f["properties"]["level"] for f in shapes["features"]} == {1}


def test_facts_page_through_without_loss_or_repeat(timor_leste: Mission, guest: Caller) -> None:
    seen: list[str] = []
    total = guest.get(f"{CASE}/facts", limit=1)[1]["count"]
    while len(seen) < total:
        _, part = guest.get(f"{CASE}/facts", limit=40, offset=len(seen))
        seen += [fact["id"] for fact in part["items"]]

    assert total == timor_leste.facts.count() > 100
    assert len(set(seen)) == len(seen) == total


def test_contradicting_facts_share_their_group(timor_leste: Mission, guest: Caller) -> None:
    _, page = guest.get(f"{CASE}/facts", limit=500)
    groups: dict[str, int] = {}
    for fact in page["items"]:
        if fact["conflict_group"]:
            groups[fact["conflict_group"]] = groups.get(fact["conflict_group"], 0) + 1

    assert groups
    assert min(groups.values()) >= 2


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/facts", {"limit": 501}, "limit"),
        ("/facts", {"limit": 0}, "limit"),
        ("/facts", {"offset": -1}, "offset"),
        ("/areas", {"level": 10**30}, "level"),
        ("/board", {"as_of": "1 June 2010"}, "as_of"),
        ("/board", {"as_of": "1275350400"}, "as_of"),
        ("/board", {"as_of": "0001-01-01"}, "as_of"),
        ("/board", {"known_on": "2010-13-01"}, "known_on"),
        ("/facts", {"text": "a\x00b"}, "text"),
    ],
)
def test_a_query_that_cannot_be_read_names_the_field(
    timor_leste: Mission, guest: Caller, path: str, query: dict[str, object], field: str
) -> None:
    status, body = guest.get(f"{CASE}{path}", **query)

    assert status == 422
    assert body["error"] == "invalid"
    assert list(body["fields"]) == [field]
    assert body["reasons"] == [f"{field}: {body['fields'][field]}"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/at/all",
        "/missions/timor-leste/areas/atlantis",
        "/missions/timor-leste/standards/00000000-0000-7000-8000-000000000000",
        "/missions/timor-leste/assessments/00000000-0000-7000-8000-000000000000",
        "/missions/timor-leste/assessments/not-an-id",
        "/missions/timor-leste/decisions/00000000-0000-7000-8000-000000000000",
    ],
)
def test_what_is_not_there_is_refused_in_the_one_shape(
    timor_leste: Mission, guest: Caller, path: str
) -> None:
    status, body = guest.get(path)

    assert status == 404
    assert set(body) == {"error", "message", "reasons"}
    assert body["error"] == "not_found"


def test_records_of_another_mission_cannot_be_read_through_ones_own(
    board: Board, make_board: object
) -> None:
    other = make_board("elsewhere")  # type: ignore[operator]
    hidden = other.open()

    status, body = Caller(board.accounts["adviser"]).get(
        f"/missions/exercise/assessments/{hidden.pk}"
    )

    assert (status, body["error"]) == (404, "not_found")


def test_evidence_above_ones_clearance_is_not_listed_but_its_verdict_is_shown(
    board: Board,
) -> None:
    finding = board.see(
        "accountability.no_grave_finding",
        0.0,
        actor=board["human_rights"],
        source_title="Finding 7",
        note="word of a witness",
        marking=Marking.STRICT,
    )
    pk = board.open().pk
    path = f"/missions/exercise/assessments/{pk}"
    _, full = Caller(board.accounts["human_rights"]).get(path)
    answer = Caller(board.accounts["commander"]).client.get(f"{ROOT}{path}")
    masked = json.loads(answer.content)

    def criterion(body: dict) -> dict:
        return next(c for c in body["criteria"] if c["indicator"] == finding.indicator)

    assert (criterion(full)["restricted"], criterion(full)["value"]) == (False, 0.0)
    assert criterion(masked)["restricted"]
    assert criterion(masked)["value"] is None
    assert criterion(masked)["result"] == criterion(full)["result"] == "not_met"
    assert b"Finding 7" not in answer.content
    assert b"witness" not in answer.content
    listed = Caller(board.accounts["commander"]).get("/missions/exercise/observations")[1]
    assert listed["count"] == 0


def test_self_and_field_values_stand_side_by_side_with_their_age(board: Board) -> None:
    board.see("presence.officers_share", numerator=70.0, denominator=100.0)
    board.see(
        "presence.officers_share",
        actor=board["commander"],
        method="self",
        source_title="Self-assessment",
        numerator=95.0,
        denominator=100.0,
    )
    pk = board.open().pk

    _, body = Caller(board.accounts["commander"]).get(f"/missions/exercise/assessments/{pk}")

    one = next(c for c in body["criteria"] if c["indicator"].startswith("presence.officers"))
    assert (one["self_value"], one["field_value"], one["age_days"]) == (0.95, 0.70, 5)
    assert (one["result"], one["holds"], one["restricted"]) == ("contested", False, False)
    assert "officers" in one["margin_text"]
    assert (body["newest_evidence_days"], body["oldest_evidence_days"]) == (5, 5)


def test_the_audit_log_is_for_those_who_oversee(board: Board, make_account: object) -> None:
    overseer = Caller(make_account("overseer"))  # type: ignore[operator]

    first = overseer.get("/audit/entries", limit=3)[1]
    second = overseer.get("/audit/entries", limit=3, before=first["next"])[1]
    status, check = overseer.get("/audit/verify")
    _, gone = overseer.get("/audit/verify", expect="0" * 64)

    numbers = [e["sequence"] for e in (*first["items"], *second["items"])]
    assert numbers == list(range(numbers[0], numbers[0] - 6, -1))
    assert (status, check["intact"], check["entries"]) == (200, True, numbers[0])
    assert (gone["intact"], gone["reason"]) == (False, "the head noted earlier is gone")
    for label in ("planner", "adviser"):
        assert Caller(board.accounts[label]).get("/audit/entries")[0] == 403
    assert Caller().get("/audit/verify")[0] == 403


def test_the_list_of_routes_loads_nothing_from_elsewhere(guest: Caller) -> None:
    page = guest.client.get(f"{ROOT}/docs").content.decode()

    assert "/api/v1/missions/{code}/board" in page
    assert "://" not in page
    assert "<script" not in page


def test_answers_are_kept_by_no_shared_cache(timor_leste: Mission) -> None:
    answer = Client().get(f"{ROOT}{CASE}/board")

    assert "private" in answer["Cache-Control"]
