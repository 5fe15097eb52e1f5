"""The request: a new one, changing a draft, and the clause that decides its scope."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.actions.requests import (
    NewRecipient,
    add_recipient,
    change_request,
    determine_scope,
    draft_request,
)
from primacy.rooms.support.errors import MoveRefused, SupportError
from primacy.rooms.support.forms_request import RequestForm, ScopeForm
from primacy.rooms.support.models import SupportCase
from primacy.rooms.support.queries import case_by_id, policies, recipients_of

REQUEST, VALIDATE = "support.request", "support.validate"


def new(request: HttpRequest, mission: str) -> HttpResponse:
    """A new request: a draft that may have gaps until it is submitted."""
    page = open_page(request, mission)
    require(page.viewer, REQUEST, page.mission.pk)
    form = RequestForm(page.viewer, page.mission, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["recipients"]
        try:
            made = draft_request(
                actor=page.viewer, mission=page.mission, terms=form.terms(), recipients=given
            )
        except SupportError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The draft is on record. Submit it when it is whole."))
            _tell_unfound(request, given)
            return redirect("support-case", mission=mission, pk=made.pk)
    context = page.context(
        place="support",
        title=_("New request for support"),
        purpose=_("Who asks for what, for whom, when, where, with which money, and to what end."),
        crumbs=[(_("Support"), reverse("support", args=[mission]))],
        marking=Marking.CONFIDENTIAL,
        form=form,
        no_procedure=not policies(page.viewer, page.mission).exists(),
    )
    return render(request, "support/request.html", context, status=400 if form.errors else 200)


def edit(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Other terms for a draft, and further recipients."""
    page = open_page(request, mission)
    case = case_by_id(page.viewer, page.mission, pk)
    require(page.viewer, REQUEST, page.mission.pk)
    form = RequestForm(page.viewer, page.mission, request.POST or None, case)
    if request.method == "POST" and form.is_valid():
        try:
            _change(page, case, form)
        except SupportError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The draft is changed."))
            _tell_unfound(request, form.cleaned_data["recipients"])
            return redirect("support-case", mission=mission, pk=pk)
    context = page.context(
        place="support",
        title=_("Change request %(number)d") % {"number": case.number},
        purpose=_("A draft may be changed until it is submitted."),
        crumbs=case_crumbs(mission, case),
        marking=Marking(case.marking),
        form=form,
        case=case,
        recipients=recipients_of(page.viewer, case),
    )
    return render(request, "support/request.html", context, status=400 if form.errors else 200)


def _change(page: Page, case: SupportCase, form: RequestForm) -> None:
    change_request(actor=page.viewer, case=case, terms=form.terms())
    for one in form.cleaned_data["recipients"]:
        add_recipient(actor=page.viewer, case=case, recipient=one)


def _tell_unfound(request: HttpRequest, given: Iterable[NewRecipient]) -> None:
    """Nothing; says which recipients are names only and still have to be found."""
    names = [one.named for one in given if one.unit is None and one.person is None]
    if names:
        words = _("Not found in the register, kept as written: %(names)s. Find them before "
                  "screening.")  # fmt: skip
        messages.warning(request, words % {"names": ", ".join(names)})


def scope(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """The scope wizard: the clauses of the policy for this kind of support, one is chosen."""
    page = open_page(request, mission)
    case = case_by_id(page.viewer, page.mission, pk)
    require(page.viewer, VALIDATE, page.mission.pk)
    form = ScopeForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            determine_scope(actor=page.viewer, case=case, **form.cleaned_data)
        except MoveRefused as problem:
            for text in problem.reasons:
                form.add_error(None, text)
        else:
            messages.success(request, _("The clause is on record."))
            return redirect("support-case", mission=mission, pk=pk)
    chosen = form["clause"].value()
    context = page.context(
        place="support",
        title=_("Scope of case %(number)d") % {"number": case.number},
        purpose=_("Does the policy apply? Choose the clause that decides it, and say why."),
        crumbs=case_crumbs(mission, case),
        marking=Marking(case.marking),
        case=case,
        form=form,
        clauses=[(one, one.code == chosen) for one in form.clauses],
    )
    return render(request, "support/scope.html", context, status=400 if form.errors else 200)


def case_crumbs(mission: str, case: SupportCase) -> list[tuple[str, str]]:
    """The way to a page below a case."""
    return [
        (_("Support"), reverse("support", args=[mission])),
        (_("Case %(number)d") % {"number": case.number},
         reverse("support-case", args=[mission, case.pk])),
    ]  # fmt: skip
