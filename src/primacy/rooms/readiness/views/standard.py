"""The standard: the version in force, earlier ones, drafting and signing a new one."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from primacy.platform.exports import table_response
from primacy.platform.policy import require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.actions.standards import against_signing_standard
from primacy.rooms.readiness.board import standard_at
from primacy.rooms.readiness.errors import BadStandard, NotAllowed
from primacy.rooms.readiness.exports import CRITERION_COLUMNS, criterion_rows
from primacy.rooms.readiness.forms import ReasonForm, StandardForm
from primacy.rooms.readiness.models import Standard
from primacy.rooms.readiness.queries import standard_by_id, standards
from primacy.rooms.readiness.standards import checked


def current(request: HttpRequest, mission: str) -> HttpResponse:
    """The version in force on the day."""
    page = open_page(request, mission)
    return _show(request, page, standard_at(page.viewer, page.mission, page.as_of))


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The criteria in force on the day as CSV or XLSX."""
    page = open_page(request, mission)
    row = standard_at(page.viewer, page.mission, page.as_of)
    return table_response(
        form,
        name=f"standard-{page.mission.code}-{page.as_of.isoformat()}",
        columns=CRITERION_COLUMNS,
        rows=criterion_rows(row.criteria.all() if row else []),
    )


def version(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One version, also a draft or one long replaced."""
    page = open_page(request, mission)
    return _show(request, page, standard_by_id(page.viewer, page.mission, pk))


def draft(request: HttpRequest, mission: str) -> HttpResponse:
    """Drafts a new version from the one in force."""
    page = open_page(request, mission)
    require(page.viewer, "readiness.propose", page.mission.pk)
    base = standard_at(page.viewer, page.mission, dt.date.max)
    if base is None:
        raise NotAllowed(_("draft a standard"), [_("the mission has no standard to start from")])
    form = StandardForm(
        list(base.criteria.all()),
        request.POST or None,
        {
            "name": base.name,
            "confidence": base.confidence,
            "seats_per_party": base.seats_per_party,
        },
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            content = checked(
                {
                    "name": values["name"],
                    "confidence": values["confidence"],
                    "seats_per_party": values["seats_per_party"],
                    "parties": base.parties,
                    "criteria": form.content(),
                    "origin": gettext_noop("changed from %(standard)s") % {"standard": base.label},
                }
            )
            made = actions.draft_standard(
                actor=page.viewer,
                mission=page.mission,
                content=content,
                change_note=values["change_note"],
            )
        except (BadStandard, NotAllowed) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The draft waits for the signatures of all parties."))
            return redirect("standard-version", mission=mission, pk=made.pk)
    context = page.context(
        place="standard",
        title=_("Draft a new version"),
        purpose=_("It counts for nothing until every party has signed it."),
        crumbs=[(_("Standard"), reverse("standard", args=[mission]))],
        form=form,
        base=base,
    )
    return render(request, "readiness/standard_new.html", context)


@require_POST
def sign(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """A party's signature under a draft."""
    page = open_page(request, mission)
    row = standard_by_id(page.viewer, page.mission, pk)
    try:
        actions.sign_standard(actor=page.viewer, standard=row)
    except NotAllowed as problem:
        messages.error(request, str(problem))
    else:
        row.refresh_from_db()
        messages.success(
            request,
            _("Signed. %(get_state_display)s.") % {"get_state_display": row.get_state_display()},
        )
    return redirect("standard-version", mission=mission, pk=pk)


@require_POST
def withdraw(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Takes back a draft, with the reason."""
    page = open_page(request, mission)
    row = standard_by_id(page.viewer, page.mission, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.withdraw_standard(actor=page.viewer, standard=row, reason=reason)
    except NotAllowed as problem:
        messages.error(request, str(problem))
    return redirect("standard-version", mission=mission, pk=pk)


def _show(request: HttpRequest, page: Page, row: Standard | None) -> HttpResponse:
    viewer = page.viewer
    signed = {s.party: s for s in row.signatures.all()} if row else {}
    context = page.context(
        place="standard",
        title=row.label if row else _("No standard in force"),
        purpose=_("What must hold before a responsibility changes hands, agreed by all parties."),
        standard=row,
        criteria=list(row.criteria.all()) if row else [],
        signatures=[(party, signed.get(party)) for party in row.parties] if row else [],
        versions=list(standards(viewer, page.mission)),
        may_propose=viewer.has("readiness.propose", page.mission.pk) and not page.mission.is_case,
        may_sign=row is not None
        and viewer.has("readiness.sign", page.mission.pk)
        and not against_signing_standard(viewer, row),
        withdraw_form=ReasonForm(),
    )
    return render(request, "readiness/standard.html", context)
