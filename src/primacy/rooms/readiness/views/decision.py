"""Signing and withdrawing decisions, stepping back, closing conditions."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.policy import require
from primacy.rooms.places.facade import areas, open_page
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.board import board_areas, responsibilities, standard_at
from primacy.rooms.readiness.errors import NoSuchRecord, NotAllowed
from primacy.rooms.readiness.forms import (
    CloseConditionForm,
    ReasonForm,
    SignatureForm,
    StepBackForm,
    today_initial,
)
from primacy.rooms.readiness.ledger import open_ledger
from primacy.rooms.readiness.queries import decision_by_id, open_conditions


@require_POST
def sign(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """A signature for or against, with the dissent kept."""
    page = open_page(request, mission)
    decision = decision_by_id(page.viewer, page.mission, pk)
    form = SignatureForm(request.POST)
    if form.is_valid():
        try:
            actions.sign_decision(actor=page.viewer, decision=decision, **form.cleaned_data)
        except NotAllowed as problem:
            messages.error(request, str(problem))
        else:
            decision.refresh_from_db()
            messages.success(
                request,
                _("Signed. %(get_state_display)s.")
                % {"get_state_display": decision.get_state_display()},
            )
    else:
        messages.error(request, _("Not signed: choose whether you sign for or against."))
    return redirect("assessment", mission=mission, pk=decision.assessment_id)


@require_POST
def withdraw(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Takes back a proposal that is not complete."""
    page = open_page(request, mission)
    decision = decision_by_id(page.viewer, page.mission, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.withdraw_decision(actor=page.viewer, decision=decision, reason=reason)
    except NotAllowed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("assessment", mission=mission, pk=decision.assessment_id)


def step_back(request: HttpRequest, mission: str) -> HttpResponse:
    """Proposes to give the lead back to an earlier step; it needs a reason and all signatures."""
    page = open_page(request, mission)
    require(page.viewer, "readiness.assess", page.mission.pk)
    functions = responsibilities(page.viewer, page.mission, page.today)
    shown = board_areas(page.viewer, page.mission, open_ledger(page.viewer, page.mission))
    form = StepBackForm(
        shown, functions, page.mission.ladder, request.POST or None, today_initial(page.today)
    )
    standard = standard_at(page.viewer, page.mission, page.today)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if standard is None:
            form.add_error(None, _("No standard is in force."))
        else:
            try:
                decision = actions.propose_step_back(
                    actor=page.viewer,
                    responsibility=next(f for f in functions if str(f.pk) == values["function"]),
                    standard=standard,
                    lead=values["target"],
                    effective_on=values["effective_on"],
                    reason=values["reason"],
                    area=areas(page.viewer, page.mission).get(pk=values["area"]),
                )
            except NotAllowed as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(
                    request, _("The step back waits for the signatures of all parties.")
                )
                return redirect("assessment", mission=mission, pk=decision.assessment_id)
    context = page.context(
        place="board",
        title=_("Step back"),
        purpose=_("Give a lead back to an earlier step. No criteria are asked, only a reason."),
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        form=form,
    )
    return render(request, "readiness/step_back.html", context)


def close_condition(request: HttpRequest, mission: str, pk: int) -> HttpResponse:
    """Marks a condition as met, with what shows it."""
    page = open_page(request, mission)
    condition = open_conditions(page.viewer, page.mission).filter(pk=pk).first()
    if condition is None:
        raise NoSuchRecord(_("No such open condition."))
    require(page.viewer, "readiness.assess", page.mission.pk)
    form = CloseConditionForm(request.POST or None, initial={"closed_on": page.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_condition(actor=page.viewer, condition=condition, **form.cleaned_data)
        except NotAllowed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The condition is closed."))
            return redirect("assessment", mission=mission, pk=condition.assessment_id)
    context = page.context(
        place="board",
        title=_("Close a condition"),
        purpose=condition.action,
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        form=form,
        condition=condition,
    )
    return render(request, "readiness/condition_close.html", context)
