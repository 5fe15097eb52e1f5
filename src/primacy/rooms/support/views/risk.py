"""The risk form: one section an element, with the register's own record beside each question."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.support.actions.deciding import ASSESSABLE, assess_risk
from primacy.rooms.support.beside import Block, beside, by_who, highest
from primacy.rooms.support.elements import ELEMENTS, LIKELIHOODS, SEVERITIES
from primacy.rooms.support.errors import MoveRefused, SupportError
from primacy.rooms.support.forms_risk import Draft, RiskForm, drafts_for, inherited
from primacy.rooms.support.models import RiskAssessment, RiskLevel, SupportCase
from primacy.rooms.support.queries import assessments_of, case_by_id
from primacy.rooms.support.views.request import case_crumbs

ASSESS = "support.assess"


def risk(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """The form to fill in, or the newest version to read; every save is a version."""
    page = open_page(request, mission)
    case = case_by_id(page.viewer, page.mission, pk)
    versions = assessments_of(page.viewer, case)
    mine = [row for row in versions if row.round == case.round]
    version = mine[-1] if mine else None
    earlier = versions[-1] if versions and version is None else None
    drafts = drafts_for(case, version, earlier)
    if request.method == "POST":
        require(page.viewer, ASSESS, page.mission.pk)
    form = RiskForm(drafts, version, earlier, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = _saved(page, case, form)
        if said is not None:
            messages.success(request, said)
            return redirect("support-risk", mission=mission, pk=pk)
    found = beside(page.viewer, case)
    context = page.context(
        place="support",
        title=_("Risk assessment of case %(number)d") % {"number": case.number},
        purpose=_("Seven questions of the policy. Beside each stands what the register holds."),
        crumbs=case_crumbs(mission, case),
        marking=_marking(case, found),
        case=case,
        form=form,
        sections=_sections(case, form, drafts, found),
        matrix=_matrix(case),
        severities=SEVERITIES,
        version=version,
        versions=versions,
        may_assess=page.viewer.has(ASSESS, page.mission.pk) and case.state in ASSESSABLE,
    )
    return render(request, "support/risk.html", context, status=400 if form.errors else 200)


def _saved(page: Page, case: SupportCase, form: RiskForm) -> str | None:
    """What to say of the new version; None where it was refused, and the form says why."""
    try:
        row = assess_risk(
            actor=page.viewer,
            case=case,
            answers=form.answers(),
            risks=form.risks(),
            real_risk=form.cleaned_data["real_risk"],
        )
    except SupportError as problem:
        reasons = problem.reasons if isinstance(problem, MoveRefused) else [str(problem)]
        for text in reasons:
            form.add_error(None, text)
        return None
    return _said(row)


def _said(row: RiskAssessment) -> str:
    if row.complete:
        return _("Saved as a version. The form is complete.")
    return _("Saved as a version. It still lacks: %(what)s.") % {"what": "; ".join(row.missing)}


def _marking(case: SupportCase, found: Mapping[str, tuple[Block, ...]]) -> Marking:
    """The highest marking of the case, its framework and all that is laid beside it."""
    framework = case.framework.marking if case.framework else 0
    return Marking(max([case.marking, framework, *(highest(one) for one in found.values())]))


def _sections(
    case: SupportCase,
    form: RiskForm,
    drafts: Mapping[str, Draft],
    found: Mapping[str, tuple[Block, ...]],
) -> list[dict[str, object]]:
    """Each element with its field, what it inherits, and what is on record beside it."""
    return [
        {
            "element": one,
            "field": form[f"answer_{one.code}"],
            "draft": drafts[one.code],
            "inherited": inherited(case, one),
            "beside": by_who(found[one.code]),
        }
        for one in ELEMENTS
    ]


def _matrix(case: SupportCase) -> list[dict[str, object]]:
    """The procedure's matrix, the most likely at the top, levels in words."""
    words = dict(LIKELIHOODS)
    rows = [
        {
            "number": number,
            "word": words.get(number, ""),
            "levels": [(level, RiskLevel(level).label) for level in levels],
        }
        for number, levels in enumerate(case.policy.matrix, 1)
    ]
    return rows[::-1]
