"""The HTTP API of claims about persons: make one, correct it, withdraw it."""

import datetime as dt
import uuid
from typing import Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from primacy.platform.claims.errors import ClaimMoved
from primacy.platform.claims.models import Claim
from primacy.platform.language.later import later
from primacy.platform.policy import require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.actions import (
    claim_birth,
    claim_leaving,
    claim_number,
    claim_person_name,
    claim_posting,
    correct_person_claim,
    withdraw_person_claim,
)
from primacy.rooms.persons.api.people import ONE as PERSON
from primacy.rooms.persons.api.people import PersonClaimLine
from primacy.rooms.persons.errors import BadPerson
from primacy.rooms.persons.models import LeavingKind, Person, PersonNameKind
from primacy.rooms.persons.queries import claim_of_person, history_of, kind_of, person_by_code
from primacy.rooms.persons.reading import worded
from primacy.rooms.persons.rights import KEEP
from primacy.rooms.places.api.claims import MOVED, TermsIn, WithdrawalIn
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Line,
    OptionalDay,
    Title,
    open_call,
)

router = Router(tags=["Persons"])
ONE = "/missions/{slug:code}/person-claims/{uuid:claim}"
NEEDS_A_DAY = later("Say when the person died or left, or not before which day.")


class ContentIn(Body):
    """What is claimed; each kind of claim takes its own fields."""

    name: Line = Field("", description="name: as the source writes it, in any script")
    name_kind: Line = Field(
        PersonNameKind.FULL, description=f"one of: {', '.join(PersonNameKind.values)}"
    )
    earliest: OptionalDay = Field(None, description="birth, leaving: on, or not before")
    latest: OptionalDay = Field(None, description="birth, leaving: and not after")
    place: Line = Field("", description="birth: where")
    number_kind: Line = Field("", description="number: service number, passport")
    number: Line = ""
    unit: Line = Field("", description="posting: code of the unit")
    role: Line = ""
    title: Line = ""
    rank: Line = ""
    commanding: bool | None = Field(None, description="as the source says; else as its words say")
    acting: bool = False
    leaving_kind: Line = Field(
        LeavingKind.values[0], description=f"one of: {', '.join(LeavingKind.values)}"
    )


class PersonClaimIn(ContentIn):
    """A new claim about a person."""

    kind: Literal["name", "birth", "number", "posting", "leaving"]
    terms: TermsIn


class PersonCorrectionIn(ContentIn):
    """What takes the place of the newest version; what was known before stays on record."""

    version: int = Field(ge=1, description="the version that you read and correct")
    reason: Title
    terms: TermsIn


@router.post(f"{PERSON}/claims", response={201: PersonClaimLine, **WRITE})
def make_person_claim(
    request: HttpRequest, code: str, person: str, body: PersonClaimIn
) -> Status[PersonClaimLine]:
    """Claims something about a person, with its days and its source."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    about = person_by_code(call.viewer, call.mission, person)
    with transaction.atomic():
        row = _made(call, about, body)
    return Status(201, _shown(call, row))


@router.get(ONE, response={200: list[PersonClaimLine], **READ})
def list_versions_of_person_claim(
    request: HttpRequest, code: str, claim: uuid.UUID
) -> list[PersonClaimLine]:
    """Every version of a claim about a person, oldest first."""
    call = open_call(request, code)
    rows = history_of(call.viewer, claim_of_person(call.viewer, call.mission, claim))
    return [PersonClaimLine.of(one) for one in worded(call.viewer, rows, call.day(None))]


@router.post(f"{ONE}/correct", response={200: PersonClaimLine, **WRITE})
def correct_claim_of_person(
    request: HttpRequest, code: str, claim: uuid.UUID, body: PersonCorrectionIn
) -> PersonClaimLine:
    """Replaces the newest version of a claim; refused where somebody did since you read it."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    row = claim_of_person(call.viewer, call.mission, claim)
    if row.version != body.version:
        raise ClaimMoved(str(MOVED))
    with transaction.atomic():
        new = correct_person_claim(
            actor=call.viewer,
            claim=row,
            reason=body.reason,
            terms=body.terms.terms(call),
            changes=_content(call, kind_of(row), body),
        )
    return _shown(call, new)


@router.post(f"{ONE}/withdraw", response={200: PersonClaimLine, **WRITE})
def withdraw_claim_of_person(
    request: HttpRequest, code: str, claim: uuid.UUID, body: WithdrawalIn
) -> PersonClaimLine:
    """Says that a claim is no longer made; every version stays on record."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    row = claim_of_person(call.viewer, call.mission, claim)
    return _shown(call, withdraw_person_claim(actor=call.viewer, claim=row, reason=body.reason))


def _made(call: Call, person: Person, body: PersonClaimIn) -> Claim:
    actor, terms, content = call.viewer, body.terms.terms(call), _content(call, body.kind, body)
    acts = {
        "name": claim_person_name,
        "birth": claim_birth,
        "number": claim_number,
        "posting": claim_posting,
        "leaving": claim_leaving,
    }
    return acts[body.kind](actor=actor, person=person, terms=terms, **content)  # type: ignore[operator, no-any-return]


def _content(call: Call, kind: str, body: ContentIn) -> dict[str, object]:
    """The fields of one kind of claim, as the acts take them."""
    if kind == "name":
        return {"name": body.name, "kind": body.name_kind}
    if kind == "number":
        return {"kind": body.number_kind, "number": body.number}
    if kind == "posting":
        unit = unit_by_code(call.viewer, call.mission, body.unit)
        same = ("role", "title", "rank", "commanding", "acting")
        return {"unit": unit, **{name: getattr(body, name) for name in same}}
    earliest: dt.date | None = body.earliest or body.latest
    if kind == "birth":
        return {"earliest": earliest, "latest": body.latest or earliest, "place": body.place}
    if earliest is None:
        raise BadPerson(str(NEEDS_A_DAY))
    return {
        "kind": body.leaving_kind,
        "earliest": earliest,
        "latest": body.latest or earliest,
    }


def _shown(call: Call, row: Claim) -> PersonClaimLine:
    (one,) = worded(call.viewer, [row], call.day(None))
    return PersonClaimLine.of(one)
