"""Routes of the audit log: one chain for the whole site."""

import json
import uuid
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field, JsonValue, StringConstraints

from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import entries, verify
from primacy.platform.audit.seen import Reader, readers_of
from primacy.rooms.places.api.frame import LARGEST_PAGE, PAGE_SIZE, Line, Refusal, viewer_of
from primacy.rooms.places.facade import mission_by_code

router = Router(tags=["Audit"])

REFUSALS = {403: Refusal, 404: Refusal, 422: Refusal}


class EntryOut(BaseModel):
    """Who did what to which record, chained to the entry before."""

    sequence: int
    at: str
    actor: str
    action: str
    subject_type: str
    subject_id: str
    body: dict[str, JsonValue]
    previous_hash: str
    hash: str

    @classmethod
    def of(cls, row: AuditEntry) -> "EntryOut":
        """An entry."""
        return cls(
            sequence=row.sequence,
            at=row.at,
            actor=row.actor_label,
            action=row.action,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            body=json.loads(row.body),
            previous_hash=row.previous_hash,
            hash=row.hash,
        )


class EntriesOut(BaseModel):
    """A page of the log, newest first; `next` is the `before` of the following page."""

    items: list[EntryOut]
    next: int | None


class VerificationOut(BaseModel):
    """The check of the whole chain."""

    intact: bool
    entries: int
    head: str
    broken_at: int | None
    reason: str


class SightingOut(BaseModel):
    """A page, file or command that showed the record, and how often."""

    by: str
    times: int


class ReaderOut(BaseModel):
    """One person or process that was shown a protected record."""

    who: str
    account: str
    organisation: str
    times: int
    first: str
    last: str
    pages: list[SightingOut]

    @classmethod
    def of(cls, one: Reader) -> "ReaderOut":
        """A reader."""
        return cls(
            who=one.who,
            account=one.account_id,
            organisation=one.organisation,
            times=one.times,
            first=one.first,
            last=one.last,
            pages=[SightingOut(by=by, times=times) for by, times in one.pages],
        )


class EntryFilter(BaseModel):
    """Which entries are wanted."""

    action: Line = Field("", description="how the act begins, e.g. readiness.decision")
    mission: Line = Field("", description="only acts on this mission, by its code")
    before: int | None = Field(None, ge=1, le=2**62, description="only entries before this one")
    limit: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)


class VerifyFilter(BaseModel):
    """What the chain is checked against."""

    expect: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = Field(
        "", description="a head noted earlier: it must still be in the chain"
    )


@router.get("/audit/entries", response={200: EntriesOut, **REFUSALS})
def list_entries(request: HttpRequest, only: Query[EntryFilter]) -> EntriesOut:
    """The log, newest first."""
    viewer = viewer_of(request)
    rows = entries(viewer)
    if only.action:
        rows = rows.filter(action__startswith=only.action)
    if only.mission:
        rows = rows.filter(mission_id=str(mission_by_code(viewer, only.mission).pk))
    if only.before is not None:
        rows = rows.filter(sequence__lt=only.before)
    found = list(rows[: only.limit + 1])
    items = [EntryOut.of(row) for row in found[: only.limit]]
    more = len(found) > only.limit
    return EntriesOut(items=items, next=items[-1].sequence if more else None)


@router.get("/audit/verify", response={200: VerificationOut, **REFUSALS})
def verify_entries(request: HttpRequest, only: Query[VerifyFilter]) -> VerificationOut:
    """Whether every entry follows from the one before, as `primacy audit verify`."""
    viewer = viewer_of(request)
    result = verify(viewer)
    missing = bool(only.expect) and not entries(viewer).filter(hash=only.expect).exists()
    return VerificationOut(
        intact=result.intact and not missing,
        entries=result.entries,
        head=result.head,
        broken_at=result.broken_at,
        reason=_("the head noted earlier is gone") if missing else result.reason,
    )


@router.get("/audit/seen/{label}/{uuid:pk}", response={200: list[ReaderOut], **REFUSALS})
def list_readers(request: HttpRequest, label: Line, pk: uuid.UUID) -> list[ReaderOut]:
    """Who was shown a protected record, last first: for its owner and for overseers.

    `label` is the type of record as the log writes it, e.g. incidents.incident.
    """
    return [ReaderOut.of(one) for one in readers_of(viewer_of(request), label, pk)]
