"""Acts on claims of responsibility: what a source says of a unit's or a person's part."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import correct, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.models import Incident, Part, ResponsibilityClaim
from primacy.rooms.persons.facade import Person

ATTRIBUTE = "incidents.attribute"


def claim_responsibility(
    *,
    actor: Viewer,
    incident: Incident,
    part: str,
    terms: Terms,
    unit: Unit | None = None,
    person: Person | None = None,
) -> ResponsibilityClaim:
    """The claim that a unit, or a person, had a part in an incident.

    It is what a source says. Without dates in its terms it speaks of the days of the incident.
    """
    require(actor, ATTRIBUTE, incident.mission_id)
    reasons = _against(incident, part, unit, person)
    if reasons:
        raise BadClaim(reasons)
    dates = terms.dates
    if dates == Dates():
        first, last = incident.date_start, incident.date_end
        dates = Dates(first, last, starting=True, ending=True)
    row = ResponsibilityClaim(
        mission_id=incident.mission_id,
        incident=incident,
        unit=unit,
        person=person,
        part=part,
        compartment_id=incident.compartment_id,
        recorded_by_id=actor.account_id,
        **{**terms.fields(), **dates.fields(), "marking": _closest(terms, incident, unit, person)},
    )
    with transaction.atomic():
        write_claims([(row, terms.cites)])
        record(actor, "incidents.responsibility.claim", incident, _body(row))
    return row


def correct_responsibility(
    *, actor: Viewer, claim: ResponsibilityClaim, reason: str, terms: Terms, part: str = ""
) -> ResponsibilityClaim:
    """The version that takes the place of the newest one; what was said before stays on record."""
    require(actor, ATTRIBUTE, claim.mission_id)
    if part and part not in Part.values:
        raise BadClaim([_("Choose in what way the source says it.")])
    marking = _closest(terms, claim.incident, claim.unit, claim.person)
    changes = {**terms.fields(), "part": part or claim.part, "marking": marking}
    if terms.dates == Dates():
        for name in terms.dates.fields():
            changes.pop(name)
    with transaction.atomic():
        new = correct(
            claim,
            recorded_by_id=actor.account_id,
            reason=reason,
            changes=changes,
            cites=terms.cites or None,
        )
        record(actor, "incidents.responsibility.correct", claim.incident, _body(new))
    return new


def withdraw_responsibility(
    *, actor: Viewer, claim: ResponsibilityClaim, reason: str
) -> ResponsibilityClaim:
    """The version that says the claim is no longer made; the earlier ones stay on record."""
    require(actor, ATTRIBUTE, claim.mission_id)
    with transaction.atomic():
        new = withdraw(claim, recorded_by_id=actor.account_id, reason=reason)
        record(actor, "incidents.responsibility.withdraw", claim.incident, _body(new))
    return new


def _closest(terms: Terms, incident: Incident, unit: Unit | None, person: Person | None) -> int:
    """The marking of a claim: never lower than that of the incident and of whom it names."""
    named = [row.marking for row in (unit, person) if row is not None]
    return max(terms.marking, incident.marking, *named)


def _body(row: ResponsibilityClaim) -> dict[str, object]:
    """What the log says: whom it names is not among it, those who read the log need no name."""
    return {"claim": str(row.claim), "version": row.version, "status": row.status}


def _against(incident: Incident, part: str, unit: Unit | None, person: Person | None) -> list[str]:
    reasons = []
    if (unit is None) == (person is None):
        reasons.append(_("Name a unit or a person: one of them, in each claim."))
    named = unit or person
    if named is not None and named.mission_id != incident.mission_id:
        reasons.append(_("The unit or person belongs to another mission. Nothing was recorded."))
    if part not in Part.values:
        reasons.append(_("Choose in what way the source says it."))
    return reasons
