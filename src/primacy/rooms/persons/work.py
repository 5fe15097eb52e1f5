"""Looking for pairs of records as long work: some seconds for a thousand persons."""

import uuid
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.jobs.kinds import Outcome, Running, kind_of_work
from primacy.rooms.persons.actions import put_pairs
from primacy.rooms.persons.errors import PersonsError
from primacy.rooms.persons.finding import likely_pairs
from primacy.rooms.persons.queries import by_id
from primacy.rooms.persons.rights import JUDGE
from primacy.rooms.places.facade import Mission

LOOK_FOR_PAIRS = "persons.look_for_pairs"
BY_JOB = "comparison"


@kind_of_work(LOOK_FOR_PAIRS, permission=JUDGE, refusals=(PersonsError,))
def look_for_pairs(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Compares all persons and puts the new pairs on the queue. Resumed, it asks nothing twice."""
    mission = Mission.objects.get(pk=uuid.UUID(arguments["mission"]))
    what = _("comparing the records of persons")
    found = likely_pairs(run.actor, mission, lambda done, of: run.progress(done, of, what))
    rows = by_id(run.actor, mission, {pk for one in found for pk in (one.first, one.second)})
    pairs = [
        (rows[one.first], rows[one.second], one.score)
        for one in found
        if one.first in rows and one.second in rows
    ]
    made = put_pairs(actor=run.actor, mission=mission, pairs=pairs, found_by=BY_JOB)
    said = _("%(n)d new pairs to judge. None was asked twice.") % {"n": made}
    return Outcome(said, reverse("persons-matching", args=[mission.code]))
