"""Routes of the lead ledger: who led where over time, and recording who leads."""

import datetime as dt
import uuid
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, Field, StringConstraints

from primacy.rooms.places.api.frame import (
    NO_NUL,
    READ,
    WRITE,
    Body,
    Day,
    Line,
    MarkingName,
    Title,
    Words,
    marking_of,
    open_call,
)
from primacy.rooms.places.facade import Area, area_by_code
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.api.naming import responsibility_named
from primacy.rooms.readiness.board import responsibilities
from primacy.rooms.readiness.ledger import open_ledger_around
from primacy.rooms.readiness.models import LeadEntry

router = Router()


class LeadOut(BaseModel):
    """One entry of the ledger. A correction is a new entry that names the one it corrects."""

    id: uuid.UUID
    subject: str
    responsibility: str
    lead: str
    from_earliest: dt.date
    from_latest: dt.date
    trial_until: dt.date | None
    basis: str
    inherited: bool
    note: str
    references: list[str]
    source: str
    decision: uuid.UUID | None
    corrects: uuid.UUID | None
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: LeadEntry, area: Area | None = None) -> "LeadOut":
        """An entry; read for an area, it says whether it speaks of a larger one."""
        return cls(
            id=row.pk,
            subject=str(row.area or row.unit),
            responsibility=row.responsibility.code,
            lead=row.lead or "unknown",
            from_earliest=row.from_earliest,
            from_latest=row.from_latest,
            trial_until=row.trial_until,
            basis=row.basis,
            inherited=area is not None and row.area_id != area.pk,
            note=row.note,
            references=[str(reference) for reference in row.references],
            source=str(row.source),
            decision=row.decision_id,
            corrects=row.corrects_id,
            recorded_at=row.recorded_at,
        )


Code = Annotated[str, StringConstraints(max_length=200, min_length=1, pattern=NO_NUL)]


class LeadsIn(Body):
    """The present lead of several responsibilities in several areas."""

    areas: list[Code] = Field(min_length=1, max_length=500, description="codes or names")
    responsibilities: list[Code] = Field(min_length=1, max_length=50, description="codes")
    lead: Line = Field(description="a lead of the mission's ladder, or unknown")
    since: Day
    source: Title
    note: Words = ""
    marking: MarkingName = "internal"


@router.get("/missions/{slug:code}/areas/{area}/history", response={200: list[LeadOut], **READ})
def get_history(request: HttpRequest, code: str, area: Line) -> list[LeadOut]:
    """All ledger entries that speak of an area, by responsibility, oldest first, with sources.

    Where the area has none of its own, those of the area above are given, marked `inherited`.
    """
    call = open_call(request, code)
    place = area_by_code(call.viewer, call.mission, area)
    ledger = open_ledger_around(call.viewer, call.mission, place.pk)
    return [
        LeadOut.of(entry, place)
        for function in responsibilities(call.viewer, call.mission, call.today)
        for entry in ledger.history(("area", place.pk), function.pk)
    ]


@router.post("/missions/{slug:code}/leads", response={201: list[LeadOut], **WRITE})
def record_leads(request: HttpRequest, code: str, body: LeadsIn) -> Status[list[LeadOut]]:
    """Records who leads, from a source, all entries or none.

    For what was true before the board began; later changes come from joint decisions.
    """
    call = open_call(request, code)
    made = actions.record_leads(
        actor=call.viewer,
        functions=[responsibility_named(call, name) for name in body.responsibilities],
        areas=[area_by_code(call.viewer, call.mission, name) for name in body.areas],
        lead="" if body.lead == "unknown" else body.lead,
        since=body.since,
        source_title=body.source,
        note=body.note,
        marking=marking_of(body.marking),
    )
    return Status(201, [LeadOut.of(row) for row in made])
