"""Acts that change who is cleared for an alert."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.warning.actions.holding import keep_step, locked
from primacy.rooms.warning.errors import BadAlert
from primacy.rooms.warning.models import Alert

DESK = "warning.desk"


def mark_alert(*, actor: Viewer, alert: Alert, marking: Marking, reason: str) -> Alert:
    """The alert under another marking.

    Marked internal it reaches the host state too, as far as the shield lets it.
    """
    require(actor, DESK, alert.mission_id)
    if marking < Marking.INTERNAL:
        raise BadAlert(_("An alert is never public."))
    if not reason.strip():
        raise BadAlert(_("Say why it is marked otherwise."))
    with transaction.atomic():
        alert = locked(actor, alert)
        before, alert.marking = alert.marking, marking
        alert.save(update_fields=["marking"])
        keep_step(actor, alert, "mark", clock.now(), reason, {"marking": int(marking)})
        record(actor, "warning.alert.mark", alert, {"from": int(before), "to": int(marking)})
    return alert
