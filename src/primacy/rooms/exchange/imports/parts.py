"""Whom sheets of incidents name as responsible, for incidents that are in the register."""

import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_noop

from primacy.platform.claims.errors import BadClaim
from primacy.platform.claims.rules import Dates, dates_of
from primacy.platform.claims.terms import Terms
from primacy.platform.exchange.sfm.incidents import PartStated
from primacy.platform.exchange.sfm.problems import LEFT_OUT
from primacy.platform.policy import Marking, held_aside, visible
from primacy.rooms.exchange.imports.bringing import Bringing
from primacy.rooms.exchange.imports.known import DATES, Key, in_parts, key_of, known_keys
from primacy.rooms.exchange.imports.persons import open_persons
from primacy.rooms.exchange.imports.units import open_units
from primacy.rooms.exchange.models import BroughtKind
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.facade import (
    Incident,
    ResponsibilityClaim,
    claim_responsibility,
)
from primacy.rooms.persons.facade import Person


def bring_parts(bringing: Bringing, stated: Sequence[PartStated]) -> None:
    """Nothing; makes the claims of responsibility that the sheets state and nobody made before."""
    incidents = _incidents(bringing, {one.incident for one in stated})
    codes = {one.statement.about for one in stated if not one.of_person}
    units = open_units(bringing, codes)[0]
    people = {one.statement.about for one in stated if one.of_person}
    persons = open_persons(bringing, people)[0] if people else {}
    known = known_keys(
        bringing.mission, [ResponsibilityClaim], "incident", [row.pk for row in incidents.values()]
    )
    for one in stated:
        _bring(bringing, one, incidents, units, persons, known)


def _bring(
    bringing: Bringing,
    one: PartStated,
    incidents: dict[str, Incident],
    units: dict[str, Unit],
    persons: dict[str, Person],
    known: set[Key],
) -> None:
    statement = one.statement
    incident = incidents.get(one.incident)
    if incident is None:
        expected = gettext_noop("an incident of the register, by its id: load it before this sheet")
        bringing.wrong(one.row, "incident:id:admin", one.incident, expected, LEFT_OUT)
        return
    unit = None if one.of_person else units.get(statement.about)
    person = persons.get(statement.about) if one.of_person else None
    if unit is None and person is None:
        expected = gettext_noop("a unit or person of the register, or of the sheets")
        bringing.wrong(one.row, statement.column, statement.about, expected)
        return
    cited = bringing.cited(statement)
    values = bringing.terms(statement, cited, bringing.marking)
    row = ResponsibilityClaim(incident=incident, unit=unit, person=person, part=statement.said[1],
                              **values)  # fmt: skip
    if statement.dates == Dates():
        days = Dates(incident.date_start, incident.date_end, starting=True, ending=True)
        for name in DATES:
            setattr(row, name, getattr(days, name))
    if key_of(row) in known:
        return
    terms = Terms(
        dates=dates_of(row),
        cites=cited,
        status=row.status,
        marking=Marking(row.marking),
        public_note=row.public_note,
        internal_note=row.internal_note,
    )
    try:
        made = claim_responsibility(
            actor=bringing.actor, incident=incident, part=row.part, terms=terms, unit=unit,
            person=person,
        )  # fmt: skip
    except BadClaim as problem:
        bringing.wrong(one.row, statement.column, statement.about, str(problem))
        return
    known.add(key_of(row))
    bringing.bring(one.row, BroughtKind.RESPONSIBILITY, made.claim)


def _incidents(bringing: Bringing, ids: set[str]) -> dict[str, Incident]:
    """The incidents of these ids open to the actor: their own id here, or that of their origin."""
    found: dict[str, Incident] = {}
    for part in in_parts(sorted(ids)):
        keys = [uuid.UUID(one) for one in part if _is_uuid(one)]
        rows = Incident.objects.filter(
            Q(pk__in=keys) | Q(origin_id__in=list(part)),
            mission=bringing.mission,
            superseded_at__isnull=True,
        )
        with held_aside():
            for row in visible(bringing.actor, rows, "incidents.view"):
                found[row.origin_id] = row
                found[str(row.pk)] = row
    return found


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
