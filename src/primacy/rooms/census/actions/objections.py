"""Acts on public objections: open the window, receive one, give it its outcome."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer, may_read, require
from primacy.rooms.census.errors import BadCohort
from primacy.rooms.census.models import (
    CohortState,
    Objection,
    ObjectionOutcome,
    PublicObjection,
    RecruitmentCohort,
)
from primacy.rooms.census.models.round import DEFAULT_MARKING
from primacy.rooms.census.rules import OBJECTION_MOVES, SHORTEST_WINDOW, move

PLAIN_SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Signs that are not taken for each other when they are read out."""


def open_objection_window(
    *,
    actor: Viewer,
    cohort: RecruitmentCohort,
    opens_on: dt.date,
    closes_on: dt.date,
    channel: str,
    listed_at: str = "",
) -> PublicObjection:
    """The window for objections of a class: from when to when, by which way, where it is listed."""
    require(actor, "census.keep", cohort.mission_id)
    if cohort.state != CohortState.OPEN:
        raise BadCohort(_("This class is closed. Nothing was recorded."))
    if (closes_on - opens_on).days < SHORTEST_WINDOW:
        raise BadCohort(
            _("A window is open for at least %(days)s days, so that word can reach a village.")
            % {"days": SHORTEST_WINDOW}
        )
    if not channel.strip():
        raise BadCohort(_("Say how people can object: a number, an office, a box."))
    if PublicObjection.objects.filter(cohort=cohort).exists():
        raise BadCohort(_("This class has its window already. Nothing was recorded."))
    with transaction.atomic():
        made = PublicObjection.objects.create(
            cohort=cohort,
            opens_on=opens_on,
            closes_on=closes_on,
            channel=channel.strip()[:300],
            listed_at=listed_at.strip()[:300],
            recorded_by_id=actor.account_id,
        )
        body = {"opens_on": opens_on, "closes_on": closes_on}
        record(actor, "census.objection.window", cohort, body)
    return made


def receive_objection(
    *, actor: Viewer, window: PublicObjection, about: str, grounds: str, received_on: dt.date
) -> Objection:
    """A new objection with its receipt. Who objects is never written down here."""
    cohort = window.cohort
    require(actor, "census.keep", cohort.mission_id)
    if not about.strip() or not grounds.strip():
        raise BadCohort(_("Give the recruit's number on the list, and the grounds in words."))
    if cohort.state != CohortState.OPEN:
        raise BadCohort(_("This class is closed. Pass the objection on to the inspectorate."))
    if not window.opens_on <= received_on <= clock.today():
        raise BadCohort(
            _("An objection is received after the window opened and not in days to come.")
        )
    with transaction.atomic():
        made = Objection.objects.create(
            mission_id=cohort.mission_id,
            window=window,
            receipt="".join(secrets.choice(PLAIN_SIGNS) for _sign in range(12)),
            received_on=received_on,
            about=about.strip()[:60],
            grounds=grounds.strip(),
            marking=DEFAULT_MARKING,
            compartment=cohort.compartment,
            recorded_by_id=actor.account_id,
        )
        late = received_on > window.closes_on
        record(actor, "census.objection.receive", made, {"class": cohort.code, "late": late})
    return made


def decide_objection(
    *, actor: Viewer, objection: Objection, outcome: str, reason: str
) -> Objection:
    """The objection with its outcome and the reason, by somebody other than who received it."""
    require(actor, "census.keep", objection.mission_id)
    if not may_read(
        actor,
        "census.view",
        mission_id=objection.mission_id,
        open_to_guests=False,
        marking=objection.marking,
        compartment_id=objection.compartment_id,
    ):
        raise Denied(_("This objection is not open to you. Nothing was recorded."))
    if outcome not in ObjectionOutcome.values or not reason.strip():
        raise BadCohort(
            _("An objection needs an outcome and the reason for it. Outcomes: %(known)s.")
            % {"known": ", ".join(ObjectionOutcome.values)}
        )
    with transaction.atomic():
        objection = Objection.objects.select_for_update().get(pk=objection.pk)
        state = move(OBJECTION_MOVES, objection.state, "decide")
        if state is None:
            raise BadCohort(_("This objection has its outcome already."))
        if actor.account_id is not None and objection.recorded_by_id == actor.account_id:
            raise BadCohort(_("Whoever received an objection does not decide it."))
        objection.state = state
        objection.outcome = outcome
        objection.outcome_reason = reason.strip()
        objection.decided_on = clock.today()
        objection.save(update_fields=["state", "outcome", "outcome_reason", "decided_on"])
        record(actor, "census.objection.decide", objection, {"outcome": outcome})
    return objection
