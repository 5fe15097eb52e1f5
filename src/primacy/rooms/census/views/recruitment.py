"""Recruitment: the classes, and one with its funnel, representation and objections."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.kernels.recruitment import ALL
from primacy.platform.exports import table_response
from primacy.platform.policy import Denied, Marking, require
from primacy.rooms.census.actions import (
    cancel_cohort,
    confirm_cohort,
    decide_objection,
    open_objection_window,
    receive_objection,
    record_stage,
    start_cohort,
)
from primacy.rooms.census.actions.recruitment import confirmation_of
from primacy.rooms.census.errors import BadCohort
from primacy.rooms.census.exports import FUNNEL_COLUMNS, funnel_rows
from primacy.rooms.census.forms import (
    CancelForm,
    CohortForm,
    DecideForm,
    ObjectionForm,
    StageForm,
    WindowForm,
)
from primacy.rooms.census.group_words import GROUP_WORDS, in_order
from primacy.rooms.census.models import PublicObjection, RecruitmentCohort
from primacy.rooms.census.models.cohort import STAGES
from primacy.rooms.census.queries import VIEW, cohort_by_code, cohorts, objections
from primacy.rooms.census.recruitment import (
    REGION,
    SEX,
    FunnelReading,
    cohort_representation,
    funnel_of,
)
from primacy.rooms.census.rules import against_confirming
from primacy.rooms.census.views.questions import highest
from primacy.rooms.places.facade import Page, open_page

STAGE_WORDS = dict(STAGES)


def overview(request: HttpRequest, mission: str) -> HttpResponse:
    """The classes of recruits, and the form for another."""
    page = open_page(request, mission)
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    form = CohortForm(request.POST or None) if may_keep else None
    if request.method == "POST":
        require(page.viewer, "census.keep", page.mission.pk)
    if form is not None and request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["marking"]
        marking = Marking.INTERNAL if asked == "" else Marking(asked)
        values = {**form.cleaned_data, "marking": marking}
        try:
            made = start_cohort(actor=page.viewer, mission=page.mission, **values)
        except BadCohort as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The class is on record."))
            return redirect("cohort", mission=mission, code=made.code)
    context = page.context(
        place="recruitment",
        title=_("Recruitment"),
        purpose=_("Who applied, who was taken, where a group drops out, what people objected."),
        rows=list(cohorts(page.viewer, page.mission)),
        form=form,
    )
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, "census/recruitment.html", context, status=status)


def cohort(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """One class of recruits."""
    page = open_page(request, mission)
    row = cohort_by_code(page.viewer, page.mission, code)
    return _shown(request, page, row)


def _shown(
    request: HttpRequest,
    page: Page,
    row: RecruitmentCohort,
    bound: forms.Form | None = None,
) -> HttpResponse:
    """The page of a class; a form that was refused stands on it with what was typed."""
    reading = funnel_of(page.viewer, row)
    window = PublicObjection.objects.filter(cohort=row).first()
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    sees = page.viewer.has(VIEW, page.mission.pk)
    received = list(objections(page.viewer, row)) if sees else None
    context = page.context(
        place="recruitment",
        title=row.name,
        purpose=_("One class of recruits, from the advert to its confirmation."),
        crumbs=[(_("Recruitment"), reverse("recruitment", args=[page.mission.code]))],
        marking=highest([row, *(received or [])]),
        row=row,
        reading=reading,
        table=_table(reading) if reading else None,
        steps=_steps(reading) if reading else [],
        sexes=_groups(page, row, SEX),
        regions=_groups(page, row, REGION),
        window=window,
        objections=received,
        against=against_confirming(confirmation_of(row)) if may_keep else [],
        forms=_forms(row, window, bound) if may_keep else {},
        decide=DecideForm(),
    )
    return render(request, "census/cohort.html", context, status=400 if bound else 200)


def _groups(page: Page, row: RecruitmentCohort, by: str) -> list[dict[str, object]]:
    """Groups of one kind beside the population, with shares in percent."""
    found: list[dict[str, object]] = []
    readings = cohort_representation(page.viewer, row, by)
    for one in sorted(readings, key=lambda reading: in_order(reading.group)):
        figure = one.figure
        found.append(
            {
                "word": GROUP_WORDS.get(one.group, one.group),
                "reading": one,
                "share": 100 * figure.force_share.value if figure else None,
                "population": 100 * figure.population_share if figure else None,
            }
        )
    return found


def _forms(
    row: RecruitmentCohort, window: PublicObjection | None, bound: forms.Form | None
) -> dict[str, forms.Form]:
    """The forms a class knows now, by what they do."""
    if row.state != "open":
        return {}
    found: dict[str, forms.Form] = {"stage": StageForm(prefix="stage")}
    if window is None:
        found["window"] = WindowForm(prefix="window")
    else:
        found["objection"] = ObjectionForm(prefix="objection")
    found["cancel"] = CancelForm(prefix="cancel")
    if bound is not None and bound.prefix:
        found[bound.prefix] = bound
    return found


def _table(reading: FunnelReading) -> dict[str, object]:
    """Stages as rows; all, each sex and each region as columns."""
    cells = {cell for _stage, cell in reading.shown.reached}
    columns = [cell for cell in sorted(cells) if cell.count(ALL)]
    columns.sort(key=lambda cell: (-cell.count(ALL), cell[0] == ALL, in_order(cell[0]), cell))
    heads = [
        _("All") if cell == (ALL, ALL) else GROUP_WORDS.get(cell[0], cell[1]) for cell in columns
    ]
    rows = [
        {
            "stage": STAGE_WORDS[stage],
            "values": [reading.shown.reached[stage, cell] for cell in columns],
        }
        for stage in reading.stages
    ]
    return {"heads": heads, "rows": rows}


def _steps(reading: FunnelReading) -> list[dict[str, object]]:
    """Where a group went on less often than the others, for the team; the widest gap first."""
    found: list[dict[str, object]] = []
    for whole in (reading.by_sex, reading.by_region):
        for step in whole.steps if whole else ():
            if step.dropped is None or step.against_others is None:
                continue
            found.append(
                {
                    "step": step,
                    "group": GROUP_WORDS.get(step.group, step.group),
                    "gap": step.against_others.value,
                    "stage": STAGE_WORDS[step.next_stage],
                    "dropped": 100 * step.dropped.value,
                    "low": 100 * step.dropped.low,
                    "high": 100 * step.dropped.high,
                }
            )
    return sorted(found, key=lambda one: cast("float", one["gap"]))


@require_POST
def act(request: HttpRequest, mission: str, code: str, what: str) -> HttpResponse:
    """One act on a class: count a stage, open the window, receive, decide, confirm, cancel."""
    page = open_page(request, mission)
    row = cohort_by_code(page.viewer, page.mission, code)
    require(page.viewer, "census.keep", page.mission.pk)
    form = _form_for(what, request)
    if form is not None and not form.is_valid():
        return _shown(request, page, row, form)
    try:
        said = _done(page, row, what, form)
    except BadCohort as problem:
        if form is None or form.prefix is None:
            messages.error(request, str(problem))
            return redirect("cohort", mission=mission, code=row.code)
        form.add_error(None, str(problem))
        return _shown(request, page, row, form)
    messages.success(request, said)
    return redirect("cohort", mission=mission, code=row.code)


def _form_for(what: str, request: HttpRequest) -> forms.Form | None:
    kinds: dict[str, type[forms.Form]] = {
        "stage": StageForm,
        "window": WindowForm,
        "objection": ObjectionForm,
    }
    if what in kinds:
        return kinds[what](request.POST, prefix=what)
    if what == "cancel":
        return CancelForm(request.POST, prefix=what)
    return DecideForm(request.POST) if what == "decide" else None


def _done(page: Page, row: RecruitmentCohort, what: str, form: forms.Form | None) -> str:
    """Does the act; what to say of it."""
    values = form.cleaned_data if form is not None else {}
    viewer = page.viewer
    match what:
        case "stage":
            record_stage(actor=viewer, cohort=row, stage=values["stage"], counts=values["counts"])
            return _("The counts are on record.")
        case "window":
            open_objection_window(actor=viewer, cohort=row, **values)
            return _("The window for objections is set.")
        case "objection":
            made = receive_objection(actor=viewer, window=_window(row), **values)
            return _("Received. Receipt to hand out: %(receipt)s") % {"receipt": made.receipt}
        case "decide":
            found = objections(viewer, row).filter(pk=values["objection"]).first()
            if found is None:
                raise Denied(_("This objection is not open to you. Nothing was recorded."))
            decide_objection(
                actor=viewer, objection=found, outcome=values["outcome"], reason=values["reason"]
            )
            return _("The outcome is on record.")
        case "confirm":
            confirm_cohort(actor=viewer, cohort=row)
            return _("The class is confirmed.")
        case "cancel":
            cancel_cohort(actor=viewer, cohort=row, reason=values["reason"])
            return _("The class is cancelled.")
    raise Http404(_("There is no such act."))


def _window(row: RecruitmentCohort) -> PublicObjection:
    found = PublicObjection.objects.filter(cohort=row).first()
    if found is None:
        raise BadCohort(_("This class has no window for objections yet."))
    return found


def export(request: HttpRequest, mission: str, code: str, form: str) -> HttpResponseBase:
    """The funnel of a class as CSV or XLSX, as far as this viewer may see it."""
    page = open_page(request, mission)
    row = cohort_by_code(page.viewer, page.mission, code)
    reading = funnel_of(page.viewer, row)
    return table_response(
        form,
        name=f"recruitment-{row.code}",
        columns=FUNNEL_COLUMNS,
        rows=funnel_rows(reading) if reading else (),
    )
