"""Acts on enrolment rounds: open and close one, note which service numbers were issued."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.kernels.flags import plain_number
from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.census.errors import BadRound
from primacy.rooms.census.models import EnrolmentRound, NumberRange
from primacy.rooms.census.models.round import DEFAULT_MARKING
from primacy.rooms.places.facade import Mission


def open_round(
    *,
    actor: Viewer,
    mission: Mission,
    name: str,
    opened_on: dt.date,
    census_day: dt.date,
    source_title: str,
    legal_basis: str = "",
    method: str = "",
    marking: Marking = DEFAULT_MARKING,
) -> EnrolmentRound:
    """A new enrolment round. What is counted, is counted as of its census day."""
    require(actor, "census.keep", mission.pk)
    name = " ".join(name.split())[:100]
    if not name:
        raise BadRound(_("An enrolment round needs a name, such as 'Census 2026'."))
    if opened_on > census_day:
        raise BadRound(
            _("The census day (%(day)s) lies before the round opens (%(opened)s).")
            % {"day": census_day, "opened": opened_on}
        )
    if EnrolmentRound.objects.filter(mission=mission, name__iexact=name).exists():
        raise BadRound(
            _("A round named '%(name)s' exists already. Nothing was recorded.") % {"name": name}
        )
    with transaction.atomic():
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=source_title, marking=marking
        )
        made = EnrolmentRound.objects.create(
            mission=mission,
            name=name,
            opened_on=opened_on,
            census_day=census_day,
            legal_basis=legal_basis.strip()[:300],
            method=method.strip(),
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        record(actor, "census.round.open", made, {"name": name, "census_day": census_day})
    return made


def close_round(*, actor: Viewer, round: EnrolmentRound, closed_on: dt.date) -> None:
    """Nothing; no rows are brought into a closed round. Its questions go on."""
    require(actor, "census.keep", round.mission_id)
    if not round.is_open:
        raise BadRound(_("The round '%(name)s' is closed already.") % {"name": round.name})
    if closed_on < round.census_day:
        raise BadRound(_("A round is not closed before its census day."))
    with transaction.atomic():
        round.closed_on = closed_on
        round.save(update_fields=["closed_on"])
        record(actor, "census.round.close", round, {"closed_on": closed_on})


def add_number_range(
    *,
    actor: Viewer,
    mission: Mission,
    first: int,
    last: int,
    source_title: str,
    prefix: str = "",
    issued_from: dt.date | None = None,
    marking: Marking = DEFAULT_MARKING,
) -> NumberRange:
    """A range of service numbers that was issued, from a day on where it is known."""
    require(actor, "census.keep", mission.pk)
    if not 0 <= first <= last:
        raise BadRound(_("The last number must not be below the first, and none below zero."))
    with transaction.atomic():
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=source_title, marking=marking
        )
        made = NumberRange.objects.create(
            mission=mission,
            prefix=plain_number(prefix)[:20],
            first=first,
            last=last,
            issued_from=issued_from,
            source=source,
            marking=marking,
            recorded_by_id=actor.account_id,
        )
        body = {"prefix": made.prefix, "first": first, "last": last, "from": issued_from}
        record(actor, "census.numbers.add", made, body)
    return made
