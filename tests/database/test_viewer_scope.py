"""The viewer on the connection: set for as long as somebody asks, and never handed on."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory

from primacy.faces.web.middleware import ViewerMiddleware
from primacy.platform import clock
from primacy.platform.database.rights import rights_of
from primacy.platform.database.viewer_scope import (
    computing,
    no_viewer,
    streamed,
    viewer_scope,
)
from primacy.platform.policy import Marking, guest, operator
from primacy.rooms.incidents import queries
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.models.incident import IncidentType
from tests.conftest import Board
from tests.database.conftest import requires_postgresql

pytestmark = pytest.mark.django_db


def on_connection(name: str = "kind") -> str:
    """What the connection says of who asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [f"primacy.{name}"])
        return str(cursor.fetchone()[0] or "")


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def incidents_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM incidents_incident")
        return int(cursor.fetchone()[0])


def test_a_scope_changes_nothing_on_sqlite(board: Board) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with viewer_scope(guest()), computing(board.mission.pk):
        assert board.mission.areas.count() == 4


@requires_postgresql()
def test_the_viewer_is_on_the_connection_inside_the_scope_only(board: Board) -> None:
    before = role()
    with viewer_scope(board["adviser"]):
        assert on_connection() == "account"
        assert on_connection("missions_2") == str(board.mission.pk)
        assert role() == "primacy_app"
        with viewer_scope(guest()):
            assert on_connection() == "guest"
            assert on_connection("missions_2") == ""
        assert on_connection() == "account"
        with computing(board.mission.pk):
            assert on_connection("computing") == str(board.mission.pk)
        assert on_connection("computing") == ""
        with no_viewer():
            assert on_connection() == ""
    assert on_connection() == ""
    assert role() == before


@requires_postgresql()
def test_nothing_can_be_computed_where_nobody_asks(board: Board) -> None:
    with computing(board.mission.pk):
        assert on_connection("computing") == ""


@requires_postgresql()
def test_an_exception_takes_the_viewer_off_again(board: Board) -> None:
    with pytest.raises(ZeroDivisionError), viewer_scope(board["adviser"]):
        raise ZeroDivisionError
    assert on_connection() == ""


@requires_postgresql()
@pytest.mark.parametrize("inner", [False, True])
def test_a_broken_transaction_takes_the_viewer_off_again(board: Board, inner: bool) -> None:
    before = role()

    def breaks() -> None:
        scope = computing(board.mission.pk) if inner else no_viewer()
        with viewer_scope(board["adviser"]), transaction.atomic(), scope:
            connection.cursor().execute("SELECT 1 / 0")

    with pytest.raises(DatabaseError):
        breaks()
    assert on_connection() == ""
    assert on_connection("computing") == ""
    assert role() == before


@requires_postgresql()
def test_a_connection_made_inside_a_scope_is_told_at_once(board: Board) -> None:
    fresh = connection.copy()
    try:
        with viewer_scope(board["adviser"]), fresh.cursor() as cursor:
            cursor.execute("SELECT current_setting('primacy.kind', true), current_user")
            assert cursor.fetchone() == ("account", "primacy_app")
    finally:
        fresh.close()


@requires_postgresql()
def test_a_stream_is_read_as_its_viewer_and_leaves_nobody_between_chunks(board: Board) -> None:
    def chunks() -> Iterator[str]:
        yield on_connection()
        yield on_connection()

    stream = streamed(board["adviser"], chunks())
    assert next(stream) == "account"
    assert on_connection() == ""
    assert next(stream) == "account"
    assert list(stream) == []
    # A reader who goes away half-way leaves nothing behind either.
    stream = streamed(board["adviser"], chunks())
    next(stream)
    stream.close()
    assert on_connection() == ""


@requires_postgresql()
def test_a_view_that_fails_leaves_nobody_on_the_connection(board: Board) -> None:
    def fails(_: object) -> None:
        assert on_connection() == "account"
        raise ZeroDivisionError

    request = RequestFactory().get("/")
    request.user = board.accounts["adviser"]
    with pytest.raises(ZeroDivisionError):
        ViewerMiddleware(fails)(request)  # type: ignore[arg-type]
    assert on_connection() == ""


def plant(board: Board) -> None:
    """One incident an adviser may read and one above the clearance."""
    for marking, headline in (
        (Marking.INTERNAL, "Shots at market"),
        (Marking.STRICT, "Secret raid"),
    ):
        enter_incident(
            actor=operator("test"),
            mission=board.mission,
            type=IncidentType.STATE_BASED,
            date_start=clock.today() - dt.timedelta(days=3),
            lat=1.0,
            lon=1.0,
            headline=headline,
            source="Daily report",
            marking=marking,
        )


def downloaded(client: Client, board: Board) -> str:
    """The incidents as this client downloads them."""
    answer = client.get(f"/m/{board.mission.code}/incidents.csv")
    return b"".join(answer.streaming_content).decode()


@requires_postgresql()
def test_a_page_that_forgets_to_filter_still_shows_no_restricted_row(
    board: Board, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(board)
    monkeypatch.setattr(queries, "visible", lambda _viewer, rows, *_, **__: rows)
    client.force_login(board.accounts["adviser"])
    listed = downloaded(client, board)
    assert "Shots at market" in listed
    assert "Secret raid" not in listed
    client.force_login(board.accounts["human_rights"])
    assert "Secret raid" in downloaded(client, board)


def test_a_download_is_complete_and_holds_nothing_restricted(board: Board, client: Client) -> None:
    plant(board)
    client.force_login(board.accounts["adviser"])
    text = downloaded(client, board)
    assert "Shots at market" in text
    assert "Secret raid" not in text


def test_the_highest_clearance_of_any_role_counts(board: Board) -> None:
    rights = rights_of(board["human_rights"])
    assert dict(rights.missions) == {board.mission.pk: Marking.STRICT}
    assert rights.general is None
    # Who keeps accounts has a role everywhere and reads no record by it.
    keeper = rights_of(board["administrator"])
    assert (keeper.general, keeper.missions) == (None, ())
