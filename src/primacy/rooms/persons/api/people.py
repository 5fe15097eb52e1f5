"""The HTTP API of persons: list, search, one person with claims, a new one, a mistaken one."""

import datetime as dt
import uuid
from typing import Annotated, Literal, Self

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import AfterValidator, BaseModel, Field, model_validator

from primacy.kernels.time import BadWhen, parse_when
from primacy.platform.as_of import end_of
from primacy.platform.claims.models import ClaimStatus
from primacy.platform.claims.rules import on_record
from primacy.platform.language.later import later
from primacy.platform.policy import require, restricted
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_person, withdraw_person
from primacy.rooms.persons.models import Person, PersonNameKind
from primacy.rooms.persons.queries import asked_about, find_persons, person_by_code, persons
from primacy.rooms.persons.reading import (
    ClaimWords,
    claims_about,
    evidence_words,
    is_more_hidden,
)
from primacy.rooms.persons.review import standing_merges
from primacy.rooms.persons.rights import KEEP, VIEW
from primacy.rooms.places.api.claims import CitationLine, ClaimDates, Times, WithdrawalIn
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Line,
    Listing,
    MarkingName,
    OptionalDay,
    Paging,
    Title,
    Words,
    listed,
    marking_name,
    marking_of,
    open_call,
)

router = Router(tags=["Persons"])
ONE = "/missions/{slug:code}/persons/{person}"
MOST_FOUND = 50
NOT_A_BIRTH = later("Write a year (1975), a month (1975-03) or a day (1975-03-09).")


def _birth(text: str) -> str:
    """Keeps the text, where it is a year, a month or a day."""
    born_between(text)
    return text


