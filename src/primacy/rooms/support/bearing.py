"""What is said of units and persons that bears on support, and the posts it bears through.

An allegation is what a source says, no finding. It counts where the register relies on it, or keeps
it as one of two that disagree, and it is cited.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from primacy.kernels.command import Range, Register
from primacy.platform.claims.queries import citations_of, newest
from primacy.platform.claims.rules import RELIED_ON, range_of
from primacy.platform.policy import Viewer
from primacy.rooms.incidents.facade import ResponsibilityClaim
from primacy.rooms.persons.facade import PostingClaim, claims_of
from primacy.rooms.places.facade import Mission

INCIDENTS = "incidents.view"


@dataclass(frozen=True)
class Said:
    """One allegation that counts: whom it names, the days of the incident, since when it is so."""

    claim: str
    unit: str
    person: str
    first: dt.date
    last: dt.date
    since: str
    """The moment its newest version was recorded, as text."""


@dataclass(frozen=True)
class Post:
    """A person's post in a unit, as far as it may have been held; None: not known how far."""

    body: str
    first: dt.date | None
    last: dt.date | None

    def holds(self, body: str, said: Said) -> bool:
        """Whether the person may have been there on a day of the incident."""
        if body != self.body:
            return False
        begun = self.first is None or self.first <= said.last
        return begun and (self.last is None or said.first <= self.last)


def said_of(
    whole: Viewer, mission: Mission, units: Collection[str], persons: Collection[uuid.UUID]
) -> list[Said]:
    """The allegations that count against any of these units, by all their ids, or persons."""
    asked = Q(unit__in=[uuid.UUID(one) for one in units]) | Q(person__in=list(persons))
    rows = newest(whole, ResponsibilityClaim, INCIDENTS, mission.pk, via=("incident",))
    found = list(rows.filter(asked, status__in=list(RELIED_ON)).select_related("incident"))
    cited = citations_of(whole, found, INCIDENTS)
    return [
        Said(
            claim=str(row.claim),
            unit=str(row.unit_id or ""),
            person=str(row.person_id or ""),
            first=row.incident.date_start,
            last=row.incident.date_end,
            since=row.recorded_at.isoformat(),
        )
        for row in found
        if cited.get(row.pk)
    ]


def posts_of_persons(
    whole: Viewer,
    mission: Mission,
    members: Mapping[uuid.UUID, Collection[uuid.UUID]],
    descent: Register,
) -> dict[str, list[Post]]:
    """The posts each person ever held, under all records that are read as one with theirs."""
    asked = {one for some in members.values() for one in some}
    rows = claims_of(whole, PostingClaim, mission.pk).filter(person_id__in=asked)
    held: dict[uuid.UUID, list[tuple[str, Range]]] = {}
    for row in rows.order_by("claim"):
        body = descent.descent.body(str(row.unit_id))
        held.setdefault(row.person_id, []).append((body, range_of(row)))
    return {
        str(person): _posts([one for member in some for one in held.get(member, ())])
        for person, some in members.items()
    }


def _posts(held: list[tuple[str, Range]]) -> list[Post]:
    """Posts with their days; one without an end lasts up to the next one taken elsewhere."""
    taken = [(body, r.first) for body, r in held if r.starting and r.first is not None]
    found = []
    for body, spoken in held:
        span = spoken.possible
        last = span.last
        if last is None and spoken.last is not None:
            after = [day for unit, day in taken if unit != body and day > spoken.last]
            last = min(after, default=None)
        found.append(Post(body, span.first, last))
    return found
