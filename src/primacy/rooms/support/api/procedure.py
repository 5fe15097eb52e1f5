"""How a mission checks, over the API: versions of its procedure and of the country framework."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from primacy.platform.accounts.models import Organisation
from primacy.platform.policy import require
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Line,
    Listing,
    OptionalDay,
    Paging,
    Title,
    Words,
    listed,
    marking_name,
    open_call,
)
from primacy.rooms.support.actions import (
    NewOffice,
    put_framework_in_force,
    put_policy_in_force,
)
from primacy.rooms.support.api.gate import HERE
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import CountryFramework, PolicyVersion, ScreeningOffice
from primacy.rooms.support.queries import VIEW, frameworks, policies

router = Router(tags=["Support"])
CONFIGURE = "support.configure"
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9_]{1,40}$")]


class OfficeOut(BaseModel):
    """An office that must answer."""

    code: str
    name: str
    organisation: str | None

    @classmethod
    def of(cls, row: ScreeningOffice) -> "OfficeOut":
        """An office of a version of the procedure."""
        organisation = row.organisation.name if row.organisation is not None else None
        return cls(code=row.code, name=row.name, organisation=organisation)


class ProcedureOut(BaseModel):
    """A version of the procedure."""

    number: int
    title: str
    in_force_from: dt.date
    freshness_days: int
    levels_above: int
    clocks: dict[str, int]
    matrix: list[list[str]]
    offices: list[OfficeOut]

    @classmethod
    def of(cls, row: PolicyVersion) -> "ProcedureOut":
        """A version with its offices."""
        same = set(cls.model_fields) - {"offices"}
        return cls(
            offices=[OfficeOut.of(one) for one in row.offices.select_related("organisation")],
            **{name: getattr(row, name) for name in same},
        )


class FrameworkOut(BaseModel):
    """A version of the general and preliminary risk assessment of the country."""

    number: int
    title: str
    in_force_from: dt.date
    sections: dict[str, str]
    measures: list[str]
    what_changed: str
    marking: str

    @classmethod
    def of(cls, row: CountryFramework) -> "FrameworkOut":
        """A version."""
        same = set(cls.model_fields) - {"marking"}
        return cls(marking=marking_name(row.marking), **{name: getattr(row, name) for name in same})


class OfficeIn(Body):
    """An office that must answer; with an organisation only its people answer for it."""

    code: Slug
    name: Line
    organisation: Line = ""


class ProcedureIn(Body):
    """A new version of the procedure; clocks and matrix as before where they are left out."""

    title: Line
    offices: list[OfficeIn] = Field(max_length=100)
    source: Title
    in_force_from: OptionalDay = None
    freshness_days: int = Field(90, ge=1, le=730)
    levels_above: int = Field(2, ge=0, le=10)
    clocks: dict[Slug, Annotated[int, Field(ge=0, le=3650)]] = Field(
        default_factory=dict, max_length=40
    )
    matrix: list[Annotated[list[Line], Field(max_length=9)]] = Field(
        default_factory=list, max_length=9
    )


class FrameworkIn(Body):
    """A new version of the framework: its text by the code of each section."""

    title: Line
    sections: dict[Slug, Words] = Field(max_length=20)
    measures: list[Title] = Field(default_factory=list, max_length=100)
    what_changed: Words = ""
    source: Title
    in_force_from: OptionalDay = None


@router.get(f"{HERE}/procedures", response={200: Listing[ProcedureOut], **READ})
def list_procedures(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[ProcedureOut]:
    """The versions of the procedure, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(policies(call.viewer, call.mission), paging, ProcedureOut.of)


@router.post(f"{HERE}/procedures", response={201: ProcedureOut, **WRITE})
def put_procedure_in_force(
    request: HttpRequest, code: str, body: ProcedureIn
) -> Status[ProcedureOut]:
    """Puts a version of the procedure in force; cases already begun keep theirs."""
    call = open_call(request, code)
    require(call.viewer, CONFIGURE, call.mission.pk)
    made = put_policy_in_force(
        actor=call.viewer,
        mission=call.mission,
        title=body.title,
        offices=[_office(one) for one in body.offices],
        source_title=body.source,
        in_force_from=body.in_force_from,
        freshness_days=body.freshness_days,
        levels_above=body.levels_above,
        clocks=dict(body.clocks),
        matrix=body.matrix or None,
    )
    return Status(201, ProcedureOut.of(made))


@router.get(f"{HERE}/frameworks", response={200: Listing[FrameworkOut], **READ})
def list_frameworks(
    request: HttpRequest, code: str, paging: Query[Paging]
) -> Listing[FrameworkOut]:
    """The versions of the country framework, the newest first."""
    call = open_call(request, code)
    require(call.viewer, VIEW, call.mission.pk)
    return listed(frameworks(call.viewer, call.mission), paging, FrameworkOut.of)


@router.post(f"{HERE}/frameworks", response={201: FrameworkOut, **WRITE})
def put_country_framework_in_force(
    request: HttpRequest, code: str, body: FrameworkIn
) -> Status[FrameworkOut]:
    """Puts a version of the country framework in force."""
    call = open_call(request, code)
    require(call.viewer, CONFIGURE, call.mission.pk)
    made = put_framework_in_force(
        actor=call.viewer,
        mission=call.mission,
        title=body.title,
        sections=dict(body.sections),
        measures=body.measures,
        what_changed=body.what_changed,
        source_title=body.source,
        in_force_from=body.in_force_from,
    )
    return Status(201, FrameworkOut.of(made))


def _office(one: OfficeIn) -> NewOffice:
    """An office with its organisation, found by name."""
    known = Organisation.objects.filter(name=one.organisation).first() if one.organisation else None
    if one.organisation and known is None:
        raise BadRequest(
            _("No organisation is called '%(name)s' on this site.")
            % {"name": one.organisation[:60]}
        )
    return NewOffice(one.code, one.name, known.pk if known is not None else None)
