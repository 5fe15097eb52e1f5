"""The register as entities of FollowTheMoney, which registers of interests and sanctions speak.

A unit is a public body; who stood under whom is an `UnknownLink` with its role, because the model
knows ownership and membership, and command is neither. A posting is an `Occupancy` of a `Position`
of the unit. What the model cannot hold stays behind: imprecise ranges become no date, so that
nothing is dated more closely than the register does.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator

from primacy.platform.claims.models import Citation, Claim, ClaimStatus
from primacy.platform.claims.rules import RELIED_ON
from primacy.rooms.exchange.exports.content import Content
from primacy.rooms.forces.facade import (
    ClassificationClaim,
    NameClaim,
    NameKind,
    PositionClaim,
    RelationClaim,
    RelationKind,
    Unit,
)
from primacy.rooms.persons.facade import (
    BirthClaim,
    LeavingClaim,
    LeavingKind,
    Person,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
)

Entity = dict[str, object]
Properties = dict[str, list[str]]
LETTERS_OF_A_COUNTRY = 2
ROLES = {
    RelationKind.COMMAND: "under the command of",
    RelationKind.ADMINISTRATIVE: "administered by",
}


def entities(found: Content) -> Iterator[Entity]:
    """The entities, each once, those that others point to first.

    Ids are made of the mission's code and the ids of the register, so that the same record has the
    same id in each file. Claims that are work needed or at issue are not given on as facts.
    """
    yield from _documents(found)
    yield from _units(found)
    yield from _links(found)
    yield from _persons(found)
    yield from _postings(found)


def entity_id(found: Content, kind: str, key: str) -> str:
    """The id of an entity: letters, digits and hyphens."""
    told = "\x1f".join((found.mission.code, kind, key))
    return f"primacy-{kind}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


def _entity(key: str, schema: str, properties: Properties) -> Entity:
    kept = {
        name: sorted(dict.fromkeys(value for value in values if value))
        for name, values in properties.items()
    }
    return {"id": key, "schema": schema, "properties": {n: v for n, v in kept.items() if v}}


def _cited(found: Content, rows: Iterable[Claim]) -> list[Citation]:
    return [one for row in rows for one in found.citations.get(row.pk, ())]


def _thing(found: Content, rows: Iterable[Claim]) -> Properties:
    """Where what is said of a thing comes from."""
    cited = _cited(found, rows)
    return {
        "sourceUrl": [one.source.url for one in cited],
        "publisher": [one.source.publisher for one in cited],
        "proof": [entity_id(found, "document", str(one.source_id)) for one in cited],
    }


def _interval(found: Content, row: Claim) -> Properties:
    """When a relation held, and where that comes from.

    A first day is a start only where the claim began then; otherwise it is a day on which it held.
    """
    first, last = row.first_precise, row.last_precise
    cited = _cited(found, [row])
    seen = [day for day in (None if row.starting else first, None if row.ending else last) if day]
    return {
        "startDate": [str(first)] if first and row.starting else [],
        "endDate": [str(last)] if last and row.ending else [],
        "date": [str(day) for day in seen],
        "recordId": [str(row.claim)],
        "sourceUrl": [one.source.url for one in cited],
        "publisher": [one.source.publisher for one in cited],
        "proof": [entity_id(found, "document", str(one.source_id)) for one in cited],
        "description": ["In conflict with another claim."]
        if row.status == ClaimStatus.CONFLICT
        else [],
    }


def _documents(found: Content) -> Iterator[Entity]:
    seen: set[uuid.UUID] = set()
    for one in (one for cited in found.citations.values() for one in cited):
        if one.source_id in seen:
            continue
        seen.add(one.source_id)
        source = one.source
        yield _entity(
            entity_id(found, "document", str(source.pk)),
            "Document",
            {
                "title": [source.title],
                # The model knows documents as files and asks for a name of each.
                "fileName": [source.title],
                "sourceUrl": [source.url],
                "publisher": [source.publisher],
                "publishedAt": [str(source.published_on or "")],
            },
        )


def _units(found: Content) -> Iterator[Entity]:
    by_unit: dict[uuid.UUID, list[Claim]] = {}
    for model in (NameClaim, ClassificationClaim, PositionClaim):
        for row in found.of(model):
            if row.status in RELIED_ON:
                by_unit.setdefault(row.unit_id, []).append(row)  # type: ignore[attr-defined]
    for unit in found.units.values():
        yield _unit(found, unit, by_unit.get(unit.pk, []))


def _unit(found: Content, unit: Unit, rows: list[Claim]) -> Entity:
    names = [row for row in rows if isinstance(row, NameClaim)]
    full = [row.name for row in names if row.kind == NameKind.NAME]
    return _entity(
        _unit_id(found, unit.pk),
        "PublicBody",
        {
            "name": full or [unit.name],
            "alias": [row.name for row in names if row.kind != NameKind.NAME],
            "country": _country(found),
            "classification": [
                row.classification for row in rows if isinstance(row, ClassificationClaim)
            ],
            "sector": [unit.force],
            "address": [_place(row) for row in rows if isinstance(row, PositionClaim)],
            "description": [found.mission.country],
            **_thing(found, rows),
        },
    )


def _country(found: Content) -> list[str]:
    """The country as the model writes it, in two letters; a code of three is not cut to two."""
    code = found.mission.country_code.lower()
    return [code] if len(code) == LETTERS_OF_A_COUNTRY else []


def _place(row: PositionClaim) -> str:
    return ", ".join(part for part in (row.base, row.area.name if row.area else "") if part)


def _links(found: Content) -> Iterator[Entity]:
    for row in found.of(RelationClaim):
        if row.status not in RELIED_ON:
            continue
        unit, superior = _unit_id(found, row.unit_id), _unit_id(found, row.superior_id)
        key = entity_id(found, "relation", str(row.claim))
        if row.kind == RelationKind.MEMBER:
            ends: Properties = {"member": [unit], "organization": [superior], "role": ["member of"]}
            yield _entity(key, "Membership", {**ends, **_interval(found, row)})
        else:
            role = ROLES[RelationKind(row.kind)]
            ends = {"subject": [unit], "object": [superior], "role": [role]}
            yield _entity(key, "UnknownLink", {**ends, **_interval(found, row)})


def _unit_id(found: Content, key: uuid.UUID) -> str:
    return entity_id(found, "unit", found.units[key].code)


def _persons(found: Content) -> Iterator[Entity]:
    by_person: dict[uuid.UUID, list[Claim]] = {}
    for model in (PersonNameClaim, BirthClaim, LeavingClaim, PostingClaim):
        for row in found.of(model):
            if row.status in RELIED_ON:
                by_person.setdefault(row.person_id, []).append(row)  # type: ignore[attr-defined]
    for person in found.persons.values():
        yield _person(found, person, by_person.get(person.pk, []))


def _person(found: Content, person: Person, rows: list[Claim]) -> Entity:
    names = [row for row in rows if isinstance(row, PersonNameClaim)]
    births = [row for row in rows if isinstance(row, BirthClaim)]
    posts = [row for row in rows if isinstance(row, PostingClaim)]
    kinds = PersonNameKind
    return _entity(
        _person_id(found, person.pk),
        "Person",
        {
            "name": [row.name for row in names if row.kind == kinds.FULL] or [person.name],
            "alias": [row.name for row in names if row.kind == kinds.ALIAS],
            "weakAlias": [row.name for row in names if row.kind == kinds.NICKNAME],
            "gender": [{"f": "female", "m": "male"}.get(person.sex, "")],
            "birthDate": [_birth_date(row) for row in births],
            "birthPlace": [row.place for row in births],
            "deathDate": [
                str(row.earliest)
                for row in rows
                if isinstance(row, LeavingClaim)
                and row.kind == LeavingKind.DIED
                and row.earliest == row.latest
            ],
            "title": [row.rank for row in posts],
            "position": [row.role or row.title for row in posts],
            **_thing(found, [*names, *births]),
        },
    )


def _birth_date(row: BirthClaim) -> str:
    """The day, the year where only that is known, or nothing."""
    if row.earliest is None or row.latest is None:
        return ""
    if row.earliest == row.latest:
        return str(row.earliest)
    whole_year = (row.earliest.month, row.earliest.day, row.latest.month, row.latest.day)
    one_year = row.earliest.year == row.latest.year and whole_year == (1, 1, 12, 31)
    return str(row.earliest.year) if one_year else ""


def _person_id(found: Content, key: uuid.UUID) -> str:
    return entity_id(found, "person", found.persons[key].code)


def _postings(found: Content) -> Iterator[Entity]:
    made: set[str] = set()
    for row in found.of(PostingClaim):
        if row.status not in RELIED_ON:
            continue
        unit = found.units[row.unit_id]
        words = row.role or row.title or row.rank or "post"
        position = entity_id(found, "position", f"{unit.code}\x1f{words.casefold()}")
        if position not in made:
            made.add(position)
            yield _entity(
                position,
                "Position",
                {
                    "name": [f"{words}, {unit.name}"],
                    "organization": [_unit_id(found, row.unit_id)],
                    "country": _country(found),
                },
            )
        held = {"holder": [_person_id(found, row.person_id)], "post": [position]}
        key = entity_id(found, "posting", str(row.claim))
        yield _entity(key, "Occupancy", {**held, **_interval(found, row)})
