"""Acts on claims about persons: make one, correct it, withdraw it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, correct, withdraw, write_claims
from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.queries import as_known
from primacy.platform.claims.rules import RELIED_ON, against_dates, against_status
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.models import (
    BirthClaim,
    IdNumberClaim,
    LeavingClaim,
    LeavingKind,
    Person,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
)
from primacy.rooms.persons.rights import KEEP

ClaimT = TypeVar("ClaimT", bound=Claim)
CHANGEABLE: dict[type[Claim], tuple[str, ...]] = {
    PersonNameClaim: ("name", "kind"),
    BirthClaim: ("earliest", "latest", "place"),
    IdNumberClaim: ("kind", "number"),
    PostingClaim: ("unit", "role", "title", "rank", "commanding", "acting"),
    LeavingClaim: ("kind", "earliest", "latest"),
}
"""What of each kind of claim a correction may change beside dates, status, notes, marking."""


def claim_person_name(
    *, actor: Viewer, person: Person, name: str, terms: Terms, kind: str = PersonNameKind.FULL
) -> PersonNameClaim:
    """The claim that a person went by a name."""
    require(actor, KEEP, person.mission_id)
    row = PersonNameClaim(person=person, name=_line(name), kind=kind, **_base(actor, person, terms))
    return make_person_claim(actor=actor, person=person, row=row, terms=terms)


def claim_birth(
    *,
    actor: Viewer,
    person: Person,
    terms: Terms,
    earliest: dt.date | None = None,
    latest: dt.date | None = None,
    place: str = "",
) -> BirthClaim:
    """The claim that a person was born between two days, at a place."""
    require(actor, KEEP, person.mission_id)
    row = BirthClaim(
        person=person, earliest=earliest or latest, latest=latest or earliest, place=_line(place),
        **_base(actor, person, terms),
    )  # fmt: skip
    return make_person_claim(actor=actor, person=person, row=row, terms=terms)


def claim_number(
    *, actor: Viewer, person: Person, kind: str, number: str, terms: Terms
) -> IdNumberClaim:
    """The claim that an office gave a person this number."""
    require(actor, KEEP, person.mission_id)
    row = IdNumberClaim(
        person=person, kind=_line(kind), number=_line(number), **_base(actor, person, terms)
    )
    return make_person_claim(actor=actor, person=person, row=row, terms=terms)


def claim_posting(
    *,
    actor: Viewer,
    person: Person,
    unit: Unit,
    terms: Terms,
    role: str = "",
    title: str = "",
    rank: str = "",
    commanding: bool | None = None,
    acting: bool = False,
) -> PostingClaim:
    """The claim that a person held a post in a unit."""
    require(actor, KEEP, person.mission_id)
    row = PostingClaim(
        person=person, unit=unit, role=_line(role), title=_line(title), rank=_line(rank),
        commanding=commanding, acting=acting, **_base(actor, person, terms),
    )  # fmt: skip
    return make_person_claim(actor=actor, person=person, row=row, terms=terms)


def claim_leaving(
    *,
    actor: Viewer,
    person: Person,
    kind: str,
    earliest: dt.date,
    terms: Terms,
    latest: dt.date | None = None,
) -> LeavingClaim:
    """The claim that a person died or left the service between two days."""
    require(actor, KEEP, person.mission_id)
    row = LeavingClaim(
        person=person, kind=kind, earliest=earliest, latest=latest or earliest,
        **_base(actor, person, terms),
    )  # fmt: skip
    return make_person_claim(actor=actor, person=person, row=row, terms=terms)


def correct_person_claim(
    *,
    actor: Viewer,
    claim: ClaimT,
    reason: str,
    terms: Terms | None = None,
    changes: Mapping[str, object] | None = None,
) -> ClaimT:
    """The version that takes the place of the newest one; what was known before stays on record."""
    require(actor, KEEP, claim.mission_id)
    asked = dict(changes or {})
    unknown = sorted(set(asked) - set(CHANGEABLE[type(claim)]))
    if unknown:
        raise BadClaim([
            _("A correction cannot change %(fields)s of this claim: withdraw it and make another.")
            % {"fields": ", ".join(unknown)}
        ])  # fmt: skip
    if terms is not None:
        asked = {**terms.fields(), **asked}
    values = {field.attname: getattr(claim, field.attname) for field in claim._meta.concrete_fields}
    changed = type(claim)(**values)
    for name, value in asked.items():
        setattr(changed, name, value)
    _refuse(changed)
    cites = terms.cites if terms is not None and terms.cites else None
    with transaction.atomic():
        new = correct(
            claim, recorded_by_id=actor.account_id, reason=reason, changes=asked, cites=cites
        )
        person: Person = new.person  # type: ignore[attr-defined]
        _name_of_today(person)
        record(actor, "persons.claim.correct", person, _body(new))
    return new


def withdraw_person_claim(*, actor: Viewer, claim: ClaimT, reason: str) -> ClaimT:
    """The version that says the claim is no longer made."""
    require(actor, KEEP, claim.mission_id)
    with transaction.atomic():
        new = withdraw(claim, recorded_by_id=actor.account_id, reason=reason)
        person: Person = new.person  # type: ignore[attr-defined]
        _name_of_today(person)
        record(actor, "persons.claim.withdraw", person, _body(new))
    return new


def make_person_claim(*, actor: Viewer, person: Person, row: ClaimT, terms: Terms) -> ClaimT:
    """The first version of a claim about a person, written with its citations."""
    require(actor, KEEP, person.mission_id)
    if person.withdrawn:
        raise BadClaim([_("This record was withdrawn as a mistake. Nothing was recorded.")])
    _refuse(row)
    with transaction.atomic():
        write_claims([(row, terms.cites)])
        _name_of_today(person)
        record(actor, "persons.claim.make", person, _body(row))
    return row


def against_claim(row: Claim, cites: Sequence[Cite]) -> list[str]:
    """Reasons against a new claim about a person, in its words, its dates and its status."""
    reasons = [*against_dates(row), *against_status(row, len(cites)), *_against(row)]
    if row.person.withdrawn:  # type: ignore[attr-defined]
        reasons.append(_("This record was withdrawn as a mistake. Nothing was recorded."))
    return reasons


def bring_names_up_to_date(claims: Iterable[Claim]) -> None:
    """Nothing; the persons these claims are about are shown under their name of today."""
    for person in {row.person_id: row.person for row in claims}.values():  # type: ignore[attr-defined]
        _name_of_today(person)


def _body(row: Claim) -> dict[str, object]:
    """What the log says of a claim: no words of it."""
    return {
        "claim": str(row.claim),
        "kind": type(row).__name__,
        "version": row.version,
        "status": row.status,
    }


def _name_of_today(person: Person) -> None:
    """Writes the name shown: the newest full name relied on that is as open as the person."""
    rows = as_known(PersonNameClaim, person.mission_id).filter(
        person=person,
        kind=PersonNameKind.FULL,
        withdrawn=False,
        status__in=RELIED_ON,
        marking__lte=person.marking,
        compartment=person.compartment,
    )
    newest = max(rows, key=lambda row: (row.last_precise or dt.date.min, row.claim), default=None)
    if newest is not None and newest.name != person.name:
        Person.objects.filter(pk=person.pk).update(name=newest.name)
        person.name = newest.name


def _base(actor: Viewer, person: Person, terms: Terms) -> dict[str, object]:
    return {
        "mission_id": person.mission_id,
        "compartment_id": person.compartment_id,
        "recorded_by_id": actor.account_id,
        **terms.fields(),
    }


def _refuse(row: Claim) -> None:
    """Nothing; `BadClaim` where what the claim says cannot be."""
    reasons = _against(row)
    if reasons:
        raise BadClaim(reasons)


def _against(row: Claim) -> list[str]:
    if isinstance(row, PostingClaim):
        return _against_posting(row)
    if isinstance(row, PersonNameClaim):
        if not row.name or len(row.name) > 250 or row.kind not in PersonNameKind.values:
            return [_("A name claim needs a name of at most 250 letters, and its kind.")]
    elif isinstance(row, BirthClaim):
        if row.earliest is None and not row.place:
            return [_("Say when or where the person was born.")]
        if row.earliest is not None and row.latest is not None and row.earliest > row.latest:
            return [_("The earliest day of birth comes after the latest.")]
    elif isinstance(row, IdNumberClaim):
        if not row.kind or not row.number or len(row.kind) > 40 or len(row.number) > 100:
            return [_("A number needs its kind (service number, passport) and the number itself.")]
    elif isinstance(row, LeavingClaim):
        if row.kind not in LeavingKind.values or row.earliest > row.latest:
            return [_("Say how the person left, and the days between which it was, earlier first.")]
    return []


def _against_posting(row: PostingClaim) -> list[str]:
    if row.unit.mission_id != row.mission_id:
        return [
            _("%(unit)s is a unit of another mission. Nothing was recorded.")
            % {"unit": row.unit.name}
        ]
    if len(row.role) > 120 or len(row.title) > 200 or len(row.rank) > 120:
        return [_("Role and rank have at most 120 letters, a title 200.")]
    return []


def _line(text: str) -> str:
    return " ".join(text.split())
