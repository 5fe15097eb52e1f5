"""Putting the questions of a round as long work: a force of 20,000 takes some seconds."""

import uuid
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.engines.linkage import LinkageMissing
from primacy.platform.jobs.kinds import Outcome, Running, kind_of_work
from primacy.rooms.census.actions import put_questions
from primacy.rooms.census.errors import CensusError
from primacy.rooms.census.queries import round_by_id
from primacy.rooms.places.facade import Mission

PUT_QUESTIONS = "census.put_questions"


@kind_of_work(PUT_QUESTIONS, permission="census.keep", refusals=(CensusError,))
def put_questions_of(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Runs every rule over a round and puts the new questions. Resumed, it asks nothing twice."""
    mission = Mission.objects.get(pk=uuid.UUID(arguments["mission"]))
    round = round_by_id(run.actor, mission, uuid.UUID(arguments["round"]))
    run.progress(0, None, _("holding roll, head counts and pay rolls side by side"))
    linked = True
    try:
        made = put_questions(actor=run.actor, round=round, linked_by="duckdb")
    except LinkageMissing:
        made, linked = put_questions(actor=run.actor, round=round), False
    said = _("%(n)d new questions. None was asked twice.") % {"n": len(made)}
    if not linked:
        said += " " + _("Persons enrolled twice were not looked for: linkage is not installed.")
    return Outcome(said, reverse("census-questions", args=[mission.code]))
