"""Records of persons as the resolver takes them, from the claims open to a viewer."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from primacy.kernels.names.persons import Comparison, Kind, PersonName, compare
from primacy.kernels.names.persons import Person as Described
from primacy.kernels.time import DateRange
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.claims.queries import newest
from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.persons.models import (
    BirthClaim,
    IdNumberClaim,
    Person,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
)
from primacy.rooms.persons.rights import VIEW

NAMES = {PersonNameKind.NICKNAME.value: Kind.NICKNAME}
AT_ONCE = 900


@dataclass(frozen=True)
class _Row:
    """The columns of a person that a comparison needs."""

    pk: uuid.UUID
    name: str
    sex: str


def described(
    viewer: Viewer, mission_id: uuid.UUID, persons: Collection[uuid.UUID] | None = None
) -> list[Described]:
    """The persons open to the viewer, or those of them named, as the resolver takes them.

    Claims at issue are left out: nothing may rest on them. Nothing is noted as read.
    """
    rows = visible(viewer, Person.objects.filter(mission_id=mission_id, withdrawn=False), VIEW)
    rows = rows.order_by("pk")
    with held_aside():
        if persons is not None and len(persons) > AT_ONCE:
            wanted = set(persons)
            found = [_Row(*row) for row in rows.values_list("pk", "name", "sex")]
            found = [row for row in found if row.pk in wanted]
        else:
            if persons is not None:
                rows = rows.filter(pk__in=list(persons))
            found = [_Row(*row) for row in rows.values_list("pk", "name", "sex")]
        some = None if persons is None or len(persons) > AT_ONCE else [row.pk for row in found]
        names = _by_person(_claims(viewer, PersonNameClaim, mission_id, some), "name", "kind")
        births = _by_person(
            _claims(viewer, BirthClaim, mission_id, some), "earliest", "latest", "place"
        )
        numbers = _by_person(_claims(viewer, IdNumberClaim, mission_id, some), "kind", "number")
        postings = _by_person(
            _claims(viewer, PostingClaim, mission_id, some, ("person", "unit")),
            "unit_id", "first_precise", "last_precise", "first_imprecise", "last_imprecise",
        )  # fmt: skip
    return [
        Described(
            id=str(row.pk),
            names=tuple(
                dict.fromkeys(
                    [PersonName(row.name)]
                    + [PersonName(text, NAMES.get(kind, Kind.FULL)) for text, kind in names[row.pk]]
                )
            ),
            births=tuple(_born(births[row.pk])),
            sex=row.sex,
            places=tuple(dict.fromkeys(place for *_days, place in births[row.pk] if place)),
            ids=tuple(dict.fromkeys(numbers[row.pk])),
            postings=tuple((str(unit), _span(*days)) for unit, *days in postings[row.pk]),
        )
        for row in found
    ]


def compared(viewer: Viewer, one: Person, other: Person) -> Comparison:
    """Two records side by side by what is open to the viewer of each."""
    return compared_all(viewer, one.mission_id, [(one.pk, other.pk)])[0]


def compared_all(
    viewer: Viewer, mission_id: uuid.UUID, pairs: Sequence[tuple[uuid.UUID, uuid.UUID]]
) -> list[Comparison]:
    """Each pair of records side by side, as `compared`; the records are read once for all."""
    people = {person for pair in pairs for person in pair}
    found = {row.id: row for row in described(viewer, mission_id, people)}
    empty = Described("", (PersonName("unknown"),))
    return [
        compare(found.get(str(one), empty), found.get(str(other), empty)) for one, other in pairs
    ]


def _claims(
    viewer: Viewer,
    model: type[Claim],
    mission_id: uuid.UUID,
    persons: list[uuid.UUID] | None,
    via: tuple[str, ...] = ("person",),
) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = newest(viewer, model, VIEW, mission_id, via=via)
    rows = rows.exclude(status=ClaimStatus.ISSUE)
    if persons is not None:
        rows = rows.filter(**{"person_id__in": persons})
    return rows.order_by("claim")


def _by_person(rows: QuerySet[Claim], *columns: str) -> dict[uuid.UUID, list[tuple]]:  # type: ignore[type-arg]
    found: dict[uuid.UUID, list[tuple]] = defaultdict(list)  # type: ignore[type-arg]
    for person, *values in rows.values_list("person_id", *columns):
        found[person].append(tuple(values))
    return found


def _born(rows: Iterable[tuple]) -> Iterable[DateRange]:  # type: ignore[type-arg]
    for earliest, latest, _place in rows:
        if earliest is not None:
            yield DateRange(earliest, latest or earliest)


def _span(
    first: dt.date | None, last: dt.date | None, maybe_first: dt.date | None,
    maybe_last: dt.date | None,
) -> DateRange | None:  # fmt: skip
    begun, ended = first or maybe_first, last or maybe_last
    if begun is None or ended is None or begun > ended:
        return None
    return DateRange(begun, ended)
