"""Acts on persons: new ones with the claims that say who they are, and one entered by mistake."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.claims.actions import Cite, write_claims
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.claims.rules import Dates
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.errors import BadPerson
from primacy.rooms.persons.models import (
    USUAL_MARKING,
    BirthClaim,
    IdNumberClaim,
    LeavingClaim,
    Person,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
    Sex,
)
from primacy.rooms.persons.rights import KEEP
from primacy.rooms.places.facade import Mission

WITHOUT_A_DAY = Dates(since_beginning=True)
"""Of a name or number whose days nobody states."""


@dataclass(frozen=True)
class NewPosting:
    """A post in a unit, as a source states it."""

    unit: Unit
    dates: Dates
    role: str = ""
    title: str = ""
    rank: str = ""
    commanding: bool | None = None
    acting: bool = False


@dataclass(frozen=True)
class NewPerson:
    """A person as one source describes them. Without a code one is given."""

    name: str
    source: Source
    code: str = ""
    aliases: Sequence[str] = ()
    nicknames: Sequence[str] = ()
    force: str = ""
    sex: str = ""
    born: tuple[dt.date, dt.date] | None = None
    birth_place: str = ""
    numbers: Sequence[tuple[str, str]] = ()
    postings: Sequence[NewPosting] = ()
    left: tuple[str, dt.date, dt.date] | None = None
    note: str = ""
    marking: Marking = USUAL_MARKING
    status: str = ClaimStatus.ACCEPTED
    point: str = ""
    compartment_id: uuid.UUID | None = None


def add_person(*, actor: Viewer, mission: Mission, new: NewPerson) -> Person:
    """The new person, with claims for all that the source says."""
    require(actor, KEEP, mission.pk)
    return add_people(actor=actor, mission=mission, people=[new])[0]


def add_people(*, actor: Viewer, mission: Mission, people: Sequence[NewPerson]) -> list[Person]:
    """The new persons in the order given; all or none."""
    require(actor, KEEP, mission.pk)
    with transaction.atomic():
        coded = _with_codes(mission, people)
        rows = rows_of_new(actor, mission, coded)
        claims = [
            (claim, [Cite(new.source, "line" if new.point else "", new.point)])
            for person, new in zip(rows, coded, strict=True)
            for claim in _claims(actor, person, new)
        ]
        write_claims(claims)
        if len(rows) == 1:
            record(actor, "persons.person.create", rows[0], {"code": rows[0].code})
        elif rows:
            body: dict[str, object] = {"persons": len(rows), "first": rows[0].code}
            record(actor, "persons.people.create", mission, body, mission_id=mission.pk)
    return rows


def withdraw_person(*, actor: Viewer, person: Person, reason: str) -> Person:
    """The person, kept and asked of no more: the record was a mistake. Claims stay as they are."""
    require(actor, KEEP, person.mission_id)
    words = " ".join(reason.split())[:500]
    if not words:
        raise BadPerson(_("Say why the record is withdrawn. Nothing was changed."))
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        person.withdrawn = True
        person.save(update_fields=["withdrawn"])
        record(actor, "persons.person.withdraw", person, {"code": person.code})
    return person


def rows_of_new(viewer: Viewer, mission: Mission, people: Sequence[NewPerson]) -> list[Person]:
    """The rows of new persons, written, in the order given; the claims are the caller's to make."""
    require(viewer, KEEP, mission.pk)
    coded = _with_codes(mission, people)
    reasons = [reason for new in coded for reason in _against(mission, new)]
    reasons += _against_codes(mission, coded)
    if reasons:
        raise BadPerson(" ".join(dict.fromkeys(reasons)))
    rows = [_row(viewer, mission, new) for new in coded]
    Person.objects.bulk_create(rows, batch_size=500)
    return rows


