"""Rounds: all of them, one with what was brought, and the three counts by unit."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.kernels.flags import RULES
from primacy.platform.exports import table_response
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.jobs.worker import run_next, wake
from primacy.platform.policy import Marking, held_aside, require
from primacy.rooms.census.actions import open_round
from primacy.rooms.census.errors import BadRound
from primacy.rooms.census.exports import SHEET_COLUMNS, cause_words, sheet_rows
from primacy.rooms.census.forms import CloseForm, RoundForm
from primacy.rooms.census.imports.kinds import FILE_KINDS
from primacy.rooms.census.models import EnrolmentRound, QuestionState
from primacy.rooms.census.queries import (
    VIEW,
    head_counts,
    number_ranges,
    pay_rolls,
    questions,
    roll,
    round_by_id,
    rounds,
)
from primacy.rooms.census.reading import Sheet, UnitCounts, sheet_of
from primacy.rooms.census.views.questions import highest
from primacy.rooms.census.work import PUT_QUESTIONS
from primacy.rooms.places.facade import Page, open_page

UNITS_A_PAGE = 60


def overview(request: HttpRequest, mission: str) -> HttpResponse:
    """The mission's rounds, and the form for another."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    form = RoundForm(request.POST or None) if may_keep else None
    if form is not None and request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "marking": Marking(form.cleaned_data["marking"])}
        try:
            made = open_round(actor=page.viewer, mission=page.mission, **values)
        except BadRound as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The round is open."))
            return redirect("census-round", mission=mission, pk=made.pk)
    found = list(rounds(page.viewer, page.mission))
    context = page.context(
        place="census",
        title=_("Census"),
        purpose=_("Who is on the roll, who was seen, who was paid; and what does not fit."),
        marking=highest(found),
        lines=[_line(page, row) for row in found],
        form=form,
    )
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, "census/overview.html", context, status=status)


def _line(page: Page, row: EnrolmentRound) -> dict[str, object]:
    """A round with how much was brought and how many questions wait."""
    with held_aside():
        waiting = (
            questions(page.viewer, page.mission)
            .filter(round=row)
            .exclude(state__in=[QuestionState.SETTLED, QuestionState.WITHDRAWN])
        )
        return {
            "row": row,
            "roll": roll(page.viewer, row).count(),
            "head_counts": head_counts(page.viewer, row).count(),
            "pay_rolls": pay_rolls(page.viewer, row).count(),
            "waiting": waiting.count(),
        }


def round_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One round: what was brought, by month, and what can be asked of it."""
    page = open_page(request, mission)
    row = round_by_id(page.viewer, page.mission, pk)
    line = _line(page, row)
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    with held_aside():
        no_unit = roll(page.viewer, row).filter(unit__isnull=True).count()
    context = page.context(
        place="census",
        title=row.name,
        purpose=_("One registration of a force: what was brought, and what can be asked of it."),
        crumbs=[(_("Census"), reverse("census", args=[mission]))],
        marking=Marking(row.marking),
        line=line,
        no_unit=no_unit,
        months=_months(page, row),
        ranges=list(number_ranges(page.viewer, page.mission)),
        kinds=list(FILE_KINDS.values()),
        may_keep=may_keep,
        may_import=page.viewer.has("imports.run", page.mission.pk),
        rules=len(RULES),
        close_form=CloseForm() if may_keep and row.is_open else None,
    )
    return render(request, "census/round.html", context)


def _months(page: Page, row: EnrolmentRound) -> list[dict[str, object]]:
    """Months with a head count or a pay roll, the newest first."""
    counted: dict[dt.date, int] = {}
    for day in head_counts(page.viewer, row).values_list("day", flat=True):
        counted[day.replace(day=1)] = counted.get(day.replace(day=1), 0) + 1
    paid = dict(pay_rolls(page.viewer, row).annotate(n=Count("lines")).values_list("month", "n"))
    return [
        {"month": month, "counts": counted.get(month, 0), "lines": paid.get(month, 0)}
        for month in sorted({*counted, *paid}, reverse=True)
    ]


@require_POST
def ask(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Runs the rules as long work, which puts the new questions."""
    page = open_page(request, mission)
    require(page.viewer, "census.keep", page.mission.pk)
    row = round_by_id(page.viewer, page.mission, pk)
    asked = ask_for_work(
        actor=page.viewer,
        kind=PUT_QUESTIONS,
        title=_("Questions of %(round)s") % {"round": row.name},
        mission_id=page.mission.pk,
        arguments={
            "mission": str(page.mission.pk),
            "round": str(row.pk),
            "from": reverse("census-round", args=[mission, row.pk]),
        },
    )
    if settings.PRIMACY_JOBS == "inline":
        run_next()
    else:
        wake.set()
    return redirect("job", mission=mission, pk=asked.pk)


def counts(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Assigned, present and paid of each unit in a month."""
    page = open_page(request, mission)
    row = round_by_id(page.viewer, page.mission, pk)
    months = _months(page, row)
    month = _month(request, months)
    sheet = sheet_of(page.viewer, row, month) if month else None
    leaf = Paginator(sheet.units if sheet else [], UNITS_A_PAGE).get_page(request.GET.get("page"))
    context = page.context(
        place="census",
        title=_("Assigned, present, paid"),
        purpose=_("Three counts of each unit. Each difference is put down to causes, exactly."),
        crumbs=[
            (_("Census"), reverse("census", args=[mission])),
            (row.name, reverse("census-round", args=[mission, row.pk])),
        ],
        marking=Marking(row.marking),
        round=row,
        sheet=sheet,
        month=month,
        months=months,
        leaf=leaf,
        lines=[_classes(line) for line in leaf],
    )
    return render(request, "census/counts.html", context)


def _classes(line: UnitCounts) -> dict[str, object]:
    """A unit with the classes of its differences in words."""
    counts = line.counts
    return {
        "line": line,
        "counts": counts,
        "absent": cause_words(counts.assigned_present),
        "unseen": cause_words(counts.paid_present),
        "unpaid": cause_words(counts.paid_assigned),
    }


def export(request: HttpRequest, mission: str, pk: uuid.UUID, form: str) -> HttpResponseBase:
    """The three counts of a month as CSV or XLSX."""
    page = open_page(request, mission)
    row = round_by_id(page.viewer, page.mission, pk)
    month = _month(request, _months(page, row))
    sheet = sheet_of(page.viewer, row, month) if month else Sheet(row.census_day, [], 0, 0)
    return table_response(
        form,
        name=f"census-{page.mission.code}-{sheet.month:%Y-%m}",
        columns=SHEET_COLUMNS,
        rows=sheet_rows(sheet),
    )


def _month(request: HttpRequest, months: list[dict[str, object]]) -> dt.date | None:
    """The month asked for, or the newest; None where there is none. 404 for no month at all."""
    asked = request.GET.get("month", "")
    if not asked:
        newest = months[0]["month"] if months else None
        return newest if isinstance(newest, dt.date) else None
    try:
        return dt.date.fromisoformat(f"{asked[:7]}-01")
    except ValueError as problem:
        raise Http404(_("This is no month. Write it as 2026-05.")) from problem
