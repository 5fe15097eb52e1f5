"""Who is said to be responsible, and what a unit is said to be responsible for."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from primacy.kernels.command import Register
from primacy.platform.claims.errors import NoSuchClaim
from primacy.platform.claims.models import Citation
from primacy.platform.claims.queries import citations_of, newest
from primacy.platform.claims.queries import versions as versions_of
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.facade import Unit, register_of_names
from primacy.rooms.incidents.models import Incident, ResponsibilityClaim
from primacy.rooms.incidents.queries import versions
from primacy.rooms.persons.facade import Person, standing_merges
from primacy.rooms.places.facade import Mission

PERMISSION = "incidents.view"


@dataclass(frozen=True)
class Responsibility:
    """One claim with what it rests on, and the unit's name on the day of the incident."""

    row: ResponsibilityClaim
    name: str
    name_then: str
    citations: tuple[Citation, ...]


def responsible_for(viewer: Viewer, incident: Incident) -> list[Responsibility]:
    """What is said of the part of units and persons in an incident, over all its releases."""
    ids = {incident.pk, *(row.pk for row in versions(viewer, incident))}
    rows = _claims(viewer, incident.mission_id, Q(incident__in=ids))
    return _readings(viewer, incident.mission, rows, incident.date_start)


def said_of_unit(viewer: Viewer, unit: Unit, until: dt.date | None = None) -> list[Responsibility]:
    """What a unit is said to be responsible for, also under its earlier and later ids."""
    mission = unit.mission
    register = register_of_names(viewer, mission.pk, [unit.pk])
    body = register.same_body(str(unit.pk))
    asked = Q(unit__in=[uuid.UUID(one) for one in body] or [unit.pk])
    if until is not None:
        asked &= Q(incident__date_start__lte=until)
    return _readings(viewer, mission, _claims(viewer, mission.pk, asked), None, register)


def said_of_person(viewer: Viewer, person: Person) -> list[Responsibility]:
    """What a person is said to be responsible for, also under records read as one with theirs."""
    group = standing_merges(person.mission_id).group(person.pk)
    rows = _claims(viewer, person.mission_id, Q(person__in=group))
    return _readings(viewer, person.mission, rows, None)


def responsibility_by_id(viewer: Viewer, mission: Mission, claim: uuid.UUID) -> ResponsibilityClaim:
    """The newest version of a claim; `NoSuchClaim` where it is not open to the viewer."""
    found = _claims(viewer, mission.pk, Q(claim=claim), with_withdrawn=True)
    if not found:
        raise NoSuchClaim(_("No such claim is open to you in this register."))
    return found[0]


def responsibility_history(viewer: Viewer, row: ResponsibilityClaim) -> list[ResponsibilityClaim]:
    """All versions of a claim the viewer was given, oldest first."""
    rows = versions_of(viewer, ResponsibilityClaim, PERMISSION, row.mission_id, via=("incident",))
    return list(rows.filter(claim=row.claim).select_related("unit", "person"))


def _claims(
    viewer: Viewer, mission_id: uuid.UUID, asked: Q, *, with_withdrawn: bool = False
) -> list[ResponsibilityClaim]:
    """The claims open to the viewer with the incident and whom they name."""
    rows: QuerySet[ResponsibilityClaim] = newest(
        viewer, ResponsibilityClaim, PERMISSION, mission_id,
        via=("incident",), with_withdrawn=with_withdrawn,
    ).filter(asked)  # fmt: skip
    of_units = visible(viewer, rows.filter(unit__isnull=False), "forces.view", via="unit")
    found = list(of_units.select_related("incident", "unit", "unit__mission"))
    if viewer.has("persons.view", mission_id):
        of_persons = visible(viewer, rows.filter(person__isnull=False), "persons.view",
                             via="person")  # fmt: skip
        found += list(of_persons.select_related("incident", "person"))
    return sorted(found, key=lambda row: (row.incident.date_start, row.claim), reverse=True)


def _readings(
    viewer: Viewer,
    mission: Mission,
    rows: Iterable[ResponsibilityClaim],
    day: dt.date | None,
    register: Register | None = None,
) -> list[Responsibility]:
    rows = list(rows)
    cited = citations_of(viewer, rows, PERMISSION)
    named = {row.unit_id for row in rows if row.unit_id}
    if named and register is None:
        register = register_of_names(viewer, mission.pk, named)
    found = []
    for row in rows:
        name = then = row.unit.name if row.unit is not None else str(row.person)
        if row.unit_id is not None and register is not None:
            on = day or row.incident.date_start
            then = register.names_at(str(row.unit_id), on).best or name
        found.append(Responsibility(row, name, then, tuple(cited.get(row.pk, ()))))
    return found