def _with_codes(mission: Mission, people: Sequence[NewPerson]) -> list[NewPerson]:
    """The persons, those without a code with the next free ones."""
    taken = {new.code for new in people if new.code}
    number = Person.objects.filter(mission=mission).count()
    found = []
    for new in people:
        code = " ".join(new.code.split())
        while not code:
            number += 1
            free = f"P-{number:06d}"
            if free not in taken and not Person.objects.filter(mission=mission, code=free).exists():
                code = free
        values = {name: getattr(new, name) for name in NewPerson.__dataclass_fields__}
        found.append(NewPerson(**{**values, "code": code, "name": " ".join(new.name.split())}))
    return found


def _against(mission: Mission, new: NewPerson) -> list[str]:
    """Reasons against a new person."""
    reasons = []
    names = [new.name, *new.aliases, *new.nicknames]
    if not new.name:
        reasons.append(_("A person needs a name; write 'unknown' where it is not known."))
    if any(len(name) > 250 for name in names) or len(new.code) > 40:
        reasons.append(_("A name has at most 250 letters, a code 40."))
    if new.sex and new.sex not in Sex.values:
        reasons.append(
            _("'%(sex)s' is not a sex on record: f, m, or empty.") % {"sex": new.sex[:10]}
        )
    if new.born is not None and new.born[0] > new.born[1]:
        reasons.append(_("The earliest day of birth comes after the latest."))
    for posting in new.postings:
        if posting.unit.mission_id != mission.pk:
            reasons.append(
                _("%(unit)s is a unit of another mission. Nothing was recorded.")
                % {"unit": posting.unit.name}
            )
    if new.source.mission_id not in (None, mission.pk):
        reasons.append(_("The source belongs to another mission. Nothing was recorded."))
    return reasons


def _against_codes(mission: Mission, people: Sequence[NewPerson]) -> list[str]:
    """Reasons against codes that stand twice."""
    codes = [new.code for new in people]
    twice = {code for code, times in Counter(codes).items() if times > 1}
    for at in range(0, len(codes), 500):
        known = Person.objects.filter(mission=mission, code__in=codes[at : at + 500])
        twice |= set(known.values_list("code", flat=True))
    return [
        _("A person with the code '%(code)s' exists already. Nothing was recorded.")
        % {"code": code}
        for code in sorted(twice)
    ]


def _row(actor: Viewer, mission: Mission, new: NewPerson) -> Person:
    return Person(
        mission=mission,
        code=new.code,
        name=new.name,
        force=new.force[:100],
        sex=new.sex,
        note=new.note,
        source=new.source,
        marking=new.marking,
        compartment_id=new.compartment_id,
        recorded_by_id=actor.account_id,
    )


def _claims(actor: Viewer, person: Person, new: NewPerson) -> list[Claim]:
    """The claims, not yet written, that a new person stands for."""
    common: dict[str, object] = {
        "mission_id": person.mission_id,
        "person": person,
        "status": new.status,
        "marking": person.marking,
        "compartment_id": person.compartment_id,
        "recorded_at": person.recorded_at,
        "recorded_by_id": actor.account_id,
    }
    undated = {**common, **WITHOUT_A_DAY.fields()}
    kinds = PersonNameKind
    found: list[Claim] = [PersonNameClaim(kind=kinds.FULL, name=new.name, **undated)]
    found += [PersonNameClaim(kind=kinds.ALIAS, name=one, **undated) for one in new.aliases]
    found += [PersonNameClaim(kind=kinds.NICKNAME, name=one, **undated) for one in new.nicknames]
    if new.born is not None or new.birth_place:
        earliest, latest = new.born or (None, None)
        found.append(
            BirthClaim(earliest=earliest, latest=latest, place=new.birth_place[:200], **undated)
        )
    for kind, number in new.numbers:
        found.append(IdNumberClaim(kind=kind[:40], number=number[:100], **undated))
    for post in new.postings:
        found.append(
            PostingClaim(
                unit=post.unit,
                role=post.role[:120],
                title=post.title[:200],
                rank=post.rank[:120],
                commanding=post.commanding,
                acting=post.acting,
                **{**common, **post.dates.fields()},
            )
        )
    if new.left is not None:
        how, first, last = new.left
        found.append(LeavingClaim(kind=how, earliest=first, latest=last, **undated))
    return found