def born_between(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a year, a month or a day; None where nothing was written."""
    if not text.strip():
        return None
    try:
        when = parse_when(text.strip())
    except BadWhen as problem:
        raise ValueError(str(NOT_A_BIRTH)) from problem
    if when.earliest is None or when.latest is None:
        raise ValueError(str(NOT_A_BIRTH))
    return when.earliest, when.latest


Birth = Annotated[Line, AfterValidator(_birth)]


class PersonLine(BaseModel):
    """A person on record. Who reads one needs to: each reading is in the audit log."""

    code: str
    name: str
    force: str
    sex: str
    withdrawn: bool
    marking: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: Person) -> "PersonLine":
        """A person the viewer was given."""
        return cls(
            code=row.code,
            name=row.name,
            force=row.force,
            sex=row.sex,
            withdrawn=row.withdrawn,
            marking=marking_name(row.marking),
            recorded_at=row.recorded_at,
        )


class PersonClaimLine(ClaimDates):
    """A claim in its newest version; `holds` is certain, possible or no on the day asked for."""

    claim: uuid.UUID
    version: int
    kind: str
    person: str = Field(description="code of the record it names")
    says: str
    text: str
    unit: str | None = Field(description="posting: code of the unit")
    when: str
    holds: str
    status: str
    note: str
    citations: list[CitationLine]
    marking: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, one: ClaimWords) -> "PersonClaimLine":
        """A claim the viewer was given, in words."""
        row = one.row
        same = (*ClaimDates.model_fields, "claim", "version", "status", "recorded_at")
        return cls(
            kind=one.kind,
            person=one.person.code if one.person is not None else "",
            says=one.label,
            text=one.text,
            unit=one.unit.code if one.unit is not None else None,
            when=one.when,
            holds=one.state,
            note=row.public_note,
            citations=[CitationLine.of(cite) for cite in one.citations],
            marking=marking_name(row.marking),
            **{name: getattr(row, name) for name in same},
        )


class PersonData(PersonLine):
    """A person with all that is claimed of them, the records read as one with theirs among it."""

    note: str
    read_as_one_with: list[str] = Field(description="codes of other records of the same person")
    claims: list[PersonClaimLine]
    restricted: str | None = Field(description="says that more is on record, and whom to ask")


class SearchIn(Body):
    """Who is looked for. It stands in the body: an address is kept by browsers and proxies."""

    name: Title = ""
    born: Birth = Field("", description="a year, a month (1975-03) or a day (1975-03-09)")
    sex: Literal["", "f", "m"] = ""
    number_kind: Line = ""
    number: Line = ""
    place: Line = ""
    unit: Line = Field("", description="code of a unit they may have served in")
    limit: int = Field(20, ge=1, le=MOST_FOUND)


class FoundLine(BaseModel):
    """Who may be meant. A name alone is never `same`: it is at best to be looked at."""

    person: PersonLine
    verdict: Literal["same", "refer", "none"]
    score: float
    speaks_for: list[str]
    against: list[str]


class NumberIn(Body):
    """A number of a paper."""

    kind: Line
    number: Line


class PostingIn(Body):
    """A post, with days on which it is known."""

    unit: Line = Field(description="code of the unit")
    role: Line = ""
    title: Line = ""
    rank: Line = ""
    since: OptionalDay = None
    seen_on: OptionalDay = None
    commanding: bool | None = Field(None, description="as the source says; else as its words say")
    acting: bool = False

    @model_validator(mode="after")
    def _with_a_day(self) -> Self:
        if self.since is None and self.seen_on is None:
            raise ValueError(_("Give a day on which the posting is known."))
        return self


class PersonIn(Body):
    """A new person, as one source describes them."""

    name: Line
    source: Title
    code: Annotated[Line, Field(max_length=40)] = ""
    aliases: list[Line] = Field([], max_length=20)
    force: Line = ""
    sex: Literal["", "f", "m"] = ""
    born: Birth = ""
    birth_place: Line = ""
    numbers: list[NumberIn] = Field([], max_length=20)
    postings: list[PostingIn] = Field([], max_length=20)
    point: Line = Field("", description="page or line in the source")
    status: Line = Field(ClaimStatus.ACCEPTED, description=f"one of: {', '.join(ClaimStatus.values)}")  # noqa: E501  # fmt: skip
    marking: MarkingName = "confidential"
    note: Words = ""


class PersonFilter(Paging):
    """Which persons are wanted."""

    withdrawn: bool = Field(False, description="also those entered by mistake")


NAME_KINDS = ", ".join(PersonNameKind.values)


@router.get("/missions/{slug:code}/persons", response={200: Listing[PersonLine], **READ})
def list_persons(request: HttpRequest, code: str, only: Query[PersonFilter]) -> Listing[PersonLine]:
    """The persons open to you, the newest record first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    rows = persons(call.viewer, call.mission, with_withdrawn=only.withdrawn).order_by("-pk")
    return listed(rows, only, PersonLine.of)


@router.post("/missions/{slug:code}/persons/search", response={200: list[FoundLine], **WRITE})
def search_persons(request: HttpRequest, code: str, body: SearchIn) -> list[FoundLine]:
    """Who may be meant by a description, best first, with what speaks for and against."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    asked = asked_about(
        body.name,
        born=born_between(body.born),
        number=(body.number_kind or "number", body.number) if body.number.strip() else None,
        sex=body.sex,
        place=body.place,
        unit=unit_by_code(call.viewer, call.mission, body.unit).pk if body.unit else None,
    )
    found = []
    for one in find_persons(call.viewer, call.mission, asked, body.limit):
        words = evidence_words(one.reasons)
        found.append(
            FoundLine(
                person=PersonLine.of(one.person),
                verdict=one.comparison.verdict.value,
                score=round(one.comparison.score, 4),
                speaks_for=list(words.speaks_for),
                against=list(words.against),
            )
        )
    return found


@router.get(ONE, response={200: PersonData, **READ})
def get_person(request: HttpRequest, code: str, person: str, only: Query[Times]) -> PersonData:
    """One person, and what sources say of them on the day asked for."""
    call = open_call(request, code)
    row = person_by_code(call.viewer, call.mission, person)
    return _whole(call, row, call.day(only.as_of), only.known_on)


@router.post("/missions/{slug:code}/persons", response={201: PersonData, **WRITE})
def create_person(request: HttpRequest, code: str, body: PersonIn) -> Status[PersonData]:
    """Enters a person, with a claim for each thing the source says."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    with transaction.atomic():
        made = add_person(actor=call.viewer, mission=call.mission, new=_new(call, body))
    return Status(201, _whole(call, made, call.today, None))


@router.post(f"{ONE}/withdraw", response={200: PersonLine, **WRITE})
def withdraw_person_record(
    request: HttpRequest, code: str, person: str, body: WithdrawalIn
) -> PersonLine:
    """Withdraws the record of a person who was entered by mistake; claims stay as they are."""
    call = open_call(request, code)
    require(call.viewer, KEEP, call.mission.pk)
    row = person_by_code(call.viewer, call.mission, person)
    return PersonLine.of(withdraw_person(actor=call.viewer, person=row, reason=body.reason))


def _new(call: Call, body: PersonIn) -> NewPerson:
    """The person as the act takes it; the source is made where it is new."""
    marking = marking_of(body.marking)
    source = ensure_source(
        actor=call.viewer, mission_id=call.mission.pk, title=body.source, marking=marking
    )
    return NewPerson(
        name=body.name,
        source=source,
        code=body.code,
        aliases=[one for one in body.aliases if one.strip()],
        force=body.force,
        sex=body.sex,
        born=born_between(body.born),
        birth_place=body.birth_place,
        numbers=[(one.kind, one.number) for one in body.numbers],
        postings=[_posting(call, one) for one in body.postings],
        note=body.note,
        marking=marking,
        status=body.status,
        point=body.point,
    )


def _posting(call: Call, one: PostingIn) -> NewPosting:
    return NewPosting(
        unit_by_code(call.viewer, call.mission, one.unit),
        on_record(one.since, one.seen_on),
        role=one.role,
        title=one.title,
        rank=one.rank,
        commanding=one.commanding,
        acting=one.acting,
    )


def _whole(call: Call, row: Person, day: dt.date, known_on: dt.date | None) -> PersonData:
    group = standing_merges(call.mission.pk).group(row.pk) - {row.pk}
    others = list(persons(call.viewer, call.mission).filter(pk__in=group)) if group else []
    known = end_of(known_on) if known_on else None
    claims = claims_about(call.viewer, [row, *others], day, known)
    return PersonData(
        **PersonLine.of(row).model_dump(),
        note=row.note,
        read_as_one_with=[other.code for other in others],
        claims=[PersonClaimLine.of(one) for rows in claims.values() for one in rows],
        restricted=restricted().text if is_more_hidden(call.viewer, row) else None,
    )
