"""Pages of claims: one claim with its versions and citations; making, correcting, withdrawing."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.claims.errors import BadClaim, ClaimMoved
from primacy.platform.claims.forms import TermsForm
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.rooms.forces.actions import (
    claim_classification,
    claim_name,
    claim_position,
    claim_relation,
    correct_claim,
    record_lineage,
    withdraw_claim,
)
from primacy.rooms.forces.claim_queries import Parts, claim_by_id, history, kind_of, parts_of
from primacy.rooms.forces.exports import CLAIM_COLUMNS, claim_rows
from primacy.rooms.forces.forms import (
    MOST_LISTED,
    ClassificationForm,
    LineageForm,
    NameForm,
    PositionForm,
    ReasonForm,
    RelationForm,
)
from primacy.rooms.forces.models import (
    ClassificationClaim,
    LineageClaim,
    LineageKind,
    NameClaim,
    PositionClaim,
    RelationClaim,
    Unit,
)
from primacy.rooms.forces.queries import unit_by_code, units
from primacy.rooms.forces.time_line import readings
from primacy.rooms.places.facade import Page, areas, open_page

TITLES = {
    "name": lambda: _("Claim a name"),
    "classification": lambda: _("Claim a classification"),
    "relation": lambda: _("Claim a superior"),
    "position": lambda: _("Claim a site or area"),
    "lineage": lambda: _("Record what became of it"),
}


def new_claim(request: HttpRequest, mission: str, code: str, kind: str) -> HttpResponse:
    """Makes a claim about a unit."""
    page = open_page(request, mission)
    require(page.viewer, "forces.edit", page.mission.pk)
    unit = unit_by_code(page.viewer, page.mission, code)
    if kind not in TITLES:
        raise Http404
    form = _form(kind, page, request.POST or None, {"marking": unit.marking, "starting": False})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _make(kind, page, unit, form)
        except BadClaim as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("The claim was recorded."))
            return redirect("unit", mission=mission, code=unit.code)
    context = page.context(
        place="forces",
        title=TITLES[kind](),
        purpose=_("%(unit)s: what a source says, over which days, and how far it is relied on.")
        % {"unit": unit.name},
        crumbs=_crumbs(page, unit),
        form=form,
        unit=unit,
        listed=_listed(page) if kind in ("relation", "lineage") else (),
        back=reverse("unit", args=[mission, unit.code]),
    )
    return render(request, "forces/claim_form.html", context)


def claim(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """One claim: what it says, on what it rests, and every version it had."""
    page = open_page(request, mission)
    row = claim_by_id(page.viewer, page.mission, claim)
    rows = readings(page.viewer, *_versions(page, row), page.as_of)
    reading = rows[-1]
    unit = _unit_of(page, row)
    context = page.context(
        place="forces",
        title=f"{reading.label}: {reading.text}" if reading.text else reading.label,
        purpose=_("A claim with its source, its status and every version it had."),
        crumbs=_crumbs(page, unit),
        marking=Marking(row.marking),
        reading=reading,
        unit=unit,
        versions=rows[::-1],
        may_edit=page.viewer.has("forces.edit", page.mission.pk) and not row.withdrawn,
        form=ReasonForm(),
    )
    return render(request, "forces/claim.html", context)


def correct(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """Replaces the newest version of a claim; the one before stays on record."""
    page = open_page(request, mission)
    require(page.viewer, "forces.edit", page.mission.pk)
    row = claim_by_id(page.viewer, page.mission, claim)
    kind = kind_of(row)
    form = _form("" if kind == "lineage" else kind, page, request.POST or None, _initial(row))
    form.fields.update(ReasonForm().fields)
    form.order_fields(["reason", *form.fields])
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("version") != str(row.version):
                raise ClaimMoved(_("Somebody else changed this claim since you opened it."))
            with transaction.atomic():
                correct_claim(
                    actor=page.viewer,
                    claim=row,
                    reason=form.cleaned_data["reason"],
                    terms=form.terms(page.viewer, page.mission.pk),
                    changes=_content(kind, form),
                )
        except BadClaim as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("The claim was corrected. What was known before stays."))
            return redirect("claim", mission=mission, claim=claim)
    context = page.context(
        place="forces",
        title=_("Correct a claim"),
        purpose=_("The new version takes the place of the present one, which stays on record."),
        crumbs=_crumbs(page, _unit_of(page, row)),
        form=form,
        version=row.version,
        listed=_listed(page) if kind == "relation" else (),
        back=reverse("claim", args=[mission, claim]),
    )
    return render(request, "forces/claim_form.html", context)


def withdraw(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """Withdraws a claim, with a reason."""
    page = open_page(request, mission)
    require(page.viewer, "forces.edit", page.mission.pk)
    row = claim_by_id(page.viewer, page.mission, claim)
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if form.is_valid():
            withdraw_claim(actor=page.viewer, claim=row, reason=form.cleaned_data["reason"])
            messages.success(request, _("The claim was withdrawn. What was known before stays."))
        else:
            messages.error(request, _("Say why the claim is withdrawn. Nothing was changed."))
    return redirect("claim", mission=mission, claim=claim)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """Every claim about units that stands, of all units or (`?unit=`) of one, as CSV or XLSX."""
    page = open_page(request, mission)
    only = request.GET.get("unit")
    unit = unit_by_code(page.viewer, page.mission, only) if only else None
    return table_response(
        form,
        name=f"claims-{page.mission.code}-{page.as_of.isoformat()}",
        columns=CLAIM_COLUMNS,
        rows=claim_rows(page.viewer, page.mission, page.as_of, unit=unit),
    )


def _form(kind: str, page: Page, data: object, initial: dict[str, object]) -> TermsForm:
    """The form of a kind of claim; of none, that of the terms alone."""
    given = {"data": data, "initial": initial}
    made: dict[str, Callable[[], TermsForm]] = {
        "name": lambda: NameForm(**given),  # type: ignore[arg-type]
        "classification": lambda: ClassificationForm(**given),  # type: ignore[arg-type]
        "relation": lambda: RelationForm(page.viewer, page.mission, **given),
        "position": lambda: PositionForm(list(areas(page.viewer, page.mission)), **given),
        "lineage": lambda: LineageForm(page.viewer, page.mission, **given),
        "": lambda: TermsForm(**given),  # type: ignore[arg-type]
    }
    return made[kind]()


def _make(kind: str, page: Page, unit: Unit, form: TermsForm) -> None:
    """Records the claim that a valid form describes."""
    terms, content = form.terms(page.viewer, page.mission.pk), _content(kind, form)
    actor = page.viewer
    if kind == "name":
        claim_name(actor=actor, unit=unit, terms=terms, **content)
    elif kind == "classification":
        claim_classification(actor=actor, unit=unit, terms=terms, **content)
    elif kind == "relation":
        claim_relation(actor=actor, unit=unit, terms=terms, **content)
    elif kind == "position":
        claim_position(actor=actor, unit=unit, terms=terms, **content)
    else:
        values = form.cleaned_data
        event, others = values["event"], values["others"]
        tos = others
        if event == LineageKind.RENAMED and not others:
            tos = [unit]
        name = values["new_name"]
        record_lineage(actor=actor, kind=event, froms=[unit], tos=tos, terms=terms, new_name=name)


def _content(kind: str, form: TermsForm) -> dict[str, Any]:
    """What the form says beside the terms, as the acts name it."""
    names = {
        "name": ("name", "kind"),
        "classification": ("classification",),
        "relation": ("superior", "kind"),
        "position": ("kind", "area", "base", "lat", "lon"),
        "lineage": (),
    }
    return {name: form.cleaned_data[name] for name in names[kind]}


def _initial(row: Claim) -> dict[str, object]:
    """The present version as a form shows it."""
    values: dict[str, object] = {name: getattr(row, name) for name in Dates.__dataclass_fields__}
    for name in ("status", "marking", "public_note", "internal_note"):
        values[name] = getattr(row, name)
    if isinstance(row, NameClaim):
        values |= {"name": row.name, "kind": row.kind}
    elif isinstance(row, ClassificationClaim):
        values |= {"classification": row.classification}
    elif isinstance(row, RelationClaim):
        values |= {"superior": row.superior.code, "kind": row.kind}
    elif isinstance(row, PositionClaim):
        values |= {"kind": row.kind, "area": str(row.area_id or ""), "base": row.base,
                   "lat": row.lat, "lon": row.lon}  # fmt: skip
    return values


def _versions(page: Page, row: Claim) -> tuple[list[Claim], dict[LineageClaim, Parts]]:
    """All versions of a claim, oldest first; of an event with its units, the same in each."""
    rows = history(page.viewer, row)
    happened = {}
    if isinstance(row, LineageClaim):
        parts = parts_of(page.viewer, row)
        happened = {one: parts for one in rows if isinstance(one, LineageClaim)}
    return rows, happened


def _unit_of(page: Page, row: Claim) -> Unit | None:
    """The unit a claim is about; of an event the first one named."""
    if isinstance(row, LineageClaim):
        part = row.parts.order_by("id").first()
        if part is None:
            return None
        key = part.unit_id
    else:
        key = row.unit_id  # type: ignore[attr-defined]
    return units(page.viewer, page.mission).filter(pk=key).first()


def _listed(page: Page) -> list[Unit]:
    """Units to offer while a code is typed."""
    return list(units(page.viewer, page.mission)[:MOST_LISTED])


def _crumbs(page: Page, unit: Unit | None) -> list[tuple[str, str]]:
    code = page.mission.code
    crumbs = [(_("Forces"), reverse("forces", args=[code]))]
    return crumbs + ([(unit.name, reverse("unit", args=[code, unit.code]))] if unit else [])


def _tell(form: TermsForm, problem: BadClaim) -> None:
    for reason in problem.reasons:
        form.add_error(None, reason)
