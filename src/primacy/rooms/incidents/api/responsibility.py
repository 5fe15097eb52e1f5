"""The HTTP API of responsibility: whom sources name for an incident, and for what a unit."""

import datetime as dt
import uuid

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.incidents.queries import incident_by_id
from primacy.rooms.incidents.responsibility import Responsibility, responsible_for, said_of_unit
from primacy.rooms.places.api.frame import READ, marking_name, open_call

router = Router(tags=["Incidents"])


class ResponsibilityLine(BaseModel):
    """What a source says of a part in an incident. It is no finding."""

    claim: uuid.UUID
    version: int
    incident: uuid.UUID
    incident_began: dt.date
    unit: str | None = Field(description="code of the unit it names")
    person: str | None = Field(description="code of the person it names")
    name: str
    name_then: str = Field(description="what a unit was called on the day of the incident")
    part: str = Field(description="committed, ordered, failed or present")
    status: str
    sources: list[str]
    marking: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, said: Responsibility) -> "ResponsibilityLine":
        """A claim with what it rests on."""
        row = said.row
        return cls(
            claim=row.claim,
            version=row.version,
            incident=row.incident_id,
            incident_began=row.incident.date_start,
            unit=row.unit.code if row.unit is not None else None,
            person=row.person.code if row.person is not None else None,
            name=said.name,
            name_then=said.name_then,
            part=row.part,
            status=row.status,
            sources=[str(cite) for cite in said.citations],
            marking=marking_name(row.marking),
            recorded_at=row.recorded_at,
        )


@router.get(
    "/missions/{slug:code}/incidents/{uuid:pk}/responsible",
    response={200: list[ResponsibilityLine], **READ},
)
def list_responsible(request: HttpRequest, code: str, pk: uuid.UUID) -> list[ResponsibilityLine]:
    """Whom sources name as responsible for an event."""
    call = open_call(request, code)
    incident = incident_by_id(call.viewer, call.mission, pk)
    return [ResponsibilityLine.of(one) for one in responsible_for(call.viewer, incident)]


@router.get(
    "/missions/{slug:code}/units/{unit}/incidents",
    response={200: list[ResponsibilityLine], **READ},
)
def list_said_of_unit(request: HttpRequest, code: str, unit: str) -> list[ResponsibilityLine]:
    """For what sources name a unit, under whatever name it went by then."""
    call = open_call(request, code)
    found = unit_by_code(call.viewer, call.mission, unit)
    return [ResponsibilityLine.of(one) for one in said_of_unit(call.viewer, found)]
