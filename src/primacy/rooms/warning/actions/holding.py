"""An alert locked for an act, and the step put on record; the caller holds the transaction."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.errors import BadAlert, NoSuchAlert, StepRefused
from primacy.rooms.warning.models import Alert, AlertStep
from primacy.rooms.warning.queries import alerts, levels_of
from primacy.rooms.warning.rules import ALERT_MOVES, STAMPS, Asked, against, due_at

STAMPED = (*STAMPS.values(), "received_at")


def named_person(who: Viewer) -> uuid.UUID:
    """The account of who acts; `BadAlert` for the server's operator, who sits at no desk."""
    if who.account_id is None:
        raise BadAlert(_("A named person does this: act with an account."))
    return who.account_id


def numbered(mission: Mission) -> Mission:
    """The mission's row, held until the transaction ends: numbers are given one at a time."""
    return Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)


def locked(who: Viewer, alert: Alert) -> Alert:
    """The alert as it stands now, held until the transaction ends; only where it is open."""
    if not alerts(who, alert.mission).filter(pk=alert.pk).exists():
        raise NoSuchAlert(_("No such alert is open to you."))
    rows = Alert.objects.select_for_update(no_key=True).select_related("mission")
    return rows.get(pk=alert.pk)


def last_time(alert: Alert) -> dt.datetime:
    """The latest time that the alert's own steps hold."""
    held: list[dt.datetime | None] = [getattr(alert, name) for name in STAMPED]
    return max(moment for moment in held if moment is not None)


def refuse_where_held(alert: Alert, act: str, asked: Asked) -> None:
    """Nothing; `StepRefused` with everything that stands against the act now."""
    reasons = against(act, alert.state, asked)
    if reasons:
        raise StepRefused(reasons)


def make_step(
    who: Viewer,
    alert: Alert,
    act: str,
    *,
    happened_at: dt.datetime,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> AlertStep:
    """The step on record, and the alert as it stands after it. Its guards were passed."""
    if (alert.state, act) not in ALERT_MOVES:
        raise StepRefused([_("'%(act)s' is no step from here.") % {"act": act[:30]}])
    set_to = dict(changes or {})
    stamp = STAMPS.get(act)
    if stamp is not None and getattr(alert, stamp) is None:
        set_to[stamp] = happened_at
    for name, value in set_to.items():
        setattr(alert, name, value)
    before = alert.state
    alert.state = ALERT_MOVES[before, act]
    if alert.state != before or act in ("triage", "task"):
        alert.due_at = due_at(
            alert.state, alert.urgency, _since(alert, act, happened_at),
            levels_of(alert.mission), alert.feedback_due,
        )  # fmt: skip
        set_to["due_at"] = alert.due_at
    set_to["state"] = alert.state
    alert.save(update_fields=sorted(set_to))
    return keep_step(who, alert, act, happened_at, reason, set_to)


def keep_step(
    who: Viewer,
    alert: Alert,
    act: str,
    happened_at: dt.datetime,
    reason: str,
    changes: Mapping[str, object],
) -> AlertStep:
    """The step with the new value of each field, as JSON keeps it."""
    return AlertStep.objects.create(
        alert=alert, act=act, happened_at=happened_at, reason=reason.strip(),
        changes={name: kept_value(value) for name, value in changes.items()},
        by=who.label[:250], recorded_by_id=who.account_id,
    )  # fmt: skip


def kept_value(value: object) -> object:
    """A value as a step keeps it: plain JSON, times in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | uuid.UUID):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def moment_of(given: dt.datetime | None) -> dt.datetime:
    """The time given; now where none is."""
    return given or clock.now()


def _since(alert: Alert, act: str, happened_at: dt.datetime) -> dt.datetime:
    """From when the next step's clock runs: a second judgement does not set it back."""
    if act == "triage" and alert.triaged_at is not None:
        return last_time(alert)
    return happened_at
