"""The mission's persons as screening looks for them: by the claims about each."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from django.utils import translation
from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Person as Described
from primacy.kernels.names.persons import PersonMatcher
from primacy.platform.claims.models import Claim, ClaimStatus
from primacy.platform.claims.wording import range_words
from primacy.platform.policy import Viewer, held_aside
from primacy.rooms.persons.facade import (
    BirthClaim,
    IdNumberClaim,
    PersonIndex,
    PersonNameClaim,
    PersonNameKind,
    claims_of,
    described,
    person_index,
    persons,
)
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.all_seeing import looking_through
from primacy.rooms.screening.models import REGISTER
from primacy.rooms.screening.numbers import ANY_NUMBER, bare_number, paper_kind
from primacy.rooms.screening.person_search import each_place
from primacy.rooms.screening.search import Named, Opened, People, Source, Target

FOUND_BY: tuple[type[Claim], ...] = (PersonNameClaim, BirthClaim, IdNumberClaim)
"""The claims that a person asked for is held against."""

_kinds_of: WeakKeyDictionary[PersonMatcher, frozenset[str]] = WeakKeyDictionary()


def register_of_persons(viewer: Viewer, mission: Mission) -> Source:
    """The persons of the mission, ready to be searched, as this viewer may be told of them."""
    with looking_through(mission.pk) as all_seeing:
        index = person_index(all_seeing, mission)
    told = {
        "kind": "register",
        "what": "persons",
        # How many are closed is not told: only those open to the asker are counted.
        "entries": persons(viewer, mission).count(),
        "closed_too": True,
    }
    people = People(
        lambda wanted: (as_asked_for(one) for one in _worth(index, wanted)),
        lambda ids: _opened(viewer, mission, ids),
    )
    return Source(REGISTER, {}, told, people=people)


def as_asked_for(person: Described) -> Described:
    """A person of the register with the numbers of papers under the kinds that sheets use."""
    ids: dict[tuple[str, str], None] = {}
    for kind, text in person.ids:
        number = bare_number(text)
        ids.setdefault((paper_kind(kind), number))
        ids.setdefault((ANY_NUMBER, number))
    places = each_place(person.places)
    return Described(person.id, person.names, person.births, person.sex, places, tuple(ids))


def _worth(index: PersonIndex, wanted: Described) -> Iterator[Described]:
    """The persons worth a comparison, those changed since from beside the index."""
    for matcher, changed in ((index.base, index.changed), (index.beside, frozenset())):
        if matcher is not None:
            numbers = tuple(_as_kept(_kinds(matcher), wanted.ids))
            rows = matcher.candidates(replace(wanted, ids=numbers))
            yield from (one for at in rows if (one := matcher.persons[at]).id not in changed)


def _as_kept(kinds: Collection[str], ids: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The numbers asked for under each kind that the register may keep them by."""
    for asked, number in ids:
        for kind in kinds:
            if asked in (ANY_NUMBER, paper_kind(kind)):
                yield kind, number


def _kinds(matcher: PersonMatcher) -> frozenset[str]:
    """The kinds of numbers that a register holds."""
    if matcher not in _kinds_of:
        _kinds_of[matcher] = frozenset(kind for one in matcher.persons for kind, _number in one.ids)
    return _kinds_of[matcher]


def _opened(viewer: Viewer, mission: Mission, ids: Collection[str]) -> Mapping[str, Opened]:
    """As much of these persons as is open to the viewer."""
    if not ids:
        return {}
    keys = [uuid.UUID(one) for one in ids]
    with held_aside():
        seen = described(viewer, mission.pk, keys)
        rows = persons(viewer, mission).filter(pk__in=keys)
        names = {row[0]: row[1:] for row in rows.values_list("pk", "code", "name")}
        claims = _claims(viewer, mission, keys)
    found = {}
    for person in seen:
        pk = uuid.UUID(person.id)
        if pk in names:
            code, name = names[pk]
            mine = claims[pk]
            found[person.id] = Opened(
                Target(code, name, pk),
                as_asked_for(person),
                _named(row for row in mine if isinstance(row, PersonNameClaim)),
                tuple(dict.fromkeys(row.claim for row in mine)),
            )
    return found


def _claims(
    viewer: Viewer, mission: Mission, keys: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Claim]]:
    found: dict[uuid.UUID, list[Claim]] = defaultdict(list)
    for model in FOUND_BY:
        rows = claims_of(viewer, model, mission.pk).exclude(status=ClaimStatus.ISSUE)
        for row in rows.filter(**{"person_id__in": keys}).order_by("claim"):
            found[row.person_id].append(row)  # type: ignore[attr-defined]
    return found


def _named(rows: Iterable[PersonNameClaim]) -> dict[str, Named]:
    """When a person bore each name, in the words that are kept."""
    by_name: dict[str, list[PersonNameClaim]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
    found = {}
    with translation.override("en"):
        for name, said in by_name.items():
            when = dict.fromkeys(
                f"{str(PersonNameKind(row.kind).label).lower()}, {range_words(row)}" for row in said
            )
            words = _("on record under the name %(name)s: %(when)s") % {
                "name": name,
                "when": "; ".join(when),
            }
            found[name] = Named(words)
    return found
