"""The HTTP API of the review: pairs of records, judging them, reading them apart again."""

import datetime as dt
import uuid
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from primacy.platform.policy import require
from primacy.rooms.persons.actions import judge_pair, put_pairs, read_apart
from primacy.rooms.persons.api.people import PersonLine
from primacy.rooms.persons.comparing import compared
from primacy.rooms.persons.models import Ground, Merge, Pair, PairJudgement
from primacy.rooms.persons.queries import person_by_code
from primacy.rooms.persons.reading import evidence_words
from primacy.rooms.persons.review import (
    merge_by_id,
    open_merges,
    pair_by_id,
    pair_of,
    pair_reading,
    pairs,
    waiting,
)
from primacy.rooms.persons.rights import JUDGE
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Call,
    Line,
    Listing,
    Paging,
    Title,
    Words,
    listed,
    open_call,
)

router = Router(tags=["Persons"])
PAIRS = "/missions/{slug:code}/person-pairs"


class PairLine(BaseModel):
    """Two records that may be one person; `score` is as it was when the pair was found."""

    id: uuid.UUID
    first: PersonLine
    second: PersonLine
    score: float
    found_by: str
    opinion: str | None = Field(description="same, different, unsure; none where nobody judged")

    @classmethod
    def of(cls, row: Pair) -> "PairLine":
        """A pair the viewer was given."""
        return cls(
            id=row.pk,
            first=PersonLine.of(row.first),
            second=PersonLine.of(row.second),
            score=round(row.score, 4),
            found_by=row.found_by,
            opinion=getattr(row, "opinion", None),
        )


class JudgementLine(BaseModel):
    """What somebody judged of a pair. Rows are added, never changed."""

    opinion: str
    ground: str
    reference: str
    reasons: str
    verdict: str = Field(description="what the comparison itself said at that moment")
    by: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: PairJudgement) -> "JudgementLine":
        """A judgement."""
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields},
        )


class MergeLine(BaseModel):
    """Two records that are read as one; undoing it restores both as they stood."""

    id: uuid.UUID
    kept: str
    joined: str
    pair: uuid.UUID
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row: Merge) -> "MergeLine":
        """A merge of two records that are open to the viewer."""
        return cls(
            id=row.pk,
            kept=row.kept.code,
            joined=row.joined.code,
            pair=row.judgement.pair_id,
            recorded_at=row.recorded_at,
        )


class PairData(PairLine):
    """A pair with the comparison as of now, what was judged, and the merge if one stands."""

    verdict: Literal["same", "refer", "none"]
    speaks_for: list[str]
    against: list[str]
    judgements: list[JudgementLine]
    merge: uuid.UUID | None


class PairIn(Body):
    """Two records to be put beside each other."""

    one: Line
    other: Line


class JudgementIn(Body):
    """A judgement; "same" reads the records as one, under `keep` or the older."""

    opinion: Literal["same", "different", "unsure"]
    reasons: Words
    ground: Line = Field(
        "", description=f"same, where the comparison does not say so: {', '.join(Ground.values)}"
    )
    reference: Title = Field("", description="which number, birth, post or source")
    keep: Line = Field("", description="code of the record under which both are read")


class ApartIn(Body):
    """What shows that they are two persons."""

    reasons: Words


class PairFilter(Paging):
    """Which pairs are wanted."""

    judged: bool = Field(False, description="all pairs; else those that wait for a judgement")


@router.get(PAIRS, response={200: Listing[PairLine], **READ})
def list_pairs(request: HttpRequest, code: str, only: Query[PairFilter]) -> Listing[PairLine]:
    """Pairs that wait for somebody to judge them, most alike first."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    return listed((pairs if only.judged else waiting)(call.viewer, call.mission), only, PairLine.of)


@router.post(PAIRS, response={201: PairData, **WRITE})
def put_pair(request: HttpRequest, code: str, body: PairIn) -> Status[PairData]:
    """Puts two records beside each other, to be judged; a pair that is there already is given."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    one = person_by_code(call.viewer, call.mission, body.one)
    other = person_by_code(call.viewer, call.mission, body.other)
    score = compared(call.viewer, one, other).score
    put_pairs(actor=call.viewer, mission=call.mission, pairs=[(one, other, score)])
    return Status(201, _whole(call, pair_of(call.viewer, call.mission, one, other)))


@router.get(f"{PAIRS}/{{uuid:pair}}", response={200: PairData, **READ})
def get_pair(request: HttpRequest, code: str, pair: uuid.UUID) -> PairData:
    """Two records side by side: what speaks for one person, what against, what was judged."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    return _whole(call, pair_by_id(call.viewer, call.mission, pair))


@router.post(f"{PAIRS}/{{uuid:pair}}/judgement", response={201: PairData, **WRITE})
def judge_pair_of_persons(
    request: HttpRequest, code: str, pair: uuid.UUID, body: JudgementIn
) -> Status[PairData]:
    """Judges a pair. Nothing is merged on a name alone: say what else shows it."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    found = pair_by_id(call.viewer, call.mission, pair)
    keep = person_by_code(call.viewer, call.mission, body.keep) if body.keep else None
    judge_pair(
        actor=call.viewer,
        pair=found,
        opinion=body.opinion,
        reasons=body.reasons,
        ground=body.ground,
        reference=body.reference,
        keep=keep,
    )
    return Status(201, _whole(call, pair_by_id(call.viewer, call.mission, pair)))


@router.get("/missions/{slug:code}/person-merges", response={200: Listing[MergeLine], **READ})
def list_merges(request: HttpRequest, code: str, only: Query[Paging]) -> Listing[MergeLine]:
    """Records that are read as one."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    return listed(open_merges(call.viewer, call.mission.pk), only, MergeLine.of)


@router.post(
    "/missions/{slug:code}/person-merges/{uuid:merge}/apart", response={200: PairData, **WRITE}
)
def read_merge_apart(request: HttpRequest, code: str, merge: uuid.UUID, body: ApartIn) -> PairData:
    """Reads the two records of a merge apart again; both stand as they stood."""
    call = open_call(request, code)
    require(call.viewer, JUDGE, call.mission.pk)
    found = merge_by_id(call.viewer, call.mission, merge)
    read_apart(actor=call.viewer, merge=found, reasons=body.reasons)
    return _whole(call, pair_by_id(call.viewer, call.mission, found.judgement.pair_id))


def _whole(call: Call, row: Pair) -> PairData:
    reading = pair_reading(call.viewer, row)
    words = evidence_words(reading.comparison.reasons)
    return PairData(
        **PairLine.of(row).model_dump(),
        verdict=reading.comparison.verdict.value,
        speaks_for=list(words.speaks_for),
        against=list(words.against),
        judgements=[JudgementLine.of(one) for one in reading.judgements],
        merge=reading.merge.pk if reading.merge is not None else None,
    )
