"""Persons of sheets, and what is claimed about them, brought into the register."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.utils.translation import gettext_noop

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Claim
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.persons import BIRTH, LEAVING, NAME, POSTING, PersonStated
from primacy.platform.exchange.sfm.problems import LEFT_OUT
from primacy.platform.exchange.sfm.statements import Statement
from primacy.platform.policy import Marking, held_aside, visible
from primacy.platform.sources.models import Source
from primacy.rooms.exchange.imports.bringing import Bringing, Made, settle
from primacy.rooms.exchange.imports.known import OF_PERSONS, by_code, in_parts, known_keys
from primacy.rooms.exchange.imports.units import CLOSED, open_units
from primacy.rooms.exchange.models import Brought, BroughtKind
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import (
    USUAL_MARKING,
    BirthClaim,
    LeavingClaim,
    NewPerson,
    Person,
    PersonNameClaim,
    PostingClaim,
    enter_people,
    make_person_claims,
    restore_person,
)

RESTORED = "brought again by an import of sheets"


@dataclass
class _Described:
    """A person gathered from all their rows."""

    row: SheetRow
    name: str = ""
    full: str = ""
    sex: str = ""
    statements: list[Statement] = field(default_factory=list)


def bring_persons(
    bringing: Bringing, stated: Sequence[PersonStated], units: dict[str, Unit]
) -> dict[str, Person]:
    """All persons the sheets speak of, by their id, after they and their claims were written."""
    described = _gathered(stated)
    persons, closed = open_persons(bringing, set(described))
    for code in sorted(closed & set(described)):
        bringing.wrong(described[code].row, "person:id:admin", code, CLOSED, LEFT_OUT)
    persons = {code: _again(bringing, described, one) for code, one in persons.items()}
    persons |= _entered(bringing, described, set(persons) | closed)
    known = known_keys(bringing.mission, OF_PERSONS, "person", [row.pk for row in persons.values()])
    made = Made(known)
    units = units | _other_units(bringing, described, units)
    for code, one in described.items():
        if code not in persons:
            continue
        for statement in one.statements:
            cited = bringing.cited(statement)
            row = _claim(bringing, persons[code], units, statement, cited)
            if row is not None:
                made.add(row, cited, statement)
    refused = make_person_claims(
        actor=bringing.actor,
        mission=bringing.mission,
        claims=[(row, cites) for row, cites, _statement in made.claims()],
    )
    settle(bringing, made, refused, BroughtKind.PERSON_CLAIM)
    return persons


def open_persons(bringing: Bringing, codes: set[str]) -> tuple[dict[str, Person], set[str]]:
    """The mission's persons of these ids open to the actor, and the ids of closed ones.

    A record that somebody withdrew as a mistake is closed; one that the undoing of an import
    withdrew is not.
    """
    found = cast("dict[str, Person]", by_code(Person, bringing.mission, codes))
    shown: set[UUID] = set()
    with held_aside():
        for part in in_parts([row.pk for row in found.values()]):
            rows = visible(bringing.actor, Person.objects.filter(pk__in=part), "persons.view")
            shown |= set(rows.values_list("pk", flat=True))
    taken = set(
        Brought.objects.filter(
            mission=bringing.mission, kind=BroughtKind.PERSON, taken_back=True
        ).values_list("record", flat=True)
    )
    given = {
        code: row
        for code, row in found.items()
        if row.pk in shown and (not row.withdrawn or row.pk in taken)
    }
    return given, set(found) - set(given)


def _gathered(stated: Sequence[PersonStated]) -> dict[str, _Described]:
    found: dict[str, _Described] = {}
    for one in stated:
        here = found.setdefault(one.code, _Described(one.row))
        full = next(
            (s.said[1] for s in one.statements if s.kind == NAME and s.said[0] == "full"), ""
        )
        here.full = here.full or full
        here.name = here.full or here.name or one.name
        here.sex = here.sex or one.sex
        here.statements += one.statements
    return found


def _again(bringing: Bringing, described: dict[str, _Described], person: Person) -> Person:
    """The person as on record; one that an undoing withdrew is asked of again."""
    if not person.withdrawn:
        return person
    row = described[person.code].row
    bringing.bring(row, BroughtKind.PERSON, person.pk)
    return restore_person(actor=bringing.actor, person=person, reason=RESTORED)


def _entered(
    bringing: Bringing, described: dict[str, _Described], on_record: set[str]
) -> dict[str, Person]:
    new: dict[str, NewPerson] = {}
    for code, one in described.items():
        if code in on_record:
            continue
        if not one.name:
            expected = gettext_noop("a name of the person in one of their rows")
            bringing.wrong(one.row, "person:name", "", expected, LEFT_OUT)
            continue
        names = [s for s in one.statements if s.kind == NAME]
        marking = max((s.marking or 0 for s in names), default=0)
        new[code] = NewPerson(
            name=one.name[:250],
            code=code,
            sex=one.sex,
            source=_source(bringing, names),
            marking=Marking(max(USUAL_MARKING, bringing.marking, marking)),
        )
    rows = enter_people(actor=bringing.actor, mission=bringing.mission, people=list(new.values()))
    for code, person in zip(new, rows, strict=True):
        bringing.bring(described[code].row, BroughtKind.PERSON, person.pk)
    return dict(zip(new, rows, strict=True))


def _source(bringing: Bringing, names: Sequence[Statement]) -> Source:
    cited = [bringing.cites[c] for s in names for c in s.cites if c in bringing.cites]
    return cited[0].source if cited else bringing.sheets


def _other_units(
    bringing: Bringing, described: dict[str, _Described], units: dict[str, Unit]
) -> dict[str, Unit]:
    """Units of postings that are in the register and not in the sheet of units."""
    posts = {s.said[0] for one in described.values() for s in one.statements if s.kind == POSTING}
    return open_units(bringing, posts - set(units))[0]


def _claim(
    bringing: Bringing,
    person: Person,
    units: dict[str, Unit],
    statement: Statement,
    cited: Sequence[Cite],
) -> Claim | None:
    """The claim a statement makes; None where it cannot be made, which is noted."""
    base = bringing.terms(statement, cited, max(bringing.marking, person.marking))
    base |= {"person": person, "compartment_id": person.compartment_id}
    said = statement.said
    if statement.kind == NAME:
        return PersonNameClaim(kind=said[0], name=said[1], **base)
    if statement.kind == BIRTH:
        return BirthClaim(earliest=_day(said[0]), latest=_day(said[1]), place=said[2], **base)
    if statement.kind == LEAVING:
        return LeavingClaim(
            kind=said[0],
            earliest=dt.date.fromisoformat(said[1]),
            latest=dt.date.fromisoformat(said[2]),
            **base,
        )
    unit = units.get(said[0])
    if unit is None:
        expected = gettext_noop("a unit of the sheet, or of the register")
        bringing.wrong(statement.row, statement.column, said[0], expected)
        return None
    return PostingClaim(
        unit=unit, role=said[1], title=said[2], rank=said[3],
        commanding={"Y": True, "N": False}.get(said[4]), acting=said[5] == "Y", **base,
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
