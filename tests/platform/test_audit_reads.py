"""Reads of protected records are on record: once, for what was shown, before it leaves."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from primacy.faces.cli.read_trace import command_reads
from primacy.platform.accounts.models import Compartment, Organisation
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit import actions as audit_actions
from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.policy import Marking, held_aside, visible
from primacy.platform.policy.reads import Collection, ReadNotRecorded
from primacy.platform.policy.traced import UntracedRead
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.incidents.facade import Incident, IncidentType, enter_incident, incidents
from primacy.rooms.places.actions import add_area, add_population
from primacy.rooms.places.facade import populations_at
from primacy.rooms.readiness.facade import Observation, observations, read_board
from tests.conftest import STEWARD, Board

SECRET = Marking.CONFIDENTIAL


def reads() -> list[tuple[str, str, list[str]]]:
    """Every read on record, oldest first: who, record type, ids."""
    rows = AuditEntry.objects.filter(action="read").order_by("sequence")
    return [(r.actor_label, r.subject_type, json.loads(r.body)["ids"]) for r in rows]


def an_incident(board: Board, marking: Marking = SECRET, **more: object) -> Incident:
    today = timezone.localdate()
    given: dict[str, object] = {
        "actor": board["operations"],
        "mission": board.mission,
        "type": IncidentType.CRIME,
        "date_start": today - dt.timedelta(days=3),
        "date_end": today - dt.timedelta(days=3),
        "lat": 8.1,
        "lon": -10.2,
        "place": "Old bridge",
        "headline": "Shots at the bridge",
        "source": "Patrol report",
        "marking": marking,
    }
    return enter_incident(**{**given, **more})


@pytest.fixture
def sign_in(board: Board) -> Callable[[str], Client]:
    def enter(label: str) -> Client:
        client = Client()
        client.force_login(board.accounts[label])
        return client

    return enter


def test_a_page_with_many_protected_rows_leaves_one_entry_with_their_ids(
    board: Board, sign_in: Callable[[str], Client]
) -> None:
    shown = {str(an_incident(board).pk) for _ in range(12)}
    an_incident(board, Marking.INTERNAL)
    address = reverse("incidents", args=[board.mission.code])
    assert sign_in("operations").get(address).status_code == 200
    ((who, label, ids),) = reads()
    assert (who, label, set(ids)) == ("account:operations", "incidents.incident", shown)
    entry = AuditEntry.objects.get(action="read")
    assert json.loads(entry.body) == {"by": f"GET {address}", "count": 12, "ids": sorted(shown)}
    assert entry.mission_id == str(board.mission.pk)
    assert verify(STEWARD).intact


def test_nothing_is_written_and_no_query_added_where_nothing_protected_is_shown(
    board: Board, sign_in: Callable[[str], Client]
) -> None:
    an_incident(board, Marking.INTERNAL)
    client, address = sign_in("operations"), reverse("incidents", args=[board.mission.code])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(address)
    assert not [q for q in seen if "audit_auditentry" in q["sql"]]
    assert reads() == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_one_entry_before_its_first_row_leaves(
    board: Board, sign_in: Callable[[str], Client], form: str
) -> None:
    shown = {str(an_incident(board).pk) for _ in range(3)}
    response = sign_in("operations").get(
        reverse("incidents-export", args=[board.mission.code, form])
    )
    # Nothing of the body was taken yet.
    ((_, label, ids),) = reads()
    assert (label, set(ids)) == ("incidents.incident", shown)
    assert b"".join(response)
    assert len(reads()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/missions/{code}/incidents",
        "/m/{code}/map/incidents.geojson",
        "/m/{code}/incidents/{pk}/",
    ],
)
def test_api_map_and_record_page_are_reads(
    board: Board, sign_in: Callable[[str], Client], address: str
) -> None:
    pk = an_incident(board).pk
    path = address.format(code=board.mission.code, pk=pk)
    response = sign_in("operations").get(path)
    assert response.status_code == 200
    ((_, label, ids),) = reads()
    assert (label, ids) == ("incidents.incident", [str(pk)])


@pytest.mark.parametrize(
    "address",
    ["/m/{code}/incidents/", "/m/{code}/incidents.csv", "/api/v1/missions/{code}/incidents"],
)
def test_where_the_log_cannot_be_written_nothing_is_shown(
    board: Board,
    sign_in: Callable[[str], Client],
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_incident(board)
    client = sign_in("operations")

    def full_disk(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(audit_actions, "record", full_disk)
    response = client.get(address.format(code=board.mission.code))
    body = b"".join(response) if response.streaming else response.content
    assert response.status_code == 503
    assert b"Old bridge" not in body
    assert b"cannot be written" in body


def test_counts_and_keys_are_not_reads(board: Board) -> None:
    an_incident(board)
    rows = incidents(board["operations"], board.mission)
    assert rows.count() == 1
    assert rows.exists()
    assert list(rows.values_list("pk", flat=True))
    assert list(rows.order_by().values_list("type").distinct().values_list("mission_id"))
    assert reads() == []


def test_every_shape_of_a_query_is_noted(board: Board) -> None:
    pk = str(an_incident(board).pk)
    shapes: dict[str, Callable[[QuerySet[Incident]], object]] = {
        "rows": lambda rows: list(rows),
        "get": lambda rows: rows.get(),
        "first": lambda rows: rows.first(),
        "index": lambda rows: rows[0],
        "slice": lambda rows: list(rows[:5]),
        "values": lambda rows: list(rows.values("place")),
        "values_list": lambda rows: list(rows.values_list("place", "pk")),
        "flat": lambda rows: list(rows.values_list("place", flat=True)),
        "named": lambda rows: list(rows.values_list("place", "lat", named=True)),
        "distinct": lambda rows: list(rows.order_by().values_list("place").distinct()),
        "iterator": lambda rows: list(rows.iterator(10)),
        "values iterator": lambda rows: list(rows.values("place").iterator(10)),
        "in_bulk": lambda rows: rows.in_bulk([pk]),
        "or": lambda rows: list(rows | rows),
    }
    for name, read in shapes.items():
        page = Collection(name)
        with page.open():
            got = read(incidents(board["operations"], board.mission))
        page.write()
        assert got, name
        entry = AuditEntry.objects.filter(action="read").latest("sequence")
        assert json.loads(entry.body) == {"by": name, "count": 1, "ids": [pk]}, name
    assert len(reads()) == len(shapes)


def test_values_keep_their_shape(board: Board) -> None:
    pk = an_incident(board).pk
    rows = incidents(board["operations"], board.mission)
    assert list(rows.values("place")) == [{"place": "Old bridge"}]
    assert list(rows.values_list("pk", "place")) == [(pk, "Old bridge")]
    assert list(rows.values_list("place", flat=True)) == ["Old bridge"]
    assert rows.values_list("place", named=True)[0].place == "Old bridge"
    assert list(rows.values("marking", "place")) == [{"marking": 2, "place": "Old bridge"}]


def test_a_query_that_hides_its_records_is_refused(board: Board) -> None:
    an_incident(board)
    rows = incidents(board["operations"], board.mission)
    with pytest.raises(UntracedRead):
        list(rows.order_by().values_list("place").distinct()[:5])


def test_a_record_in_a_compartment_is_protected_at_any_marking(board: Board) -> None:
    owner = Organisation.objects.get(name="Human rights component")
    compartment = Compartment.objects.create(code="witness", name="Witnesses", owner=owner)
    compartment.members.add(board.accounts["human_rights"])
    row = an_incident(board, Marking.INTERNAL)
    Incident.objects.filter(pk=row.pk).update(compartment=compartment)
    assert not list(incidents(board["operations"], board.mission))
    assert list(incidents(viewer_of(board.accounts["human_rights"]), board.mission))
    assert reads() == [("account:human rights", "incidents.incident", [str(row.pk)])]


def test_evidence_that_is_masked_or_only_counted_was_seen_by_nobody(
    board: Board, sign_in: Callable[[str], Client]
) -> None:
    row = board.see("accountability.no_grave_finding", 1, marking=Marking.STRICT)
    page = reverse("area", args=[board.mission.code, board.area.code])
    assert sign_in("commander").get(page).status_code == 200
    assert sign_in("adviser").get(page).status_code == 200
    assert reads() == []
    assert sign_in("human_rights").get(page).status_code == 200
    assert reads() == [("account:human rights", "readiness.observation", [str(row.pk)])]


def test_the_board_names_only_the_evidence_its_words_rest_on(board: Board) -> None:
    board.evidence({"accountability.no_grave_finding": None})
    row = board.see("accountability.no_grave_finding", 0, marking=Marking.STRICT)
    other = board.see("logistics.fuel_days", 90, marking=SECRET, method="records")
    board.lead("joint", timezone.localdate() - dt.timedelta(days=60))
    page = Collection("GET /board/")
    with page.open():
        read_board(board["human_rights"], board.mission, timezone.localdate())
    page.write()
    ids = [pk for _, _, found in reads() for pk in found]
    assert str(row.pk) in ids
    assert str(other.pk) not in ids


def test_a_child_row_notes_the_record_that_protects_it(board: Board) -> None:
    source = ensure_source(actor=board["planner"], mission_id=board.mission.pk, title="Census")
    area = add_area(
        actor=board["planner"],
        mission=board.mission,
        code="x",
        name="Closed zone",
        level=1,
        marking=SECRET,
    )
    add_population(actor=board["planner"], area=area, year=2020, value=900, source=source)
    populations_at(board["planner"], board.mission, timezone.localdate())
    assert ("account:planner", "places.area", [str(area.pk)]) in reads()


def test_rows_looked_through_and_not_shown_are_not_noted(board: Board) -> None:
    an_incident(board)
    with held_aside():
        assert list(incidents(board["operations"], board.mission))
    assert reads() == []


def test_a_redirect_shows_nothing(board: Board, sign_in: Callable[[str], Client]) -> None:
    source = visible(board["planner"], Observation.objects.all(), "readiness.view")
    assert not source.exists()
    board.see("logistics.fuel_days", 4, marking=SECRET)
    reads_of_sources = len(reads())
    client = sign_in("planner")
    assert client.get("/").status_code in (200, 302)
    assert len(reads()) == reads_of_sources


def test_a_failing_log_outside_any_page_refuses_the_read(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.see("logistics.fuel_days", 4, marking=SECRET)

    def broken(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(audit_actions, "record", broken)
    with pytest.raises(ReadNotRecorded):
        list(observations(board["adviser"], board.mission))


def test_a_search_notes_only_what_it_found(board: Board, sign_in: Callable[[str], Client]) -> None:
    made = [
        add_area(
            actor=board["planner"],
            mission=board.mission,
            code=name.lower(),
            name=name,
            level=1,
            marking=SECRET,
        )
        for name in ("Closed zone", "Other zone")
    ]
    address = reverse("search", args=[board.mission.code])
    assert sign_in("planner").get(address, {"q": "closed"}).status_code == 200
    assert reads() == [("account:planner", "places.area", [str(made[0].pk)])]


def test_a_command_prints_nothing_before_its_reads_are_on_record(
    board: Board, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pk = str(an_incident(board).pk)
    with command_reads(["incidents", "list", "--secret", "x"]):
        print(*incidents(board["operations"], board.mission).values_list("place", flat=True))
    assert "Old bridge" in capsys.readouterr().out
    entry = AuditEntry.objects.get(action="read")
    assert json.loads(entry.body) == {"by": "primacy incidents list", "count": 1, "ids": [pk]}

    def broken(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(audit_actions, "record", broken)
    with pytest.raises(ReadNotRecorded), command_reads(["incidents"]):
        print(*incidents(board["operations"], board.mission).values_list("place", flat=True))
    assert "Old bridge" not in capsys.readouterr().out
