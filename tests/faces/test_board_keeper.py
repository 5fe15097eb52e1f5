"""Boards are made ready for those who use the site, and nothing is seen or noted by it."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from primacy.faces.web.board_keeper import keep_boards, make_ready
from primacy.platform import clock
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.readiness import kept_board
from primacy.rooms.readiness.facade import open_board
from tests.conftest import Board


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boards are kept although each test runs inside a transaction of its own."""
    kept_board.forget_boards()
    monkeypatch.setattr(kept_board, "_in_transaction", lambda: False)


def signed_in(board: Board, label: str) -> Client:
    client = Client()
    client.force_login(board.accounts[label], backend="django.contrib.auth.backends.ModelBackend")
    return client


def queries_of(board: Board, label: str, day: dt.date) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        open_board(board[label], board.mission, day)
    return len(asked)


def test_a_board_is_ready_for_those_who_signed_in_and_for_nobody_else(
    board: Board, today: dt.date
) -> None:
    board.evidence()
    signed_in(board, "adviser")

    assert make_ready() == 1

    ready, cold = queries_of(board, "adviser", today), queries_of(board, "commander", today)
    assert ready <= 6
    assert cold > ready + 4


def test_a_way_of_reading_is_made_ready_once_however_many_share_it(board: Board) -> None:
    signed_in(board, "adviser")
    signed_in(board, "adviser_2")
    signed_in(board, "commander")
    assert make_ready() == 2


def test_who_may_read_no_board_gets_none(board: Board) -> None:
    signed_in(board, "administrator")
    assert make_ready() == 0


def test_who_was_away_for_weeks_is_not_waited_for(board: Board) -> None:
    signed_in(board, "adviser")
    account = board.accounts["adviser"]
    account.refresh_from_db()
    account.last_login = clock.now() - dt.timedelta(days=15)
    account.save(update_fields=["last_login"])
    assert make_ready() == 0


def test_making_ready_is_no_read_but_looking_is(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence({"accountability.no_grave_finding": None})
    board.see("accountability.no_grave_finding", 0, marking=Marking.STRICT)
    client = signed_in(board, "human_rights")
    before = AuditEntry.objects.count()
    make_ready()
    assert AuditEntry.objects.count() == before

    assert client.get(f"/m/{board.mission.code}/board/").status_code == 200
    assert AuditEntry.objects.count() > before


def test_the_thread_ends_when_the_server_stops_and_outlives_a_fault(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = threading.Semaphore(0)

    def fails(stop: threading.Event) -> int:
        rounds.release()
        raise RuntimeError("no such board")

    monkeypatch.setattr("primacy.faces.web.board_keeper.make_ready", fails)
    monkeypatch.setattr("primacy.faces.web.board_keeper.EVERY", 0.01)
    stop = threading.Event()
    thread = keep_boards(stop)
    assert all(rounds.acquire(timeout=5) for _ in range(3))
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert "boards could not be made ready" in caplog.text
