"""Units of sheets, and what is claimed about them, brought into the register."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.utils.translation import gettext_noop

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Claim
from primacy.platform.exchange.sfm.problems import LEFT_OUT
from primacy.platform.exchange.sfm.statements import Statement
from primacy.platform.exchange.sfm.units import (
    ALIAS,
    NAME,
    POSITION,
    RELATION,
    UnitStated,
)
from primacy.platform.policy import Marking, held_aside, visible
from primacy.platform.sources.models import Source
from primacy.rooms.exchange.imports.bringing import Bringing, Made, settle
from primacy.rooms.exchange.imports.known import OF_UNITS, by_code, in_parts, known_keys
from primacy.rooms.exchange.imports.places import AreaWords
from primacy.rooms.exchange.models import BroughtKind
from primacy.rooms.forces.facade import (
    ClassificationClaim,
    NameClaim,
    NameKind,
    NewUnit,
    PositionClaim,
    RelationClaim,
    Unit,
    enter_units,
    make_claims,
)
from primacy.rooms.places.facade import areas

CLOSED = gettext_noop("an id that no other record has")


def bring_units(bringing: Bringing, stated: Sequence[UnitStated]) -> dict[str, Unit]:
    """All units the sheets speak of, by their id, after they and their claims were written."""
    named = {one.code for one in stated}
    superiors = {s.said[1] for one in stated for s in one.statements if s.kind == RELATION}
    units, closed = open_units(bringing, named | superiors)
    good = _with_a_name(bringing, [one for one in stated if one.code not in units], closed)
    units |= _entered(bringing, good)
    known = known_keys(
        bringing.mission, OF_UNITS, "unit", [units[code].pk for code in named if code in units]
    )
    made = Made(known)
    with held_aside():
        words = AreaWords(areas(bringing.actor, bringing.mission))
    for one in stated:
        if one.code not in units:
            continue
        for statement in one.statements:
            cited = bringing.cited(statement)
            row = _claim(bringing, units, words, statement, cited)
            if row is not None:
                made.add(row, cited, statement)
    refused = make_claims(
        actor=bringing.actor,
        mission=bringing.mission,
        claims=[(row, cites) for row, cites, _statement in made.claims()],
    )
    settle(bringing, made, refused, BroughtKind.UNIT_CLAIM)
    return units


def open_units(bringing: Bringing, codes: set[str]) -> tuple[dict[str, Unit], set[str]]:
    """The mission's units of these ids that are open to the actor, and the ids of closed ones."""
    found = cast("dict[str, Unit]", by_code(Unit, bringing.mission, codes))
    shown: set[UUID] = set()
    with held_aside():
        for part in in_parts([unit.pk for unit in found.values()]):
            rows = visible(bringing.actor, Unit.objects.filter(pk__in=part), "forces.view")
            shown |= set(rows.values_list("pk", flat=True))
    given = {code: unit for code, unit in found.items() if unit.pk in shown}
    return given, set(found) - set(given)


def _with_a_name(
    bringing: Bringing, stated: Sequence[UnitStated], closed: set[str]
) -> list[UnitStated]:
    """The rows by which new units are entered: of each unit the first one that names it."""
    first: dict[str, UnitStated] = {}
    # A row of its name comes before one that knows it by another name only.
    for one in sorted(stated, key=lambda one: not any(s.kind == NAME for s in one.statements)):
        if one.code in closed:
            bringing.wrong(one.row, "unit:id:admin", one.code, CLOSED, LEFT_OUT)
        elif one.name:
            first.setdefault(one.code, one)
    for one in stated:
        if one.code not in first and one.code not in closed:
            expected = gettext_noop("a name of the unit in one of its rows")
            bringing.wrong(one.row, "unit:name", "", expected, LEFT_OUT)
    return list(first.values())


def _entered(bringing: Bringing, stated: Sequence[UnitStated]) -> dict[str, Unit]:
    new = [
        NewUnit(
            code=one.code,
            name=one.name,
            force=one.force,
            side=one.side,
            source=_source(bringing, one),
            marking=Marking(max(bringing.marking, _marking(one))),
        )
        for one in stated
    ]
    rows = enter_units(actor=bringing.actor, mission=bringing.mission, units=new)
    for one, unit in zip(stated, rows, strict=True):
        bringing.bring(one.row, BroughtKind.UNIT, unit.pk)
    return {unit.code: unit for unit in rows}


def _marking(one: UnitStated) -> int:
    """The marking of a unit is that of the name it is entered by."""
    names = (s for s in one.statements if s.kind in (NAME, ALIAS))
    return max((s.marking or 0 for s in names), default=0)


def _source(bringing: Bringing, one: UnitStated) -> Source:
    names = [s for s in one.statements if s.kind == NAME]
    cited = [bringing.cites[c] for s in names for c in s.cites if c in bringing.cites]
    return cited[0].source if cited else bringing.sheets


def _claim(
    bringing: Bringing,
    units: dict[str, Unit],
    words: AreaWords,
    statement: Statement,
    cited: Sequence[Cite],
) -> Claim | None:
    """The claim a statement makes; None where it cannot be made, which is noted."""
    unit = units[statement.about]
    base = bringing.terms(statement, cited, max(bringing.marking, unit.marking))
    base |= {"unit": unit, "compartment_id": unit.compartment_id}
    if statement.kind in (NAME, ALIAS):
        kind = NameKind.NAME if statement.kind == NAME else NameKind.ALIAS
        return NameClaim(name=statement.said[0], kind=kind, **base)
    if statement.kind == RELATION:
        relation, code = statement.said
        superior = units.get(code)
        if superior is None:
            expected = gettext_noop("a unit of the sheet, or of the register")
            bringing.wrong(statement.row, statement.column, code, expected)
            return None
        return RelationClaim(superior=superior, kind=relation, **base)
    if statement.kind == POSITION:
        return _position(bringing, words, statement, base)
    return ClassificationClaim(classification=statement.said[0], **base)


def _position(
    bringing: Bringing, words: AreaWords, statement: Statement, base: dict[str, object]
) -> PositionClaim:
    kind, name, place, lat, lon = statement.said
    area = words.find(place) if place else None
    if place and area is None:
        bringing.odd(
            statement.row, "unit:location", place, gettext_noop("an area of the mission"),
            gettext_noop("The place is kept in words."),
        )  # fmt: skip
        if name:
            note = f"{base['public_note']} Location: {place}".strip()
            base = {**base, "public_note": note}
        else:
            name = place
    return PositionClaim(
        kind=kind, area=area, base=name, lat=float(lat) if lat else None,
        lon=float(lon) if lon else None, **base,
    )  # fmt: skip
