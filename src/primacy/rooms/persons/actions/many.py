"""Acts on many persons and claims at once, for files that bring them: one entry in the log each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, confirm, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.policy import Viewer, require
from primacy.rooms.persons.actions.claims import against_claim, bring_names_up_to_date
from primacy.rooms.persons.actions.people import NewPerson, rows_of_new
from primacy.rooms.persons.models import Person, PostingClaim
from primacy.rooms.persons.rights import KEEP
from primacy.rooms.places.facade import Mission

Refused = Mapping[UUID, Sequence[str]]
"""Claims that cannot stand, by their id, with what is wrong with each."""


def enter_people(*, actor: Viewer, mission: Mission, people: Sequence[NewPerson]) -> list[Person]:
    """The new persons without any claim, in the order given; all or none.

    Whoever enters them makes their claims too: their sources state one thing each.
    """
    require(actor, KEEP, mission.pk)
    with transaction.atomic():
        rows = rows_of_new(actor, mission, people)
        if rows:
            body: dict[str, object] = {"persons": len(rows), "first": rows[0].code}
            record(actor, "persons.people.create", mission, body, mission_id=mission.pk)
    return rows


def restore_person(*, actor: Viewer, person: Person, reason: str) -> Person:
    """The person, asked of again: the record had been withdrawn as a mistake."""
    require(actor, KEEP, person.mission_id)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        person.withdrawn = False
        person.save(update_fields=["withdrawn"])
        body: dict[str, object] = {"code": person.code, "reason": reason[:500]}
        record(actor, "persons.person.restore", person, body)
    return person


def make_person_claims(
    *, actor: Viewer, mission: Mission, claims: Sequence[tuple[Claim, Sequence[Cite]]]
) -> Refused:
    """The claims that could not stand, with what is wrong; all others are written, cited."""
    require(actor, KEEP, mission.pk)
    if any(row.mission_id != mission.pk for row, _cited in claims):
        raise BadClaim([_("A claim belongs to another mission. Nothing was recorded.")])
    refused: dict[UUID, Sequence[str]] = {}
    made: list[tuple[Claim, Sequence[Cite]]] = []
    for row, cited in claims:
        reasons = against_claim(row, cited)
        if reasons:
            refused[row.claim] = reasons
        else:
            made.append((row, cited))
    with transaction.atomic():
        write_claims(made)
        bring_names_up_to_date(row for row, _cited in made)
        if made:
            body: dict[str, object] = {"claims": len(made)}
            record(actor, "persons.claims.make", mission, body, mission_id=mission.pk)
    return refused


def withdraw_person_claims(
    *, actor: Viewer, mission: Mission, claims: Sequence[Claim], reason: str
) -> int:
    """How many claims about persons are withdrawn; each earlier version stays on record."""
    require(actor, KEEP, mission.pk)
    if any(row.mission_id != mission.pk for row in claims):
        raise BadClaim([_("A claim belongs to another mission. Nothing was recorded.")])
    with transaction.atomic():
        made = [withdraw(row, recorded_by_id=actor.account_id, reason=reason) for row in claims]
        bring_names_up_to_date(made)
        if made:
            body: dict[str, object] = {"claims": len(made), "reason": reason[:500]}
            record(actor, "persons.claims.withdraw", mission, body, mission_id=mission.pk)
    return len(made)


def confirm_postings(
    *,
    actor: Viewer,
    mission: Mission,
    claims: Sequence[PostingClaim],
    seen_on: dt.date,
    cite: Cite,
    reason: str,
) -> list[PostingClaim]:
    """New versions of postings that a later list states again; each then holds up to its day."""
    require(actor, KEEP, mission.pk)
    if any(row.mission_id != mission.pk or row.withdrawn or row.ending for row in claims):
        raise BadClaim([_("Only claims of this mission that stand and are open are confirmed.")])
    with transaction.atomic():
        made = confirm(
            claims, recorded_by_id=actor.account_id, seen_on=seen_on, cite=cite, reason=reason
        )
        if made:
            body: dict[str, object] = {"claims": len(made), "on": seen_on}
            record(actor, "persons.claims.confirm", mission, body, mission_id=mission.pk)
    return made
