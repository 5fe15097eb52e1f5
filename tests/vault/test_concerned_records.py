"""An identity may concern a record of its mission that the reporter may see, and no other."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from primacy.platform import clock
from primacy.platform.policy import Marking
from primacy.platform.vault.concerned import kinds
from primacy.platform.vault.errors import BadIdentity
from primacy.platform.vault.models import ProtectedIdentity
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.models import Incident, IncidentType
from primacy.rooms.readiness.facade import Observation
from tests.conftest import Board
from tests.vault.conftest import Circle


def incident(board: Board, **more: object) -> Incident:
    given: dict[str, object] = {
        "actor": board["operations"],
        "mission": board.mission,
        "type": IncidentType.CRIME,
        "date_start": clock.today() - dt.timedelta(days=3),
        "lat": 8.1,
        "lon": -10.2,
        "place": "Old bridge",
        "source": "Patrol report",
        "marking": Marking.INTERNAL,
    }
    return enter_incident(**{**given, **more})


def test_an_incident_and_an_observation_of_the_mission_are_taken(circle: Circle) -> None:
    assert kinds() == ("incident", "observation")
    row = incident(circle.board)
    circle.board.evidence()
    seen = Observation.objects.first()
    assert seen is not None
    for kind, pk in (("incident", row.pk), ("observation", seen.pk)):
        made = circle.report(by="adviser", about_type=kind, about_id=pk)
        assert (made.about_type, made.about_id) == (kind, pk)


def test_no_other_record_is_taken_and_the_refusal_never_tells_why(
    circle: Circle, make_board: Callable[..., Board]
) -> None:
    here = incident(circle.board)
    closed = incident(circle.board, marking=Marking.STRICT)
    foreign = incident(make_board("elsewhere"))
    refusals = set()
    for kind, pk in (
        ("incident", uuid.uuid4()),  # no such record
        ("incident", closed.pk),  # above the reporter's clearance
        ("incident", foreign.pk),  # of another mission
        ("observation", here.pk),  # another kind of record
        ("account", circle.accounts["adviser"].pk),  # no kind that may be concerned
        ("incident", None),
        ("", here.pk),
    ):
        with pytest.raises(BadIdentity) as problem:
            circle.report(by="adviser", about_type=kind, about_id=pk)
        refusals.add(str(problem.value))
    assert len(refusals) == 1
    assert not ProtectedIdentity.objects.exists()
