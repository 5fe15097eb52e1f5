"""Acts that set how long each step of an answer may take."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.actions.holding import numbered
from primacy.rooms.warning.errors import BadAlert
from primacy.rooms.warning.models import ServiceLevels
from primacy.rooms.warning.rules import against_levels

CONFIGURE = "warning.configure"


def put_levels_in_force(
    *, actor: Viewer, mission: Mission, minutes: Mapping[str, Mapping[str, int]], reason: str
) -> ServiceLevels:
    """A new table of minutes; steps that begin from now on go by it."""
    require(actor, CONFIGURE, mission.pk)
    wrong = against_levels(minutes)
    if not reason.strip():
        wrong.append(_("Say why these times."))
    if wrong:
        raise BadAlert(" ".join(wrong))
    with transaction.atomic():
        numbered(mission)
        last = ServiceLevels.objects.filter(mission=mission).aggregate(n=Max("number"))["n"] or 0
        row = ServiceLevels.objects.create(
            mission=mission, number=last + 1, reason=reason.strip(),
            minutes={urgency: dict(steps) for urgency, steps in minutes.items()},
            recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "warning.levels.put", row, {"number": row.number})
    return row
