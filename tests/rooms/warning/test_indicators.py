"""How alerts were answered, as the board reads it: alone or with help, how fast, never telling."""

import datetime as dt

import pytest

from primacy.platform import clock
from primacy.platform.indicators import IndicatorValue, Subject, values
from primacy.platform.policy import Marking
from primacy.rooms.warning.actions import Judged, accuse, move_alert, task, triage
from primacy.rooms.warning.models import Alert
from tests.rooms.warning.conftest import Watch, ago, patrol


def reached(watch: Watch, minutes: int, *, alone: bool, area: int = 0, **more: object) -> Alert:
    """An alert reached after so many minutes, by the battalion or by the mission."""
    who = watch["operations"]
    alert = watch.enter(area=watch.desk.board.areas[area], received_at=ago(minutes + 60), **more)
    triage(actor=who, alert=alert, judged=Judged(severity="severe"), at=ago(minutes + 59))
    move_alert(actor=who, alert=alert, act="acknowledge", at=ago(minutes + 58))
    sent = patrol(responder="host_unit", named="First battalion", unit=watch.desk.battalion)
    task(actor=who, alert=alert, sent=sent if alone else patrol(), at=ago(minutes + 57))
    move_alert(actor=who, alert=alert, act="depart", at=ago(minutes + 56 if minutes > 4 else 60))
    return move_alert(actor=who, alert=alert, act="arrive", at=ago(60))


def asked(watch: Watch, code: str, who: str = "planner") -> IndicatorValue | None:
    """The value of the first area."""
    area = watch.desk.board.areas[0]
    found = values(watch[who], code, [Subject("area", area.pk, watch.mission.pk)], clock.today())
    return found[0] if found else None


@pytest.fixture
def cleared(watch: Watch) -> Watch:
    """A watch whose battalion may be sent."""
    watch.desk.active(kind="joint_operation")
    return watch


def test_nothing_on_record_is_unknown_and_not_zero(cleared: Watch) -> None:
    cleared.to("closed")
    assert asked(cleared, "response.unaided_share") is None
    assert asked(cleared, "response.median_minutes") is None


def test_share_and_minutes_are_those_of_the_alerts(cleared: Watch) -> None:
    for minutes in (10, 20, 30, 40, 90):
        reached(cleared, minutes, alone=True)
    reached(cleared, 5, alone=False)
    reached(cleared, 300, alone=True, area=1)
    share = asked(cleared, "response.unaided_share")
    assert share is not None
    assert (share.numerator, share.denominator) == (5, 6)
    speed = asked(cleared, "response.median_minutes")
    assert speed is not None
    assert speed.value == pytest.approx(30, abs=0.1)
    assert (speed.low, speed.high) == (pytest.approx(10, abs=0.1), pytest.approx(90, abs=0.1))
    assert speed.observed_on == (clock.now() - dt.timedelta(minutes=60)).date()


def test_an_accusing_alert_moves_no_figure_for_anybody(cleared: Watch) -> None:
    reached(cleared, 10, alone=True)
    alert = reached(cleared, 50, alone=False)
    accuse(actor=cleared["operations"], alert=alert, unit=cleared.desk.other)
    for who in ("planner", "of_other", "operations"):
        share = asked(cleared, "response.unaided_share", who)
        assert share is not None
        assert (share.numerator, share.denominator) == (1, 1), who


def test_what_the_reader_is_not_cleared_for_is_not_in_the_figure(cleared: Watch) -> None:
    reached(cleared, 10, alone=True)
    reached(cleared, 20, alone=False, marking=Marking.CONFIDENTIAL)
    seen = {who: asked(cleared, "response.unaided_share", who) for who in ("planner", "of_other")}
    assert [one and one.denominator for one in seen.values()] == [2, 1]
