"""Acts that put an alert on record, and who warned in a compartment of its own."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Compartment
from primacy.platform.audit.actions import record
from primacy.platform.ids import uuid7
from primacy.platform.policy import Denied, Marking, Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.warning.actions.holding import kept_value, numbered
from primacy.rooms.warning.errors import BadAlert
from primacy.rooms.warning.models import (
    Accusation,
    Alert,
    AlertSource,
    AlertStep,
    Channel,
    Credibility,
    Reliability,
    Threat,
    Urgency,
)
from primacy.rooms.warning.queries import levels_of
from primacy.rooms.warning.rules import due_at

ENTER = "warning.enter"
LONGEST = 4000
LEAST_PRECISION, MOST_PRECISION = 1, 7
CONSENTS = ("act", "share", "keep")
FIRST_NUMBER, FEW_NUMBERS, MOST_NUMBERS = 100_000, 900_000, 9_900_000
RANDOM_PART = (1 << 62) - 1


@dataclass(frozen=True)
class NewAlert:
    """What somebody warned of, as it came in."""

    channel: str
    threat: str
    text: str
    received_at: dt.datetime | None = None
    urgency: str = Urgency.UNKNOWN
    target: str = ""
    alleged: str = ""
    expected_from: dt.datetime | None = None
    expected_until: dt.datetime | None = None
    area: Area | None = None
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    where_precision: int = MOST_PRECISION
    reliability: str = Reliability.F
    credibility: int = Credibility.UNKNOWN
    language: str = ""
    origin_id: str = ""
    can_be_told: bool = True
    keep_until: dt.date | None = None
    marking: Marking = Marking.CONFIDENTIAL
    accused_units: Sequence[Unit] = ()
    accused_persons: Sequence[Person] = ()
    accused_force: str = ""


@dataclass(frozen=True)
class Warned:
    """Who warned: the pseudonym of a sealed identity, what they agreed to, how they are reached."""

    compartment: Compartment
    pseudonym: str
    consent: str
    reach: str = ""


def enter_alert(
    *, actor: Viewer, mission: Mission, given: NewAlert, source: Warned | None = None
) -> Alert:
    """The alert as received, kept from whom it accuses from its first moment on."""
    require(actor, ENTER, mission.pk)
    reasons = _against(given) + _against_source(actor, source)
    if reasons:
        raise BadAlert(" ".join(reasons))
    received = given.received_at or clock.now()
    fields = _fields(given, received)
    fields["due_at"] = due_at("received", given.urgency, received, levels_of(mission))
    with transaction.atomic():
        numbered(mission)
        key = uuid7()
        alert = Alert.objects.create(
            pk=key, mission=mission, number=_free_number(mission, key),
            marking=max(given.marking, Marking.INTERNAL), recorded_by_id=actor.account_id,
            **fields,
        )  # fmt: skip
        AlertStep.objects.create(
            alert=alert, act="receive", happened_at=received, by=actor.label[:250],
            changes={name: kept_value(value) for name, value in {**fields, "state": alert.state,
                     "marking": int(alert.marking)}.items()},
            recorded_by_id=actor.account_id,
        )  # fmt: skip
        Accusation.objects.bulk_create(
            [
                *(Accusation(alert=alert, unit=unit, recorded_by_id=actor.account_id)
                  for unit in given.accused_units),
                *(Accusation(alert=alert, person=person, recorded_by_id=actor.account_id)
                  for person in given.accused_persons),
                *(Accusation(alert=alert, force=force, recorded_by_id=actor.account_id)
                  for force in [_line(given.accused_force, 200)] if force),
            ]
        )  # fmt: skip
        if source is not None:
            _keep_source(actor, alert, source)
        record(actor, "warning.alert.enter", alert, {"number": alert.number,
                                                     "channel": alert.channel})  # fmt: skip
    return alert


def protect_source(*, actor: Viewer, alert: Alert, source: Warned) -> AlertSource:
    """Who warned, under a pseudonym, in a compartment the actor belongs to."""
    require(actor, ENTER, alert.mission_id)
    reasons = _against_source(actor, source)
    if reasons:
        raise BadAlert(" ".join(reasons))
    with transaction.atomic():
        row = _keep_source(actor, alert, source)
        record(actor, "warning.source.keep", alert, {})
    return row


def _free_number(mission: Mission, key: uuid.UUID) -> int:
    """A number nobody can count by, drawn from the random part of the alert's id.

    Numbers given in a row would show a gap to whom an alert is kept from.
    """
    taken = Alert.objects.filter(mission=mission)
    drawn, among = key.int & RANDOM_PART, FEW_NUMBERS
    while True:
        number = FIRST_NUMBER + drawn % among
        if not taken.filter(number=number).exists():
            return number
        drawn, among = drawn // 7 + 1, MOST_NUMBERS


def _keep_source(who: Viewer, alert: Alert, source: Warned) -> AlertSource:
    return AlertSource.objects.create(
        mission=alert.mission, alert=alert, pseudonym=_line(source.pseudonym, 40),
        consent=source.consent, reach=_line(source.reach, 200), marking=alert.marking,
        compartment=source.compartment, recorded_by_id=who.account_id,
    )  # fmt: skip


def _fields(given: NewAlert, received: dt.datetime) -> dict[str, object]:
    return {
        "channel": given.channel, "threat": given.threat, "text": given.text.strip(),
        "received_at": received, "urgency": given.urgency, "target": _line(given.target, 200),
        "alleged": _line(given.alleged, 200), "expected_from": given.expected_from,
        "expected_until": given.expected_until, "area_id": given.area.pk if given.area else None,
        "place": _line(given.place, 200), "lat": given.lat, "lon": given.lon,
        "where_precision": given.where_precision, "reliability": given.reliability,
        "credibility": given.credibility, "language": given.language[:7],
        "origin_id": _line(given.origin_id, 200), "feedback_due": given.can_be_told,
        "keep_until": given.keep_until,
    }  # fmt: skip


def _against(given: NewAlert) -> list[str]:
    reasons = []
    now = clock.now()
    if given.channel not in Channel.values:
        reasons.append(_("Say how the alert came in."))
    if given.threat not in Threat.values:
        reasons.append(_("Say what is warned of."))
    if not 1 <= len(given.text.strip()) <= LONGEST:
        reasons.append(_("Write what was said, in at most %(n)s letters.") % {"n": "4,000"})
    if given.urgency not in Urgency.values:
        reasons.append(_("Choose the urgency."))
    if given.reliability not in Reliability.values or given.credibility not in Credibility.values:
        reasons.append(_("Grade the source from A to F and the information from 1 to 6."))
    if given.received_at is not None and given.received_at > now:
        reasons.append(_("An alert cannot be received in time to come."))
    if given.expected_from and given.expected_until and given.expected_from > given.expected_until:
        reasons.append(_("What is expected ends before it begins."))
    if (given.lat is None) != (given.lon is None):
        reasons.append(_("Give both latitude and longitude, or neither."))
    elif given.lat is not None and given.lon is not None:
        if not (-90 <= given.lat <= 90 and -180 <= given.lon <= 180):
            reasons.append(_("This point is not on the globe."))
    if not LEAST_PRECISION <= given.where_precision <= MOST_PRECISION:
        reasons.append(_("Say how exact the place is, from 1 (exact) to 7 (unknown)."))
    return reasons


def _against_source(who: Viewer, source: Warned | None) -> list[str]:
    if source is None:
        return []
    if source.compartment.pk not in who.compartments:
        raise Denied(_("You do not belong to this compartment."))
    reasons = []
    if not source.pseudonym.strip():
        reasons.append(_("Give the pseudonym of the source; never the name."))
    if source.consent not in CONSENTS:
        reasons.append(_("Say what the source agreed to."))
    return reasons


def _line(text: str, most: int) -> str:
    return " ".join(text.split())[:most]
