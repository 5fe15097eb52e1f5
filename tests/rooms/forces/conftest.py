"""Units and the terms of claims about them."""

import datetime as dt
from collections.abc import Callable

import pytest

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import Terms, add_unit
from primacy.rooms.forces.facade import Unit
from tests.conftest import STEWARD, Board


@pytest.fixture
def make_unit(board: Board) -> Callable[..., Unit]:
    """Makes a unit of the national police; its code is its name in small letters."""

    def make(name: str, **more: object) -> Unit:
        given: dict[str, object] = {
            "actor": board["planner"], "mission": board.mission,
            "code": name.lower().replace(" ", "-"), "name": name, "force": "Police",
            "side": "local",
            "source": ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register"),
        }  # fmt: skip
        return add_unit(**{**given, **more})

    return make


@pytest.fixture
def terms(board: Board) -> Callable[..., Terms]:
    """Terms from a first to a last precise day, cited; columns of dates may be given by name."""

    def make(first: str = "", last: str = "", **more: object) -> Terms:
        cite = Cite(ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Gazette"))
        dates: dict[str, object] = {"starting": True}
        if first:
            days = (dt.date.fromisoformat(text) for text in (first, last or first))
            dates |= dict(zip(("first_precise", "last_precise"), days, strict=True))
        dates |= {k: more.pop(k) for k in list(more) if k in Dates.__dataclass_fields__}
        return Terms(**{"dates": Dates(**dates), "cites": [cite], **more})

    return make
