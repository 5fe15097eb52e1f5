"""Looking at all cases of support: each day, and as soon as an act may bear on one.

A change of command that somebody enters in the morning has raised its task within minutes.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.accounts.whole import seen_whole
from primacy.platform.jobs.daily import every_day
from primacy.platform.jobs.following import after_acts
from primacy.platform.jobs.kinds import Outcome, Running
from primacy.rooms.places.facade import missions
from primacy.rooms.support.actions.tasks import raise_tasks
from primacy.rooms.support.open_cases import open_cases, within_reach

LOOK = "support.look"
TITLE = gettext_lazy("What bears on support")
BEARING = (
    "forces.", "persons.claim.", "persons.person.", "persons.merge.", "persons.pairs.judge",
    "incidents.responsibility.", "support.finding.", "support.framework.",
)  # fmt: skip
"""Acts after which cases are looked at again."""


@after_acts(LOOK, prefixes=BEARING, permission="support.monitor", title=TITLE)
@every_day(LOOK, permission="support.monitor", title=TITLE)
def look_at_cases(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Raises what is new in each mission that has open cases. Done again, it adds nothing."""
    made = left = 0
    for mission in missions(run.actor):
        with seen_whole(mission.pk):
            rows = list(open_cases(mission))
        if not rows:
            continue
        left += len(rows) - len(within_reach(run.actor, rows))
        made += len(raise_tasks(actor=run.actor, mission=mission))
    said = _("New tasks: %(n)d.") % {"n": made}
    if left:
        said += " " + _(
            "%(n)d cases are in compartments: one of their members has to look there."
        ) % {"n": left}
    return Outcome(said)
