"""Assessments: the list, opening one, the page with its criteria, and its acts."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.kernels.readiness import CriterionResult, Lead, next_lead
from primacy.platform.exports import table_response
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, areas, open_page
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.actions.assessments import against_seat
from primacy.rooms.readiness.actions.decisions import against_signature, reasons_against, signing_of
from primacy.rooms.readiness.board import board_areas, responsibilities, standard_at
from primacy.rooms.readiness.errors import BadObservation, NotAllowed
from primacy.rooms.readiness.evidence import EvidenceItem, criteria_for
from primacy.rooms.readiness.exports import ASSESSMENT_COLUMNS, assessment_rows
from primacy.rooms.readiness.forms import (
    ConditionForm,
    EvidenceSheet,
    OpenAssessmentForm,
    ProposalForm,
    ReasonForm,
    RemarkForm,
    SignatureForm,
    today_initial,
)
from primacy.rooms.readiness.ledger import open_ledger
from primacy.rooms.readiness.models import Assessment, Decision, StandardCriterion
from primacy.rooms.readiness.queries import assessment_by_id, assessments, decisions
from primacy.rooms.readiness.reading import AssessmentReading, current_lead, read_assessment
from primacy.rooms.readiness.rules import Seating, equal_seats, ladder_of, right_for, still_needed


@dataclass(frozen=True)
class CriterionLine:
    """One criterion on the page: the standard's row, its result, the evidence behind it."""

    row: StandardCriterion
    result: CriterionResult
    evidence: tuple[EvidenceItem, ...]
    binding: bool


@dataclass(frozen=True)
class DecisionLine:
    """One decision on the page: what is still missing, and whether this viewer can sign."""

    decision: Decision
    needed: list[str]
    against_me: list[str]


def assessment_list(request: HttpRequest, mission: str) -> HttpResponse:
    """All assessments up to the day."""
    page = open_page(request, mission)
    context = page.context(
        place="board",
        title=_("Assessments"),
        purpose=_("Joint readings of one step each, with their evidence and their decision."),
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        assessments=assessments(page.viewer, page.mission).filter(as_of__lte=page.as_of),
        may_assess=page.viewer.has("readiness.assess", page.mission.pk)
        and not page.mission.is_case,
    )
    return render(request, "readiness/assessments.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """All assessments up to the day as CSV or XLSX."""
    page = open_page(request, mission)
    rows = assessments(page.viewer, page.mission).filter(as_of__lte=page.as_of)
    return table_response(
        form,
        name=f"assessments-{page.mission.code}-{page.as_of.isoformat()}",
        columns=ASSESSMENT_COLUMNS,
        rows=assessment_rows(rows),
    )


def new_assessment(request: HttpRequest, mission: str) -> HttpResponse:
    """Opens an assessment for one step; area and responsibility may come from a board cell."""
    page = open_page(request, mission)
    viewer = page.viewer
    require(viewer, "readiness.assess", page.mission.pk)
    functions = responsibilities(viewer, page.mission, page.today)
    ledger = open_ledger(viewer, page.mission)
    shown = board_areas(viewer, page.mission, ledger)
    start_area = next((a for a in shown if a.code == request.GET.get("area")), None)
    start_function = next(
        (f for f in functions if f.code == request.GET.get("responsibility")), None
    )
    initial: dict[str, object] = {}
    if start_area and start_function:
        lead = ledger.at(("area", start_area.pk), start_function.pk, page.today).at.lead
        initial = {"area": str(start_area.pk), "function": str(start_function.pk)}
        if lead:
            initial["target"] = next_lead(lead, ladder_of(page.mission.ladder))
    form = OpenAssessmentForm(
        shown,
        functions,
        page.mission.ladder,
        request.POST or None,
        today_initial(page.today, **initial),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        standard = standard_at(viewer, page.mission, values["as_of"])
        if standard is None:
            form.add_error("as_of", _("No standard was in force on this day."))
        else:
            try:
                made = actions.open_assessment(
                    actor=viewer,
                    responsibility=next(f for f in functions if str(f.pk) == values["function"]),
                    target_lead=values["target"],
                    standard=standard,
                    as_of=values["as_of"],
                    area=areas(viewer, page.mission).get(pk=values["area"]),
                )
            except NotAllowed as problem:
                form.add_error(None, str(problem))
            else:
                return redirect("assessment", mission=mission, pk=made.pk)
    context = page.context(
        place="board",
        title=_("Open an assessment"),
        purpose=_("One area, one responsibility, one step; evidence up to a day counts."),
        crumbs=[(_("Assessments"), reverse("assessments", args=[mission]))],
        form=form,
    )
    return render(request, "readiness/assessment_new.html", context)


def assessment_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """The criteria with their results, the team, remarks, conditions and the decision."""
    page = open_page(request, mission)
    row = assessment_by_id(page.viewer, page.mission, pk)
    return _render(request, page, row)


def enter_evidence(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One side's sheet: several criteria, one method, one day; all lines or none are entered."""
    page = open_page(request, mission)
    row = assessment_by_id(page.viewer, page.mission, pk)
    require(page.viewer, "readiness.observe", page.mission.pk)
    default = {"force": "self", "ministry": "self"}.get(page.viewer.party, "field")
    mine: list[StandardCriterion] = []
    others: list[StandardCriterion] = []
    for criterion in _criteria(row):
        allowed = page.viewer.has(right_for(criterion.indicator), page.mission.pk)
        (mine if allowed else others).append(criterion)
    form = EvidenceSheet(mine, request.POST or None, today_initial(page.today, method=default))
    if request.method == "POST" and form.is_valid():
        try:
            _enter(page, row, form)
        except BadObservation as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("%(entries)s values were entered.") % {"entries": len(form.entries())}
            )
            return redirect("assessment", mission=mission, pk=pk)
    context = page.context(
        place="board",
        title=_("Evidence sheet: %(subject_name)s") % {"subject_name": row.subject_name},
        purpose=_("%(responsibility)s. Leave a line empty where nothing was seen.")
        % {"responsibility": row.responsibility.name},
        crumbs=_crumbs(mission, row),
        form=form,
        assessment=row,
        entered_by_others=others,
    )
    return render(request, "readiness/evidence_sheet.html", context)


