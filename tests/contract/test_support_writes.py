"""Every write of support over the API: refused without a right, and nothing is left behind."""

import datetime as dt
import json

from primacy.platform.audit.models import AuditEntry
from tests.conftest import Board
from tests.contract.callers import Caller
from tests.permissions.routes import Route, api_routes
from tests.permissions.support import bodies_of_support, furnish_support
from tests.permissions.walk import fill
from tests.rooms.screening.asking import unit


def of_support(path: str) -> bool:
    """True for the routes of this file."""
    return "support" in path.split("/")


def writes(found: dict[str, str], today: dt.date) -> list[tuple[Route, str, object]]:
    """Each route that writes, its address, and a body that whoever may write could send."""
    posted = bodies_of_support(found, today.isoformat())
    asked = []
    for route in api_routes():
        if of_support(route.address) and route.method != "GET":
            kind, *_given, act = route.address.split("/")[-3:]
            body = posted.get(f"{kind} {act}", posted.get(act))
            asked.append((route, fill(route, found, {}), body))
    return asked


def test_every_write_of_support_needs_a_right_and_leaves_no_trace_without(
    board: Board, today: dt.date
) -> None:
    station = unit(board, "u1", "First station")
    here = {"mission": board.mission.code, "unit": "u1"}
    asked = writes({**furnish_support(board, station, today), **here}, today)
    assert len(asked) > 30
    changes = AuditEntry.objects.exclude(action="read")
    before = changes.count()
    for label in ("overseer", "donor", "administrator", ""):
        caller = Caller(board.accounts[label] if label else None)
        for route, address, body in asked:
            text = json.dumps(body) if body else ""
            answer = caller.client.generic(route.method, address, text, "application/json")
            assert answer.status_code in {403, 404}, (str(route), label, answer.content)
            assert label or answer.status_code == 404, route
    assert changes.count() == before
