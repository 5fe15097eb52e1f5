"""A record open to a reader never vanishes because its source is not; its words are veiled."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from primacy.platform.policy import Marking
from primacy.platform.sources.actions import ensure_source
from tests.conftest import STEWARD, Board


def test_a_lead_stays_on_the_board_when_its_source_is_stricter(
    board: Board, client: Client, today: dt.date
) -> None:
    source = ensure_source(
        actor=STEWARD,
        mission_id=board.mission.pk,
        title="Cable from the embassy",
        marking=Marking.STRICT,
    )
    board.lead("joint", today - dt.timedelta(days=5), source=source)
    client.force_login(board.accounts["commander"])
    answer = client.get(reverse("board-export", args=["exercise", "csv"]))
    text = answer.getvalue().decode()
    row = next(line for line in text.splitlines() if "District 1" in line and "joint" in line)
    assert "patrol_presence" in row
    assert "Cable from the embassy" not in text
