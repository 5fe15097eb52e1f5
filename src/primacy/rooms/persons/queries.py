"""Reads of persons, through the viewer's rights."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Person as Described
from primacy.kernels.names.persons import PersonMatch, PersonName
from primacy.kernels.time import DateRange
from primacy.platform.claims.errors import NoSuchClaim
from primacy.platform.claims.models import Claim
from primacy.platform.claims.queries import newest, versions
from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.persons.errors import NoSuchPerson, NoSuchTerm
from primacy.rooms.persons.index import Found, person_index
from primacy.rooms.persons.merged import merged
from primacy.rooms.persons.models import (
    BirthClaim,
    IdNumberClaim,
    LeavingClaim,
    Merge,
    Person,
    PersonNameClaim,
    PostingClaim,
    Term,
)
from primacy.rooms.persons.rights import VIEW
from primacy.rooms.places.facade import Mission

ClaimT = TypeVar("ClaimT", bound=Claim)
KINDS: dict[str, type[Claim]] = {
    "name": PersonNameClaim,
    "birth": BirthClaim,
    "number": IdNumberClaim,
    "posting": PostingClaim,
    "leaving": LeavingClaim,
}
ABOUT: dict[type[Claim], tuple[str, ...]] = {
    model: ("person", "unit") if model is PostingClaim else ("person",) for model in KINDS.values()
}
"""Records each kind of claim is about: a claim is open where each of them is."""

FOUND_AT_ONCE = 20


def persons(viewer: Viewer, mission: Mission, *, with_withdrawn: bool = False) -> QuerySet[Person]:
    """The persons open to the viewer."""
    rows = Person.objects.filter(mission=mission).select_related("source")
    if not with_withdrawn:
        rows = rows.filter(withdrawn=False)
    return visible(viewer, rows, VIEW)


def person_by_code(viewer: Viewer, mission: Mission, code: str) -> Person:
    """The person of this code; `NoSuchPerson` where the viewer may not see them either."""
    require(viewer, VIEW, mission.pk)
    found = persons(viewer, mission, with_withdrawn=True).filter(code__iexact=code).first()
    if found is None:
        raise NoSuchPerson(
            _("No person '%(code)s' in %(short_name)s is open to you.")
            % {"code": code[:60], "short_name": mission.short_name}
        )
    return found


def asked_about(
    name: str,
    *,
    born: tuple[dt.date, dt.date] | None = None,
    number: tuple[str, str] | None = None,
    sex: str = "",
    place: str = "",
    unit: uuid.UUID | None = None,
) -> Described:
    """A description typed into a search, as the resolver takes it."""
    return Described(
        id="",
        names=(PersonName(name),) if name.strip() else (PersonName("unknown"),),
        births=(DateRange(*born),) if born else (),
        sex=sex,
        places=(place,) if place.strip() else (),
        ids=(number,) if number else (),
        postings=((str(unit), None),) if unit else (),
    )


def find_persons(
    viewer: Viewer, mission: Mission, asked: Described, limit: int = FOUND_AT_ONCE
) -> list[Found]:
    """Who may be meant, best first; only those shown are noted as read."""
    require(viewer, VIEW, mission.pk)
    found = person_index(viewer, mission).match(asked, limit)
    rows = by_id(viewer, mission, (uuid.UUID(one.person) for one in found))
    return [
        Found(rows[uuid.UUID(one.person)], one.comparison)
        for one in found
        if uuid.UUID(one.person) in rows
    ]


def match_persons(
    viewer: Viewer, mission: Mission, asked: Iterable[Described], limit: int
) -> list[PersonMatch]:
    """What each description may mean. Nothing is noted as read: whoever shows a person does."""
    require(viewer, VIEW, mission.pk)
    index = person_index(viewer, mission)
    one = merged(
        Merge.objects.filter(mission=mission, undone__isnull=True)
        .order_by("id")
        .values_list("kept_id", "joined_id")
    )
    return [index.verdict_on(person, limit, one) for person in asked]


def by_id(viewer: Viewer, mission: Mission, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """The persons of these ids that are open to the viewer."""
    # Unordered: SQLite would walk the names of the whole register to give these few in order.
    rows = persons(viewer, mission).filter(pk__in=list(ids)).order_by()
    return {row.pk: row for row in rows}


def claims_of(
    viewer: Viewer,
    model: type[ClaimT],
    mission_id: uuid.UUID,
    *,
    known_at: dt.datetime | None = None,
    with_withdrawn: bool = False,
) -> QuerySet[ClaimT]:
    """The mission's claims of one kind in their newest versions."""
    return newest(
        viewer, model, VIEW, mission_id,
        known_at=known_at, via=ABOUT[model], with_withdrawn=with_withdrawn,
    )  # fmt: skip


def claim_of_person(viewer: Viewer, mission: Mission, claim: uuid.UUID) -> Claim:
    """The newest version of a claim about a person, whatever its kind; else `NoSuchClaim`."""
    require(viewer, VIEW, mission.pk)
    for model in KINDS.values():
        rows = claims_of(viewer, model, mission.pk, with_withdrawn=True).filter(claim=claim)
        row = rows.first()
        if row is not None:
            return row
    raise NoSuchClaim(_("No such claim is open to you in this register."))


def history_of(viewer: Viewer, row: Claim) -> list[Claim]:
    """All versions of a claim the viewer was given, oldest first."""
    model = type(row)
    rows = versions(viewer, model, VIEW, row.mission_id, via=ABOUT[model])
    return list(rows.filter(claim=row.claim))


def kind_of(row: Claim) -> str:
    """The code of a claim's kind."""
    return next(code for code, model in KINDS.items() if isinstance(row, model))


def term_by_id(viewer: Viewer, mission: Mission, term: uuid.UUID) -> Term:
    """An entry that holds and is open to the viewer; `NoSuchTerm` otherwise."""
    found = terms(viewer, mission).filter(pk=term).first()
    if found is None:
        raise NoSuchTerm(_("No such rank or role is kept here."))
    return found


def terms(viewer: Viewer, mission: Mission) -> QuerySet[Term]:
    """The mission's own ranks and roles."""
    rows = Term.objects.filter(mission=mission, withdrawn=False).select_related("source")
    return visible(viewer, rows, VIEW)
