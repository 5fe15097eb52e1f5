"""Routes of the standard: its versions, drafting, signing and withdrawing one."""

import datetime as dt
import uuid
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Status
from pydantic import BaseModel, Field, FiniteFloat, StringConstraints

from primacy.rooms.places.api.frame import NO_NUL, READ, WRITE, Body, Call, Line, Words, open_call
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.board import standard_at
from primacy.rooms.readiness.models import Standard, StandardCriterion
from primacy.rooms.readiness.queries import standard_by_id, standards
from primacy.rooms.readiness.standards import checked

router = Router()

Word = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Phrase = Annotated[str, StringConstraints(max_length=250, pattern=NO_NUL)]
OLDEST_AGE = 20_000


class CriterionBody(Body):
    """One criterion: indicator, comparison, threshold, gate, evidence accepted, oldest age."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=NO_NUL)]
    dimension: Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)]
    indicator: Word
    label: Phrase
    comparison: Annotated[str, StringConstraints(max_length=10, pattern=NO_NUL)]
    threshold: FiniteFloat
    gate: bool = False
    methods: list[Word] = Field(default_factory=list, max_length=10)
    max_age_days: int | None = Field(None, ge=1, le=OLDEST_AGE)
    tolerance: FiniteFloat = Field(0.0, ge=0)
    bound: Annotated[str, StringConstraints(max_length=10, pattern=NO_NUL)] = "value"
    unit: Annotated[str, StringConstraints(max_length=30, pattern=NO_NUL)]
    numerator_noun: Word = ""
    denominator_noun: Word = ""
    origin: Phrase
    responsibilities: list[Word] = Field(default_factory=list, max_length=100)
    leads: list[Word] = Field(default_factory=list, max_length=10)


class StandardIn(Body):
    """A new version. Parties and seats not given are those of the version in force."""

    name: Line
    change_note: Annotated[Words, StringConstraints(min_length=1)]
    origin: Words = ""
    confidence: FiniteFloat = Field(0.8, ge=0.5, lt=1)
    parties: list[Word] | None = Field(None, min_length=2, max_length=10)
    seats_per_party: int | None = Field(None, ge=1, le=50)
    criteria: list[CriterionBody] = Field(max_length=500)


class CriterionOut(BaseModel):
    """One criterion of a version; empty responsibilities or leads mean all."""

    code: str
    dimension: str
    indicator: str
    label: str
    comparison: str
    threshold: float
    gate: bool
    methods: list[str]
    max_age_days: int | None
    tolerance: float
    bound: str
    unit: str
    numerator_noun: str
    denominator_noun: str
    origin: str
    responsibilities: list[str]
    leads: list[str]

    @classmethod
    def of(cls, row: StandardCriterion) -> "CriterionOut":
        """A criterion."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class StandardSignatureOut(BaseModel):
    """A party's signature under a version."""

    party: str
    signed_as: str
    signed_at: dt.datetime


class StandardLine(BaseModel):
    """A version in a list."""

    id: uuid.UUID
    name: str
    version: int
    label: str
    state: str
    in_force_from: dt.date | None
    confidence: float
    parties: list[str]
    seats_per_party: int
    origin: str
    change_note: str
    signatures: list[StandardSignatureOut]

    @classmethod
    def of(cls, row: Standard) -> "StandardLine":
        """The line of a version."""
        return cls(
            id=row.pk,
            name=row.name,
            version=row.version,
            label=row.label,
            state=row.state,
            in_force_from=row.in_force_from,
            confidence=row.confidence,
            parties=row.parties,
            seats_per_party=row.seats_per_party,
            origin=row.origin,
            change_note=row.change_note,
            signatures=[
                StandardSignatureOut(party=s.party, signed_as=s.signed_as, signed_at=s.signed_at)
                for s in row.signatures.all()
            ],
        )


class StandardOut(StandardLine):
    """A version with its criteria."""

    criteria: list[CriterionOut]


class ReasonIn(Body):
    """A reason in words, for acts that take something back."""

    reason: Annotated[Words, StringConstraints(min_length=1)]


@router.get("/missions/{slug:code}/standards", response={200: list[StandardLine], **READ})
def list_standards(request: HttpRequest, code: str) -> list[StandardLine]:
    """All versions of the mission's standard, newest first."""
    call = open_call(request, code)
    return [StandardLine.of(row) for row in standards(call.viewer, call.mission)]


@router.post("/missions/{slug:code}/standards", response={201: StandardOut, **WRITE})
def draft_standard(request: HttpRequest, code: str, body: StandardIn) -> Status[StandardOut]:
    """Drafts a new version: it counts for nothing until every party has signed it."""
    call = open_call(request, code)
    raw = body.model_dump()
    base = standard_at(call.viewer, call.mission, dt.date.max)
    if base is not None:
        raw["parties"] = raw["parties"] or base.parties
        raw["seats_per_party"] = raw["seats_per_party"] or base.seats_per_party
        raw["origin"] = raw["origin"] or gettext_noop("changed from %(standard)s") % {
            "standard": base.label
        }
    content = checked({name: value for name, value in raw.items() if value is not None})
    row = actions.draft_standard(
        actor=call.viewer, mission=call.mission, content=content, change_note=body.change_note
    )
    return Status(201, _shown(call, row.pk))


@router.get("/missions/{slug:code}/standards/{uuid:pk}", response={200: StandardOut, **READ})
def get_standard(request: HttpRequest, code: str, pk: uuid.UUID) -> StandardOut:
    """One version with its criteria, also a draft or one long replaced."""
    return _shown(open_call(request, code), pk)


@router.post("/missions/{slug:code}/standards/{uuid:pk}/sign", response={200: StandardOut, **WRITE})
def sign_standard(request: HttpRequest, code: str, pk: uuid.UUID) -> StandardOut:
    """Signs a draft for one's party; the last signature puts it in force today."""
    call = open_call(request, code)
    row = standard_by_id(call.viewer, call.mission, pk)
    actions.sign_standard(actor=call.viewer, standard=row)
    return _shown(call, pk)


@router.post(
    "/missions/{slug:code}/standards/{uuid:pk}/withdraw", response={200: StandardOut, **WRITE}
)
def withdraw_standard(
    request: HttpRequest, code: str, pk: uuid.UUID, body: ReasonIn
) -> StandardOut:
    """Takes a draft back, with the reason."""
    call = open_call(request, code)
    row = standard_by_id(call.viewer, call.mission, pk)
    actions.withdraw_standard(actor=call.viewer, standard=row, reason=body.reason)
    return _shown(call, pk)


def _shown(call: Call, pk: uuid.UUID) -> StandardOut:
    """The version as it stands now."""
    row = standard_by_id(call.viewer, call.mission, pk)
    criteria = [CriterionOut.of(one) for one in row.criteria.all()]
    return StandardOut(**StandardLine.of(row).model_dump(), criteria=criteria)
