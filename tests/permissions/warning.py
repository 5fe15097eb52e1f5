"""One alert with all that hangs on it, for the walk of the permission layer."""

import datetime as dt

from primacy.platform import clock
from primacy.platform.policy import Marking
from primacy.rooms.forces.facade import Unit
from primacy.rooms.warning.actions import (
    Judged,
    NewAlert,
    Sent,
    accuse,
    enter_alert,
    keep_from,
    move_alert,
    name_stand,
    task,
    triage,
)
from tests.conftest import Board


def furnish_warning(board: Board, unit: Unit) -> dict[str, str]:
    """An alert on its way, one that accuses a unit, and for whom an account stands."""
    desk, mission = board["operations"], board.mission
    name_stand(actor=desk, mission=mission, account=board.accounts["commander"], unit=unit)
    given = NewAlert(channel="radio", threat="movement", text="Armed men at the ford.",
                     area=board.area, lat=1.0, lon=1.0, marking=Marking.INTERNAL)  # fmt: skip
    accusing = enter_alert(actor=desk, mission=mission, given=given)
    accused = accuse(actor=desk, alert=accusing, unit=unit)
    kept = keep_from(actor=desk, alert=accusing, unit=unit, reason="They would be told.")
    alert = enter_alert(actor=desk, mission=mission, given=given)
    triage(actor=desk, alert=alert, judged=Judged(severity="severe"))
    move_alert(actor=desk, alert=alert, act="acknowledge")
    task(actor=desk, alert=alert, sent=Sent("mission_force", "patrol", "Company B"))
    return {
        "alert": str(alert.number), "accusing-alert": str(accusing.number),
        "accusation": str(accused.pk), "kept-from": str(kept.pk),
    }  # fmt: skip


def furnish_warning_elsewhere(board: Board, word: str, unit: Unit) -> None:
    """Nothing; puts an alert on record in another mission, with a word in all that is written."""
    desk, mission = board["operations"], board.mission
    now = clock.now() - dt.timedelta(hours=1)
    alert = enter_alert(
        actor=desk, mission=mission,
        given=NewAlert(channel="radio", threat="movement", text=word, place=word, target=word,
                       alleged=word, received_at=now, marking=Marking.INTERNAL),
    )  # fmt: skip
    keep_from(actor=desk, alert=alert, unit=unit, reason=word)
    triage(actor=desk, alert=alert, judged=Judged(severity="severe"), reason=word)
    move_alert(actor=desk, alert=alert, act="acknowledge", reason=word)
    task(actor=desk, alert=alert, sent=Sent("mission_force", "patrol", word), reason=word)
