"""Pages of claims of responsibility: naming a unit or person, one claim, withdrawing it."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.claims.errors import BadClaim, ClaimMoved, NoSuchClaim
from primacy.platform.claims.queries import citations_of
from primacy.platform.claims.wording import range_words
from primacy.platform.policy import Marking, require
from primacy.rooms.incidents.actions import (
    ATTRIBUTE,
    claim_responsibility,
    correct_responsibility,
    withdraw_responsibility,
)
from primacy.rooms.incidents.errors import NoSuchIncident
from primacy.rooms.incidents.forms import CorrectPartForm, ReasonForm, ResponsibilityForm
from primacy.rooms.incidents.models import Incident, ResponsibilityClaim
from primacy.rooms.incidents.queries import incident_by_id
from primacy.rooms.incidents.responsibility import (
    PERMISSION,
    responsibility_by_id,
    responsibility_history,
)
from primacy.rooms.places.facade import Page, open_page


def name_one(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Records that a source names a unit or a person."""
    page = open_page(request, mission)
    require(page.viewer, ATTRIBUTE, page.mission.pk)
    try:
        incident = incident_by_id(page.viewer, page.mission, pk)
    except NoSuchIncident as problem:
        raise Http404(str(problem)) from problem
    initial = {"marking": Marking.CONFIDENTIAL.value}
    form = ResponsibilityForm(page.viewer, page.mission, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            with transaction.atomic():
                claim_responsibility(
                    actor=page.viewer,
                    incident=incident,
                    part=values["part"],
                    unit=values["unit"],
                    person=values["person"],
                    terms=form.terms(page.viewer, page.mission.pk),
                )
        except BadClaim as problem:
            for reason in problem.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The claim was recorded."))
            return redirect("incident", mission=mission, pk=incident.pk)
    context = page.context(
        place="incidents",
        title=_("Record whom a source names"),
        purpose=_("What a source says of a unit's or a person's part; it is no finding."),
        crumbs=_crumbs(page, incident),
        marking=Marking(incident.marking),
        form=form,
        back=reverse("incident", args=[mission, incident.pk]),
    )
    return render(request, "incidents/responsible.html", context)


def responsibility(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """One claim with its versions; correcting it."""
    page = open_page(request, mission)
    row = _claim(page, claim)
    may = page.viewer.has(ATTRIBUTE, page.mission.pk) and not row.withdrawn
    form = CorrectPartForm(request.POST or None, initial=_initial(row)) if may else None
    if request.method == "POST":
        require(page.viewer, ATTRIBUTE, page.mission.pk)
        if form is not None and form.is_valid() and _correct(page, request, row, form):
            return redirect("responsibility", mission=mission, claim=claim)
    rows = responsibility_history(page.viewer, row)
    cited = citations_of(page.viewer, rows, PERMISSION)
    context = page.context(
        place="incidents",
        title=_("Said to be responsible"),
        purpose=_("A claim with its source, its status and every version it had."),
        crumbs=_crumbs(page, row.incident),
        marking=Marking(row.marking),
        row=row,
        name=str(row.unit or row.person),
        when=range_words(row),
        citations=cited.get(row.pk, ()),
        versions=[(one, range_words(one), cited.get(one.pk, ())) for one in rows[::-1]],
        form=form,
        reason=ReasonForm(prefix="withdraw"),
    )
    return render(request, "incidents/responsibility.html", context)


def withdraw(request: HttpRequest, mission: str, claim: uuid.UUID) -> HttpResponse:
    """Withdraws a claim, with a reason."""
    page = open_page(request, mission)
    require(page.viewer, ATTRIBUTE, page.mission.pk)
    row = _claim(page, claim)
    if request.method == "POST":
        form = ReasonForm(request.POST, prefix="withdraw")
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            withdraw_responsibility(actor=page.viewer, claim=row, reason=reason)
            messages.success(request, _("The claim was withdrawn. What was known before stays."))
        else:
            messages.error(request, _("Say why the claim is withdrawn. Nothing was changed."))
    return redirect("responsibility", mission=mission, claim=claim)


def _correct(
    page: Page, request: HttpRequest, row: ResponsibilityClaim, form: CorrectPartForm
) -> bool:
    """Whether the correction was recorded."""
    values = form.cleaned_data
    try:
        if request.POST.get("version") != str(row.version):
            raise ClaimMoved(_("Somebody else changed this claim since you opened it."))
        with transaction.atomic():
            correct_responsibility(
                actor=page.viewer,
                claim=row,
                reason=values["reason"],
                terms=form.terms(page.viewer, page.mission.pk),
                part=values["part"],
            )
    except BadClaim as problem:
        for reason in problem.reasons:
            form.add_error(None, reason)
        return False
    except ClaimMoved as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("The claim was corrected. What was known before stays."))
    return True


def _claim(page: Page, claim: uuid.UUID) -> ResponsibilityClaim:
    try:
        return responsibility_by_id(page.viewer, page.mission, claim)
    except NoSuchClaim as problem:
        raise Http404(str(problem)) from problem


def _initial(row: ResponsibilityClaim) -> dict[str, object]:
    names = ("part", "status", "marking", "public_note", "internal_note", "first_precise",
             "last_precise", "first_imprecise", "last_imprecise", "since_beginning", "starting",
             "ending", "start_context", "end_context")  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _crumbs(page: Page, incident: Incident) -> list[tuple[str, str]]:
    code = page.mission.code
    return [
        (_("Incidents"), reverse("incidents", args=[code])),
        (str(incident.get_type_display()), reverse("incident", args=[code, incident.pk])),
    ]
