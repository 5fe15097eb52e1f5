"""The HTTP API of claims about units: read them, make one, correct it, withdraw it."""

import uuid
from typing import Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from primacy.platform.as_of import end_of
from primacy.platform.claims.errors import ClaimMoved
from primacy.platform.claims.models import Claim
from primacy.platform.policy import require
from primacy.rooms.forces.actions import (
    claim_classification,
    claim_name,
    claim_position,
    claim_relation,
    correct_claim,
    withdraw_claim,
)
from primacy.rooms.forces.api.register import ClaimLine, claim_line
from primacy.rooms.forces.claim_queries import claim_by_id, kind_of, parts_of
from primacy.rooms.forces.models import LineageClaim, NameKind, PositionKind, RelationKind, Unit
from primacy.rooms.forces.queries import unit_by_code
from primacy.rooms.forces.time_line import readings, time_line
from primacy.rooms.places.api.claims import MOVED, TermsIn, Times, WithdrawalIn
from primacy.rooms.places.api.frame import READ, WRITE, Body, Call, Line, Title, open_call
from primacy.rooms.places.facade import area_by_code

router = Router(tags=["Forces"])
EDIT = "forces.edit"
ONE = "/missions/{slug:code}/claims/{uuid:claim}"


class ContentIn(Body):
    """What is claimed; each kind of claim takes its own fields."""

    name: Line = Field("", description="name: what the unit was called")
    name_kind: Line = Field(NameKind.NAME, description=f"one of: {', '.join(NameKind.values)}")
    classification: Line = ""
    superior: Line = Field("", description="relation: code of the unit above")
    relation_kind: Line = Field(
        RelationKind.COMMAND, description=f"one of: {', '.join(RelationKind.values)}"
    )
    position_kind: Line = Field(
        PositionKind.AREA, description=f"one of: {', '.join(PositionKind.values)}"
    )
    area: Line = Field("", description="position: code of an area")
    base: Line = ""
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)


class ClaimIn(ContentIn):
    """A new claim about a unit."""

    kind: Literal["name", "classification", "relation", "position"]
    terms: TermsIn


class CorrectionIn(ContentIn):
    """What takes the place of the newest version; what was known before stays on record.

    Terms are replaced together; without a source the citations of the version before are kept.
    """

    version: int = Field(ge=1, description="the version that you read and correct")
    reason: Title
    terms: TermsIn


@router.get("/missions/{slug:code}/units/{unit}/claims", response={200: list[ClaimLine], **READ})
def list_claims(request: HttpRequest, code: str, unit: str, only: Query[Times]) -> list[ClaimLine]:
    """The claims about a unit, earliest first, with their sources."""
    call = open_call(request, code)
    found = unit_by_code(call.viewer, call.mission, unit)
    known = end_of(only.known_on) if only.known_on else None
    return [claim_line(one) for one in time_line(call.viewer, found, call.day(only.as_of), known)]


@router.post("/missions/{slug:code}/units/{unit}/claims", response={201: ClaimLine, **WRITE})
def make_claim(request: HttpRequest, code: str, unit: str, body: ClaimIn) -> Status[ClaimLine]:
    """Claims something about a unit, with its days and its source."""
    call = open_call(request, code)
    require(call.viewer, EDIT, call.mission.pk)
    about = unit_by_code(call.viewer, call.mission, unit)
    with transaction.atomic():
        row = _made(call, about, body)
    return Status(201, _shown(call, row))


@router.post(f"{ONE}/correct", response={200: ClaimLine, **WRITE})
def correct_unit_claim(
    request: HttpRequest, code: str, claim: uuid.UUID, body: CorrectionIn
) -> ClaimLine:
    """Replaces the newest version of a claim; refused where somebody did since you read it."""
    call = open_call(request, code)
    require(call.viewer, EDIT, call.mission.pk)
    row = claim_by_id(call.viewer, call.mission, claim)
    if row.version != body.version:
        raise ClaimMoved(str(MOVED))
    with transaction.atomic():
        new = correct_claim(
            actor=call.viewer,
            claim=row,
            reason=body.reason,
            terms=body.terms.terms(call),
            changes=_content(call, kind_of(row), body),
        )
    return _shown(call, new)


@router.post(f"{ONE}/withdraw", response={200: ClaimLine, **WRITE})
def withdraw_unit_claim(
    request: HttpRequest, code: str, claim: uuid.UUID, body: WithdrawalIn
) -> ClaimLine:
    """Says that a claim is no longer made; every version stays on record."""
    call = open_call(request, code)
    require(call.viewer, EDIT, call.mission.pk)
    row = claim_by_id(call.viewer, call.mission, claim)
    return _shown(call, withdraw_claim(actor=call.viewer, claim=row, reason=body.reason))


def _made(call: Call, unit: Unit, body: ClaimIn) -> Claim:
    actor, terms, content = call.viewer, body.terms.terms(call), _content(call, body.kind, body)
    if body.kind == "name":
        return claim_name(actor=actor, unit=unit, terms=terms, **content)  # type: ignore[arg-type]
    if body.kind == "classification":
        return claim_classification(actor=actor, unit=unit, terms=terms, **content)  # type: ignore[arg-type]
    if body.kind == "relation":
        return claim_relation(actor=actor, unit=unit, terms=terms, **content)  # type: ignore[arg-type]
    return claim_position(actor=actor, unit=unit, terms=terms, **content)  # type: ignore[arg-type]


def _content(call: Call, kind: str, body: ContentIn) -> dict[str, object]:
    """The fields of one kind of claim, as the acts take them."""
    if kind == "name":
        return {"name": body.name, "kind": body.name_kind}
    if kind == "classification":
        return {"classification": body.classification}
    if kind == "relation":
        superior = unit_by_code(call.viewer, call.mission, body.superior)
        return {"superior": superior, "kind": body.relation_kind}
    if kind == "position":
        area = area_by_code(call.viewer, call.mission, body.area) if body.area else None
        return {
            "kind": body.position_kind, "area": area, "base": body.base,
            "lat": body.lat, "lon": body.lon,
        }  # fmt: skip
    return {}


def _shown(call: Call, row: Claim) -> ClaimLine:
    happened = {row: parts_of(call.viewer, row)} if isinstance(row, LineageClaim) else {}
    (one,) = readings(call.viewer, [row], happened, call.day(None))
    return claim_line(one)
