"""The register as the sheets of the Security Force Monitor's layout: one claim in each row.

The rows hold nothing that this site alone knows, such as the ids of claims, so that the same
register gives the same rows wherever it is kept.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping

from primacy.kernels.command import SINCE_BEGINNING
from primacy.platform.claims.models import Citation, Claim
from primacy.platform.exchange.sfm.columns import (
    COLUMNS,
    EXTRA,
    FINISHED,
    INCIDENTS,
    KEY_COLUMN,
    PERSONS,
    SOURCES,
    UNITS,
)
from primacy.platform.exchange.sfm.files import plain_text
from primacy.platform.policy import Marking
from primacy.rooms.exchange.exports.content import Content
from primacy.rooms.exchange.imports.places import written_area
from primacy.rooms.forces.facade import (
    ClassificationClaim,
    NameClaim,
    NameKind,
    PositionClaim,
    PositionKind,
    RelationClaim,
    RelationKind,
)
from primacy.rooms.incidents.facade import ResponsibilityClaim
from primacy.rooms.persons.facade import (
    BirthClaim,
    LeavingClaim,
    LeavingKind,
    PersonNameClaim,
    PersonNameKind,
    PostingClaim,
)

Row = dict[str, str]
POINTS = uuid.UUID("5b3c1b52-0f6e-5d0a-9d3c-6f9f0c3a7e11")
"""The name space of ids of access points: the same place in the same source has the same id."""
RELATIONS = {
    RelationKind.COMMAND: ("child", "Command"),
    RelationKind.ADMINISTRATIVE: ("child", "Administrative"),
    RelationKind.MEMBER: ("member", ""),
}


def sheets(found: Content) -> dict[str, list[list[str]]]:
    """The rows of each sheet in the order of its columns, without its header."""
    made: Mapping[str, Iterable[Row]] = {
        SOURCES: _sources(found),
        UNITS: _units(found),
        PERSONS: _persons(found),
        EXTRA: _more_about_persons(found),
        INCIDENTS: _incidents(found),
    }
    return {
        sheet: sorted(
            [plain_text(row.get(column, "")) for column in COLUMNS[sheet]] for row in rows
        )
        for sheet, rows in made.items()
    }


def point_id(citation: Citation) -> str:
    """The id by which sheets cite a place in a source."""
    told = (
        citation.source.title, citation.point_kind, citation.point, citation.archive_url,
        str(citation.accessed_on or ""),
    )  # fmt: skip
    return str(uuid.uuid5(POINTS, "\x1f".join(told)))


def _sources(found: Content) -> Iterator[Row]:
    seen: set[str] = set()
    for one in (one for cited in found.citations.values() for one in cited):
        key = point_id(one)
        if key in seen:
            continue
        seen.add(key)
        source = one.source
        yield {
            "source:access_point_id:admin": key,
            "source:type": str(source.kind),
            "source:title": source.title,
            "source:comments:admin": source.note,
            "source:url": source.url,
            "source:published_timestamp": str(source.published_on or ""),
            "source:publication_name": source.publisher,
            "source:access_point_type": one.point_kind,
            "source:access_point_trigger": one.point,
            "source:archive_url": one.archive_url,
            "source:accessed_timestamp": str(one.accessed_on or ""),
            "marking:meta": Marking(source.marking).name.lower(),
        }


def _claim(found: Content, row: Claim, source_column: str) -> Row:
    """What every row says of its claim."""
    cited = sorted(point_id(one) for one in found.citations.get(row.pk, ()))
    return {
        source_column: ";".join(dict.fromkeys(cited)),
        "first_precise:range": str(row.first_precise or ""),
        "last_precise:range": str(row.last_precise or ""),
        "first_imprecise:range": (
            SINCE_BEGINNING if row.since_beginning else str(row.first_imprecise or "")
        ),
        "last_imprecise:range": str(row.last_imprecise or ""),
        "starting:range": _flag(row.starting),
        "ending:range": _flag(row.ending),
        "starting_context:range": row.start_context,
        "ending_context:range": row.end_context,
        "status:meta": row.status,
        "public_notes:meta": row.public_note,
        "internal_comments:meta": row.internal_note,
        "marking:meta": Marking(row.marking).name.lower(),
    }


def _flag(value: bool) -> str:
    return "Y" if value else "N"


def _days(row: Claim, first: str, last: str) -> Row:
    """The first and last cited day in the template's own columns, for those who read no others."""
    start = row.first_imprecise or row.first_precise
    end = max((d for d in (row.last_precise, row.last_imprecise) if d), default=None)
    if row.first_precise and row.first_imprecise:
        start = min(row.first_precise, row.first_imprecise)
    return {
        **_parts(first, None if row.since_beginning else start),
        **_parts(last, end),
    }


def _parts(column: str, day: dt.date | None) -> Row:
    if day is None:
        return {}
    return {
        column: str(day), f"{column}_year": str(day.year), f"{column}_month": str(day.month),
        f"{column}_day": str(day.day),
    }  # fmt: skip


