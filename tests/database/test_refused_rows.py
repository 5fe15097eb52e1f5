"""A row policy refuses what the program let through: a clear answer, nothing kept, on record."""

import datetime as dt
import json
import sys

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from primacy.faces.cli.main import main
from primacy.platform.audit.models import AuditEntry
from primacy.platform.database import viewer_scope as scope
from primacy.platform.database.actions import ROW_REFUSED
from primacy.platform.database.errors import RowRefused
from primacy.platform.database.rights import RowRights
from primacy.platform.policy import Viewer, operator
from primacy.rooms.incidents.models import Incident
from primacy.rooms.incidents.models.incident import IncidentType
from tests.conftest import Board
from tests.contract.callers import Caller
from tests.database.conftest import requires_postgresql

pytestmark = [pytest.mark.django_db, requires_postgresql()]


@pytest.fixture
def reads_only(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database lets nobody write in this mission, whatever the program lets through."""

    def told(viewer: Viewer) -> RowRights:
        return RowRights(kind=str(viewer.kind)).computing_on(board.mission.pk)

    monkeypatch.setattr(scope, "rights_of", told)


def refusals() -> list[tuple[str, str, dict[str, object]]]:
    """Who was refused, on which table, and what was tried."""
    rows = AuditEntry.objects.filter(action=ROW_REFUSED).order_by("sequence")
    return [(row.actor_label, row.subject_type, json.loads(row.body)) for row in rows]


def observation() -> dict[str, object]:
    return {
        "area": "a1",
        "indicator": "logistics.fuel_days",
        "method": "records",
        "observed_on": (dt.date.today() - dt.timedelta(days=1)).isoformat(),
        "source": "Fuel register",
        "value": 20,
    }


@pytest.mark.usefixtures("reads_only")
def test_a_page_answers_403_with_what_to_do_and_keeps_nothing(board: Board, client: Client) -> None:
    client.force_login(board.accounts["operations"])
    page = f"/m/{board.mission.code}/incidents/new/"
    assert client.get(page).status_code == 200
    answer = client.post(
        page,
        {
            "type": IncidentType.STATE_BASED.value,
            "date_start": "2026-01-03",
            "date_precision": "1",
            "where_precision": "1",
            "lat": "1",
            "lon": "1",
            "deaths_best": "0",
            "source": "Daily report",
            "marking": "1",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "You may not do this" in text
    assert "Nothing was changed" in text
    assert "row-level" not in text
    assert not Incident.objects.exists()
    assert refusals() == [
        ("account:operations", "incidents_incident", {"times": 1, "write": "insert"}),
    ]
    # The connection serves the next person as if nothing had been.
    assert client.get(page).status_code == 200


@pytest.mark.usefixtures("reads_only")
def test_the_api_answers_with_its_own_shape(board: Board) -> None:
    status, body = Caller(board.accounts["adviser"]).post(
        f"/missions/{board.mission.code}/observations", observation()
    )
    assert (status, body["error"]) == (403, "denied")
    assert "Nothing was changed" in body["message"]
    assert board.mission.observations.count() == 0
    assert [row[:2] for row in refusals()] == [("account:adviser", "sources_source")]


@pytest.mark.usefixtures("reads_only")
def test_a_command_ends_with_a_message(
    board: Board, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["assess", "observe", "a1", "logistics.fuel_days", "--method", "records"]
    given += ["--source", "Fuel register", "--value", "20", "--mission", board.mission.code]
    given += ["--as", board.accounts["adviser"].email]
    monkeypatch.setattr(sys, "argv", ["primacy", *given])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert "Nothing was changed" in said
    assert "Traceback" not in said
    assert [row[:2] for row in refusals()] == [("account:adviser", "sources_source")]


@pytest.mark.usefixtures("reads_only")
def test_a_refusal_inside_a_wider_transaction_is_noted_by_the_scope_around(board: Board) -> None:
    def tries() -> None:
        with transaction.atomic(), scope.viewer_scope(board["adviser"]):
            board.area.name = "Elsewhere"
            board.area.save(force_insert=True)

    with pytest.raises(RowRefused), scope.viewer_scope(operator("test")):
        tries()
    assert [row[1] for row in refusals()] == ["places_area"]


def test_a_missing_right_on_a_whole_table_stays_an_error(board: Board) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        scope.viewer_scope(board["adviser"]),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_auditentry")
    assert refusals() == []