def _enter(page: Page, row: Assessment, form: EvidenceSheet) -> None:
    values = form.cleaned_data
    with transaction.atomic():
        for entry in form.entries():
            actions.observe(
                actor=page.viewer,
                mission=page.mission,
                area=row.area,
                unit=row.unit,
                indicator=entry.indicator,
                method=values["method"],
                observed_on=values["observed_on"],
                source_title=values["source"],
                value=entry.value,
                numerator=entry.numerator,
                denominator=entry.denominator,
                low=entry.low,
                high=entry.high,
                marking=Marking.INTERNAL,
            )


@require_POST
def act(request: HttpRequest, mission: str, pk: uuid.UUID, act: str) -> HttpResponse:
    """Seat, remark, condition, freeze, propose or withdraw; refusals stay on the page."""
    page = open_page(request, mission)
    row = assessment_by_id(page.viewer, page.mission, pk)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](request, page, row)
    except NotAllowed as problem:
        return _render(request, page, row, refusal=problem, status=409)
    if isinstance(done, str):
        messages.success(request, done)
        return redirect(f"{reverse('assessment', args=[mission, pk])}")
    return _render(request, page, row, forms=done, status=422)


Outcome = str | Mapping[str, object]
"""What was done, in words, or the forms to show again."""


def _seat(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    actions.take_seat(actor=page.viewer, assessment=row)
    return _("You have a seat on the team.")


def _remark(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return {"remark_form": form}
    actions.add_remark(actor=page.viewer, assessment=row, text=form.cleaned_data["text"])
    return _("The remark is on the record.")


def _condition(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    form = ConditionForm(_conditionable(row), request.POST)
    if not form.is_valid():
        return {"condition_form": form}
    actions.plan_condition(actor=page.viewer, assessment=row, **form.cleaned_data)
    return _("The condition is set.")


def _freeze(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    actions.freeze_assessment(actor=page.viewer, assessment=row)
    return _("The evidence is frozen.")


def _propose(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return {"proposal_form": form}
    actions.propose_decision(actor=page.viewer, assessment=row, **form.cleaned_data)
    return _("The decision waits for the signatures of all parties.")


def _withdraw(request: HttpRequest, page: Page, row: Assessment) -> Outcome:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return {"withdraw_form": form}
    actions.withdraw_assessment(
        actor=page.viewer, assessment=row, reason=form.cleaned_data["reason"]
    )
    return _("The assessment is withdrawn.")


ACTS: dict[str, Callable[[HttpRequest, Page, Assessment], Outcome]] = {
    "seat": _seat,
    "remark": _remark,
    "condition": _condition,
    "freeze": _freeze,
    "propose": _propose,
    "withdraw": _withdraw,
}


def _render(
    request: HttpRequest,
    page: Page,
    row: Assessment,
    refusal: NotAllowed | None = None,
    forms: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    # Asked for in several places below: read once.
    prefetch_related_objects([row], "standard__criteria", "conditions")
    reading = read_assessment(page.viewer, row)
    ages = [(row.as_of - item.evidence.observed_on).days for item in reading.items]
    viewer = page.viewer
    context = page.context(
        place="board",
        title=row.subject_name,
        purpose=(
            _(
                "%(responsibility)s: step to '%(replace)s', evidence up to %(as_of)s, "
                "under %(label)s."
            )
            % {
                "responsibility": row.responsibility.name,
                "replace": row.target_lead.replace("_", " "),
                "as_of": long_day(row.as_of),
                "label": row.standard.label,
            }
        ),
        crumbs=_crumbs(page.mission.code, row)[:-1],
        marking=Marking(row.marking),
        evidence_ages=(min(ages), max(ages)) if ages else None,
        shows_evidence=True,
        assessment=row,
        reading=reading,
        result=reading.result,
        lines=_lines(row, reading),
        seats=_seats(row),
        seat_reasons=_seat_reasons(row),
        may_take_seat=viewer.has("readiness.assess", page.mission.pk)
        and not against_seat(viewer, row),
        remarks=row.remarks.select_related("account"),
        conditions=row.conditions.all(),
        decisions=_decisions(page, row),
        current=current_lead(viewer, row, page.today),
        target=Lead(row.target_lead),
        decision_reasons=reasons_against(viewer, row, page.today) if row.state == "frozen" else [],
        may_observe=viewer.has("readiness.observe", page.mission.pk),
        may_assess=viewer.has("readiness.assess", page.mission.pk),
        refusal=refusal,
        **(_fresh_forms(page, row) | dict(forms or {})),
    )
    return render(request, "readiness/assessment.html", context, status=status)


def _fresh_forms(page: Page, row: Assessment) -> dict[str, object]:
    return {
        "remark_form": RemarkForm(),
        "condition_form": ConditionForm(_conditionable(row)),
        "proposal_form": ProposalForm(initial=today_initial(page.today)),
        "withdraw_form": ReasonForm(),
        "signature_form": SignatureForm(),
    }


def _criteria(row: Assessment) -> list[StandardCriterion]:
    return criteria_for(row.standard.criteria.all(), row.responsibility.code, row.target_lead)


def _conditionable(row: Assessment) -> list[tuple[str, str]]:
    """Criteria a condition may stand for: all but the gates."""
    return [(c.code, c.label) for c in _criteria(row) if not c.gate]


def _lines(row: Assessment, reading: AssessmentReading) -> list[CriterionLine]:
    """The criteria, the binding one first, then gates, then the order of the standard."""
    by_code = {c.code: c for c in _criteria(row)}
    lines = [
        CriterionLine(
            row=by_code[result.criterion.code],
            result=result,
            evidence=tuple(
                item
                for item in reading.items
                if item.evidence.indicator == result.criterion.indicator
            ),
            binding=result.criterion.code == reading.result.binding,
        )
        for result in reading.result.results
    ]
    return sorted(lines, key=lambda line: (not line.binding, not line.row.gate, line.row.position))


def _seats(row: Assessment) -> list[tuple[str, list[str], int]]:
    """For each party the names seated and the seats still free."""
    taken = list(row.seats.select_related("account"))
    per_party = row.standard.seats_per_party
    table = []
    for party in row.standard.parties:
        names = [seat.account.name for seat in taken if seat.party == party]
        table.append((party, names, max(0, per_party - len(names))))
    return table


def _seat_reasons(row: Assessment) -> list[str]:
    counts: dict[str, int] = {}
    for party in row.seats.values_list("party", flat=True):
        counts[party] = counts.get(party, 0) + 1
    return equal_seats(Seating(counts, row.standard.parties, row.standard.seats_per_party))


def _decisions(page: Page, row: Assessment) -> list[DecisionLine]:
    lines = []
    for decision in decisions(page.viewer, page.mission).filter(assessment=row):
        # The assessment is at hand, with its criteria and conditions.
        decision.assessment = row
        needed = still_needed(signing_of(decision))
        lines.append(DecisionLine(decision, needed, against_signature(page.viewer, decision)))
    return lines


def _crumbs(mission: str, row: Assessment) -> list[tuple[str, str]]:
    return [
        (_("Board"), reverse("board", args=[mission])),
        (_("Assessments"), reverse("assessments", args=[mission])),
        (row.subject_name, reverse("assessment", args=[mission, row.pk])),
    ]
