"""One case: where it stands, what holds it back, what was said of it, and what is done to it."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.actions.moves import BY_OWN_ACT, move_case
from primacy.rooms.support.deeds import DEEDS, Deed
from primacy.rooms.support.errors import MoveRefused, NotCleared, SupportError
from primacy.rooms.support.forms_case import CaseForm, ReasonForm
from primacy.rooms.support.models import CaseState, SupportCase, SupportKind
from primacy.rooms.support.queries import case_by_id
from primacy.rooms.support.reading import Act, CaseReading, case_reading
from primacy.rooms.support.rules import RIGHTS

DEED_OF = {
    "approve": "decide", "approve_with_conditions": "decide", "refuse": "decide",
    "defer": "decide", "suspend": "suspend", "withdraw": "withdraw", "intercede": "intercede",
}  # fmt: skip
"""Moves that come with a deed of their own; suspensions are lifted on the stop list."""


@dataclass(frozen=True)
class ActForm:
    """An act from here; its form with a reason, where it needs no other; whether it was tried."""

    act: Act
    form: CaseForm | None
    tried: bool
    elsewhere: str = ""
    """Where it is done with a form of its own."""


@dataclass(frozen=True)
class DeedForm:
    """A deed with its form; `reasons` hold back the move that comes with it."""

    code: str
    deed: Deed
    form: CaseForm
    reasons: tuple[str, ...]
    tried: bool


def case_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One case."""
    page = open_page(request, mission)
    return _shown(request, page, case_by_id(page.viewer, page.mission, pk))


@require_POST
def do(request: HttpRequest, mission: str, pk: uuid.UUID, what: str) -> HttpResponse:
    """Moves the case, or does one of the deeds; what was refused stays on the page as typed."""
    page = open_page(request, mission)
    case = case_by_id(page.viewer, page.mission, pk)
    deed = DEEDS.get(what)
    if deed is not None:
        held = [right for right in deed.rights if page.viewer.has(right, page.mission.pk)]
        require(page.viewer, (held or deed.rights)[0], page.mission.pk)
        form = deed.form(page.viewer, case, request.POST, what)
    elif what in RIGHTS and what not in BY_OWN_ACT:
        require(page.viewer, RIGHTS[what], page.mission.pk)
        form = ReasonForm(page.viewer, case, request.POST, what)
    else:
        raise Http404(_("There is no such act."))
    if not form.is_valid():
        return _shown(request, page, case, form)
    try:
        said = deed.run(page.viewer, case, form) if deed is not None else _move(page, form, what)
    except SupportError as problem:
        _say_against(form, problem)
        return _shown(request, page, case_by_id(page.viewer, page.mission, pk), form)
    messages.success(request, said)
    return redirect("support-case", mission=mission, pk=pk)


def _move(page: Page, form: CaseForm, act: str) -> str:
    reason = form.cleaned_data["reason"]
    case = move_case(actor=page.viewer, case=form.case, act=act, reason=reason)
    return _("The case is now “%(state)s”.") % {"state": case.get_state_display()}


def _say_against(form: CaseForm, problem: SupportError) -> None:
    """Nothing; puts each reason of a refusal beside the form."""
    reasons = problem.reasons if isinstance(problem, MoveRefused | NotCleared) else [str(problem)]
    for text in reasons:
        form.add_error(None, text)


def _shown(
    request: HttpRequest, page: Page, case: SupportCase, bound: CaseForm | None = None
) -> HttpResponse:
    """The page of a case; a form that was refused stands on it with what was typed."""
    reading = case_reading(page.viewer, case)
    mission = page.mission.code
    draft = case.state == CaseState.DRAFT
    may_request = page.viewer.has("support.request", case.mission_id)
    scoped = case.state == CaseState.SUBMITTED
    context = page.context(
        place="support",
        title=_("Case %(number)d: %(title)s") % {"number": case.number, "title": case.title},
        purpose=_("One request for support, from the request to its end."),
        crumbs=[(_("Support"), reverse("support", args=[mission]))],
        marking=Marking(max([case.marking, *(task.marking for task in reading.tasks)])),
        case=case,
        reading=reading,
        acts=_acts(page, reading, bound),
        deeds=_deeds(page, reading, bound),
        lost=bound if bound is not None and not _has_place(page, reading, bound) else None,
        may_edit=draft and may_request,
        may_scope=scoped and page.viewer.has("support.validate", case.mission_id),
        may_screen=case.state == CaseState.SCREENING
        and page.viewer.has("support.screen", case.mission_id),
        further=further_pages(mission, case),
    )
    return render(request, "support/case.html", context, status=400 if bound else 200)


def _acts(page: Page, reading: CaseReading, bound: CaseForm | None) -> list[ActForm]:
    found = []
    for act in reading.acts:
        tried = bound is not None and bound.prefix == act.code and not act.own_form
        form = bound if tried else ReasonForm(page.viewer, reading.case, prefix=act.code)
        if act.own_form:
            found.append(ActForm(act, None, False, _place_of(page, act)))
        else:
            found.append(ActForm(act, form, tried))
    return found


def _place_of(page: Page, act: Act) -> str:
    """The address of the form with which an act is done."""
    if act.code in DEED_OF:
        return f"#deed-{DEED_OF[act.code]}"
    try:
        return reverse("support-stops", args=[page.mission.code])
    except NoReverseMatch:
        return ""


def _deeds(page: Page, reading: CaseReading, bound: CaseForm | None) -> list[DeedForm]:
    """The deeds that are open to the viewer now and have something to be about."""
    against = {act.code: act.reasons for act in reading.acts}
    found = []
    for code, deed in DEEDS.items():
        if not deed.open_to(page.viewer, reading.case):
            continue
        tried = bound is not None and bound.prefix == code
        form = bound if tried and bound else deed.form(page.viewer, reading.case, prefix=code)
        if form.usable:
            found.append(DeedForm(code, deed, form, against.get(deed.act, ()), tried))
    return found


def _has_place(page: Page, reading: CaseReading, bound: CaseForm) -> bool:
    """True where the form that was refused still stands on the page."""
    codes = {act.code for act in reading.acts if not act.own_form}
    codes |= {one.code for one in _deeds(page, reading, bound)}
    return bound.prefix in codes


def further_pages(mission: str, case: SupportCase) -> list[tuple[str, str]]:
    """Other pages that bear on a case, as far as this site has them."""
    found = []
    if case.kind == SupportKind.JOINT_OPERATION:
        address = reverse("support-joint", args=[mission, case.pk])
        found.append((_("Joint operations sheet"), address))
    for name, label in (
        ("support-deliveries", _("Deliveries")),
        ("support-stops", _("Stop list")),
        ("support-inbox", _("What is open to be looked at")),
        ("support-report", _("Report")),
    ):
        try:
            found.append((label, f"{reverse(name, args=[mission])}?case={case.number}"))
        except NoReverseMatch:
            continue
    return found
