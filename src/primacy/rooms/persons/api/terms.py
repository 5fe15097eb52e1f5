"""The HTTP API of ranks and roles: the mission's own entries."""

import uuid

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, Field

from primacy.platform.policy import require
from primacy.rooms.persons.actions import keep_term, withdraw_term
from primacy.rooms.persons.models import Commands, Term, TermKind
from primacy.rooms.persons.queries import term_by_id, terms
from primacy.rooms.persons.rights import KEEP, VIEW
from primacy.rooms.places.api.frame import READ, WRITE, Body, Line, Title, open_call

router = Router(tags=["Persons"])
HERE = "/missions/{slug:code}/person-terms"


class TermLine(BaseModel):
    """What a rank or role of the country means; it goes before what is shipped."""

    id: uuid.UUID
    kind: str
    words: str
    level: int | None
    commands: str
    source: str

    @classmethod
    def of(cls, row: Term) -> "TermLine":
        """An entry."""
        return cls(
            id=row.pk,
            kind=row.kind,
            words=row.words,
            level=row.level,
            commands=row.commands,
            source=str(row.source),
        )


class TermIn(Body):
    """A rank with its level, or a role with whether who holds it commands."""

    kind: Line = Field(description=f"one of: {', '.join(TermKind.values)}")
    words: Line
    source: Title
    level: int | None = Field(None, ge=1, le=100, description="higher is more senior")
    commands: Line = Field(Commands.DEPENDS, description=f"one of: {', '.join(Commands.values)}")


@router.get(HERE, response={200: list[TermLine], **READ})
def list_terms(request: HttpRequest, code: str) -> list[TermLine]:
    """The mission's own ranks and roles."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return [TermLine.of(row) for row in terms(call.viewer, call.mission)]


@router.post(HERE, response={201: TermLine, **WRITE})
def keep_rank_or_role(request: HttpRequest, code: str, body: TermIn) -> Status[TermLine]:
    """Says what a rank or role means from now on; an older entry is withdrawn."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    made = keep_term(
        actor=call.viewer,
        mission=call.mission,
        kind=body.kind,
        words=body.words,
        source_title=body.source,
        level=body.level,
        commands=body.commands,
    )
    return Status(201, TermLine.of(made))


@router.post(f"{HERE}/{{uuid:term}}/withdraw", response={200: TermLine, **WRITE})
def withdraw_rank_or_role(request: HttpRequest, code: str, term: uuid.UUID) -> TermLine:
    """Withdraws an entry: what is shipped for the words holds again."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    row = term_by_id(call.viewer, call.mission, term)
    return TermLine.of(withdraw_term(actor=call.viewer, term=row))
