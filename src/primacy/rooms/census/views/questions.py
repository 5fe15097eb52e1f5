"""Questions: the list by due day, and one with what each side said."""

import uuid
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.kernels.flags import ENROLLED_TWICE, RULES, rule
from primacy.platform import clock
from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.platform.records import ProtectedRecord
from primacy.rooms.census.actions import (
    answer_question,
    contest_question,
    note_unheard,
    settle_question,
    withdraw_question,
)
from primacy.rooms.census.errors import BadQuestion
from primacy.rooms.census.exports import QUESTION_COLUMNS, question_rows
from primacy.rooms.census.forms import QuestionFilter, SayForm
from primacy.rooms.census.models import Question, QuestionState
from primacy.rooms.census.queries import VIEW, entries, question_by_id, questions, roll
from primacy.rooms.census.reading import STRANGER
from primacy.rooms.census.rules import QUESTION_MOVES, moves_from
from primacy.rooms.places.facade import Page, open_page

A_PAGE = 50
CLOSED = (QuestionState.SETTLED, QuestionState.WITHDRAWN)


def question_list(request: HttpRequest, mission: str) -> HttpResponse:
    """Questions put to offices, those due first at the top."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    form = QuestionFilter(request.GET or None)
    leaf = Paginator(_asked(page, form), A_PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    context = page.context(
        place="census",
        title=_("Questions"),
        purpose=_("What does not fit, put to an office. A question is never a finding."),
        crumbs=[(_("Census"), reverse("census", args=[mission]))],
        marking=highest(leaf),
        form=form,
        leaf=leaf,
        lines=[
            {
                "row": row,
                "rule": rule(row.rule),
                "late": row.state not in CLOSED and row.due_on < today,
            }
            for row in leaf
        ],
        rules=(*RULES, ENROLLED_TWICE),
    )
    return render(request, "census/questions.html", context)


def highest(rows: Iterable[ProtectedRecord]) -> Marking | None:
    """The highest marking among records that are shown; None where there are none."""
    return Marking(max(found)) if (found := [row.marking for row in rows]) else None


def _asked(page: Page, form: QuestionFilter) -> QuerySet[Question]:
    rows = questions(page.viewer, page.mission)
    if not form.is_valid():
        return rows
    if form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    if form.cleaned_data["rule"]:
        rows = rows.filter(rule=form.cleaned_data["rule"].strip())
    if form.cleaned_data["unit"]:
        rows = rows.filter(unit__code__iexact=form.cleaned_data["unit"].strip())
    return rows


def question(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One question: rule, reasons, peers, records, what each side said, and the next move."""
    page = open_page(request, mission)
    row = question_by_id(page.viewer, page.mission, pk)
    allowed = _allowed(page, row)
    form = SayForm(request.POST or None)
    form.fields["act"].choices = [  # type: ignore[attr-defined]
        one
        for one in form.fields["act"].choices  # type: ignore[attr-defined]
        if one[0] in allowed
    ]
    if request.method == "POST" and form.is_valid():
        try:
            _say(page, row, form)
        except BadQuestion as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("It is on record."))
            return redirect("census-question", mission=mission, pk=pk)
    known = rule(row.rule)
    context = page.context(
        place="census",
        title=str(known.title),
        purpose=_("A question to an office, with what each side said. It is no finding."),
        crumbs=[
            (_("Census"), reverse("census", args=[mission])),
            (_("Questions"), reverse("census-questions", args=[mission])),
        ],
        marking=Marking(row.marking),
        row=row,
        rule=known,
        subjects=_subjects(page, row),
        entries=list(entries(page.viewer, row)),
        form=form if allowed else None,
        late=row.state not in CLOSED and row.due_on < clock.today(),
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "census/question.html", context, status=status)


def _allowed(page: Page, row: Question) -> list[str]:
    """The moves this viewer may make now."""
    keeps = page.viewer.has("census.keep", page.mission.pk)
    answers = keeps or page.viewer.has("census.answer", page.mission.pk)
    acts = [
        act
        for act in moves_from(QUESTION_MOVES, row.state)
        if keeps or act in ("answer", "contest")
    ]
    if keeps and row.state not in CLOSED:
        acts.append("unheard")
    return acts if answers else []


def _say(page: Page, row: Question, form: SayForm) -> None:
    values, viewer = form.cleaned_data, page.viewer
    text, said_by = values["text"], values["said_by"]
    match values["act"]:
        case "answer":
            answer_question(actor=viewer, question=row, said_by=said_by, text=text)
        case "contest":
            contest_question(actor=viewer, question=row, said_by=said_by, text=text)
        case "unheard":
            note_unheard(actor=viewer, question=row, text=text)
        case "settle":
            settle_question(actor=viewer, question=row, outcome=values["outcome"], text=text)
        case "withdraw":
            withdraw_question(actor=viewer, question=row, text=text)


def _subjects(page: Page, row: Question) -> list[str]:
    """Persons and units as they are written, as far as they are open to the viewer."""
    names = subject_names(page, [row])
    return [names.get(one, _("not open to you")) for one in row.subjects]


def subject_names(page: Page, rows: Sequence[Question]) -> dict[str, str]:
    """Key of a subject → how it is written."""
    names: dict[str, str] = {}
    by_round: dict[uuid.UUID, tuple[Question, set[str]]] = {}
    for row in rows:
        by_round.setdefault(row.round_id, (row, set()))[1].update(row.subjects)
        if row.unit is not None:
            names[str(row.unit_id)] = row.unit.name
    for row, wanted in by_round.values():
        ids = [one for one in wanted if not one.startswith(STRANGER) and one not in names]
        for start in range(0, len(ids), 500):
            for member in roll(page.viewer, row.round).filter(pk__in=ids[start : start + 500]):
                names[str(member.pk)] = str(member)
        names |= {
            one: _("on no roll: %(key)s") % {"key": one.removeprefix(STRANGER)}
            for one in wanted
            if one.startswith(STRANGER)
        }
    return names


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The questions shown as CSV or XLSX."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    rows = list(_asked(page, QuestionFilter(request.GET or None)))
    return table_response(
        form,
        name=f"questions-{page.mission.code}",
        columns=QUESTION_COLUMNS,
        rows=question_rows(rows, subject_names(page, rows)),
    )
