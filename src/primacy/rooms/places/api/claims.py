"""What the API of every register of claims shares: the two times, terms, citations, withdrawal."""

import datetime as dt

from pydantic import BaseModel, Field

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Citation, ClaimStatus, PointKind
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.language.later import later
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.places.api.frame import (
    Body,
    Call,
    Line,
    MarkingName,
    OptionalDay,
    Title,
    Words,
    marking_of,
)

MOVED = later(
    "Somebody else changed this claim since you read it. Nothing was recorded: read it anew."
)


class Times(BaseModel):
    """The two times: as things stood on a day, as it was known on a day."""

    as_of: OptionalDay = Field(None, description="the day asked for; today where not given")
    known_on: OptionalDay = Field(None, description="only what was recorded by the end of this day")


class ClaimDates(BaseModel):
    """When a claim holds: precise days are each true, of the imprecise at least one."""

    first_precise: dt.date | None
    last_precise: dt.date | None
    first_imprecise: dt.date | None
    last_imprecise: dt.date | None
    since_beginning: bool
    starting: bool
    ending: bool


class CitationLine(BaseModel):
    """Where a claim stands in its source."""

    source: str
    point_kind: str
    point: str
    accessed_on: dt.date | None

    @classmethod
    def of(cls, cite: Citation) -> "CitationLine":
        """A citation the viewer was given."""
        return cls(
            source=str(cite.source),
            point_kind=cite.point_kind,
            point=cite.point,
            accessed_on=cite.accessed_on,
        )


class TermsIn(Body):
    """What every claim is made with: when it held, how far it is relied on, on what source."""

    first_precise: OptionalDay = Field(None, description="true on each day from this one")
    last_precise: OptionalDay = None
    first_imprecise: OptionalDay = Field(None, description="true on at least one day from this one")
    last_imprecise: OptionalDay = None
    since_beginning: bool = False
    starting: bool = Field(False, description="it began with the first day")
    ending: bool = Field(False, description="it ended with the last day")
    start_context: Title = ""
    end_context: Title = ""
    source: Title = Field("", description="without a source a claim is only work needed")
    point_kind: Line = Field("", description=f"one of: {', '.join(PointKind.values)}")
    point: Line = ""
    accessed_on: OptionalDay = None
    status: Line = Field(ClaimStatus.ACCEPTED, description=f"one of: {', '.join(ClaimStatus.values)}")  # noqa: E501  # fmt: skip
    marking: MarkingName = "internal"
    public_note: Words = ""
    internal_note: Words = ""

    def terms(self, call: Call) -> Terms:
        """The terms of a claim; its source is made where it is new."""
        marking = marking_of(self.marking)
        values = {name: getattr(self, name) for name in Dates.__dataclass_fields__}
        first, last = values["first_precise"], values["last_precise"]
        values["first_precise"], values["last_precise"] = first or last, last or first
        cites = []
        if self.source.strip():
            source = ensure_source(
                actor=call.viewer, mission_id=call.mission.pk, title=self.source, marking=marking
            )
            cites = [Cite(source, self.point_kind, self.point, accessed_on=self.accessed_on)]
        return Terms(
            dates=Dates(**values),
            cites=cites,
            status=self.status,
            marking=marking,
            public_note=self.public_note,
            internal_note=self.internal_note,
        )


class WithdrawalIn(Body):
    """Why a claim is no longer made."""

    reason: Title