def _units(found: Content) -> Iterator[Row]:
    country = found.mission.country_code.lower() or found.mission.country

    def about(key: uuid.UUID, **values: str) -> Row:
        own = {"unit:id:admin": found.units[key].code, "unit:status:admin": FINISHED}
        return {**own, **{f"unit:{name}": value for name, value in values.items()}}

    def dated(row: Claim) -> Row:
        return {
            **_days(row, "unit:first_cited_date", "unit:last_cited_date"),
            "unit:first_cited_date_start": _flag(row.starting),
            "unit:last_cited_date_open": "E" if row.ending else "N",
        }

    for name in found.of(NameClaim):
        unit = found.units[name.unit_id]
        column = "name" if name.kind == NameKind.NAME else "other_names"
        yield {
            **about(unit.pk, **{column: name.name, "country": country, "force": unit.force,
                                "side": unit.side}),
            **dated(name), **_claim(found, name, f"unit:{column}:source"),
        }  # fmt: skip
    for sort in found.of(ClassificationClaim):
        yield {
            **about(sort.unit_id, classification=sort.classification),
            **dated(sort), **_claim(found, sort, "unit:classification:source"),
        }  # fmt: skip
    for relation in found.of(RelationClaim):
        kind, words = RELATIONS[RelationKind(relation.kind)]
        superior = found.units[relation.superior_id]
        yield {
            **about(relation.unit_id, relation_type=kind, related_unit=superior.name,
                    related_unit_class=words),
            "unit:related_unit_id:admin": superior.code,
            **_days(relation, "unit:related_unit_first_cited_date",
                    "unit:related_unit_last_cited_date"),
            "unit:related_unit_first_cited_date_start": _flag(relation.starting),
            "unit:related_unit_open": "E" if relation.ending else "N",
            **_claim(found, relation, "unit:related_unit:source"),
        }  # fmt: skip
    for position in found.of(PositionClaim):
        yield {**about(position.unit_id), **_position(found, position)}


def _position(found: Content, row: PositionClaim) -> Row:
    site = row.kind == PositionKind.SITE
    place = written_area(row.area) if row.area is not None else ""
    return {
        "unit:location_type": "site" if site else "aoo",
        "unit:base_name": row.base if site or place else "",
        "unit:location": place or ("" if site else row.base),
        "unit:latitude": "" if row.lat is None else repr(row.lat),
        "unit:longitude": "" if row.lon is None else repr(row.lon),
        **_days(row, "unit:location_first_cited_date", "unit:location_last_cited_date"),
        "unit:location_first_cited_date_founding": _flag(row.starting),
        "unit:location_open": "E" if row.ending else "N",
        **_claim(found, row, "unit:location:source"),
    }


def _persons(found: Content) -> Iterator[Row]:
    def about(key: uuid.UUID) -> Row:
        return {"person:id:admin": found.persons[key].code, "person:status:admin": FINISHED}

    for name in found.of(PersonNameClaim):
        column = "name" if name.kind == PersonNameKind.FULL else "other_names"
        yield {
            **about(name.person_id), f"person:{column}": name.name, "person:name_kind": name.kind,
            **_claim(found, name, f"person:{column}:source"),
        }  # fmt: skip
    for post in found.of(PostingClaim):
        unit = found.units[post.unit_id]
        commanding = "" if post.commanding is None else _flag(post.commanding)
        yield {
            **about(post.person_id),
            "person:posting_unit_id:admin": unit.code,
            "person:posting_unit_name": unit.name,
            "person:posting_role": post.role,
            "person:posting_title": post.title,
            "person:posting_rank": post.rank,
            "person:posting_commanding": commanding,
            "person:posting_acting": _flag(post.acting),
            **_days(post, "person:posting_first_cited_date", "person:posting_last_cited_date"),
            "person:posting_first_cited_date_start": _flag(post.starting),
            "person:posting_last_cited_date_end": _flag(post.ending),
            "person:posting_first_cited_date_start_context": post.start_context,
            "person:posting_last_cited_date_end_context": post.end_context,
            **_claim(found, post, "person:posting_unit:source"),
        }


def _more_about_persons(found: Content) -> Iterator[Row]:
    sexes = {"f": "Female", "m": "Male"}

    def about(key: uuid.UUID) -> Row:
        person = found.persons[key]
        return {"person_extra:id:admin": person.code, "person_extra:name": person.name}

    for person in found.persons.values():
        if person.sex:
            yield {**about(person.pk), "person_extra:gender": sexes.get(person.sex, "")}
    for birth in found.of(BirthClaim):
        whole = birth.earliest is not None and birth.earliest == birth.latest
        yield {
            **about(birth.person_id),
            "person_extra:date_of_birth": str(birth.earliest) if whole else "",
            "person_extra:born_earliest": str(birth.earliest or ""),
            "person_extra:born_latest": str(birth.latest or ""),
            "person_extra:place_of_birth": birth.place,
            **_claim(found, birth, "person_extra:date_of_birth:source"),
        }
    for leaving in found.of(LeavingClaim):
        died = leaving.kind == LeavingKind.DIED
        day = str(leaving.earliest) if died and leaving.earliest == leaving.latest else ""
        yield {
            **about(leaving.person_id),
            "person_extra:deceased": "Y" if died else "",
            "person_extra:deceased_date": day,
            "person_extra:left_kind": leaving.kind,
            "person_extra:left_earliest": str(leaving.earliest),
            "person_extra:left_latest": str(leaving.latest),
            **_claim(found, leaving, "person_extra:deceased:source"),
        }


def _incidents(found: Content) -> Iterator[Row]:
    for row in found.of(ResponsibilityClaim):
        incident = row.incident
        named: Row = {}
        if row.unit is not None:
            named = {"incident:perpetrator_unit_id:admin": row.unit.code,
                     "incident:perpetrator_unit_name": row.unit.name}  # fmt: skip
        elif row.person is not None:
            named = {"incident:perpetrator_person_id:admin": row.person.code,
                     "incident:perpetrator_person_name": row.person.name}  # fmt: skip
        yield {
            KEY_COLUMN[INCIDENTS]: incident.origin_id or str(incident.pk),
            "incident:status:admin": FINISHED,
            **_parts("incident:start_date", incident.date_start),
            **_parts("incident:end_date", incident.date_end),
            "incident:part": row.part,
            **named,
            **_claim(found, row, "incident:all:source"),
        }
