"""What the calendar does to units without any act, brought up to date each day."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.jobs.daily import due, every_day
from primacy.platform.jobs.kinds import Outcome, Running
from primacy.rooms.forces.actions.present import keep_units_present
from primacy.rooms.places.facade import missions

PRESENT = "forces.present"


@every_day(PRESENT, permission="forces.edit", title=gettext_lazy("Units as they stand today"))
def units_of_the_day(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Brings names and superiors up to the day. Done again, it finds nothing to change."""
    days = due(PRESENT, dt.date.fromisoformat(arguments["day"]))
    changed = 0
    for mission in missions(run.actor):
        changed += keep_units_present(actor=run.actor, mission=mission, since=days.since)
    return Outcome(_("Units that changed by the calendar alone: %(n)d.") % {"n": changed})
