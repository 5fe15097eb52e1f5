"""A possible match side by side with who was asked for, its judgements, and tasks."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.policy import Marking, require, restricted
from primacy.rooms.places.facade import open_page
from primacy.rooms.screening.actions import close_task, judge
from primacy.rooms.screening.asked import read_asked
from primacy.rooms.screening.beside import other_cells, rows_beside
from primacy.rooms.screening.errors import BadJudgement
from primacy.rooms.screening.forms import JudgementForm, OutcomeForm
from primacy.rooms.screening.queries import (
    SEE,
    judgements_of,
    passes,
    possible_match,
    screening,
    task,
)
from primacy.rooms.screening.wording import match_name, source_name


def match_page(request: HttpRequest, mission: str, pk: uuid.UUID, match: uuid.UUID) -> HttpResponse:
    """One possible match: both records, what speaks for and against, and the judgement."""
    page = open_page(request, mission)
    require(page.viewer, SEE, page.mission.pk)
    of = screening(page.viewer, page.mission, pk)
    found = possible_match(page.viewer, of, match)
    may_decide = page.viewer.has("screening.decide", page.mission.pk)
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            judge(actor=page.viewer, match=found, **form.cleaned_data)
        except BadJudgement as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your judgement is on record."))
            return redirect("screening", mission=mission, pk=pk)
    asked = read_asked(found.line.asked)
    title = f"{_('Screening')} {of.number}"
    context = page.context(
        place="screenings",
        title=_("Possible match: %(name)s") % {"name": found.line.name},
        purpose=_("Look at both, then say whether they are the same, and why."),
        crumbs=[
            (_("Screening"), reverse("screenings", args=[mission])),
            (title, reverse("screening", args=[mission, pk])),
        ],
        marking=Marking(of.marking),
        screening=of,
        match=found,
        name=match_name(found),
        source=source_name(found.source),
        restricted=restricted().text if found.hidden else "",
        rows=[] if found.hidden else rows_beside(page.viewer, page.mission, asked, found),
        others=other_cells(asked),
        judgements=judgements_of(page.viewer, found),
        searched=[one for one in passes(page.viewer, of) if one.pk == found.search_pass_id],
        form=form,
        may_decide=may_decide and not found.hidden and found.replaced_by_id is None,
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "screening/match.html", context, status=status)


@require_POST
def task_done(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Closes a task with what came of it."""
    page = open_page(request, mission)
    require(page.viewer, "screening.decide", page.mission.pk)
    found = task(page.viewer, page.mission, pk)
    form = OutcomeForm(request.POST)
    outcome = form.cleaned_data["outcome"] if form.is_valid() else ""
    close_task(actor=page.viewer, task=found, outcome=outcome)
    messages.success(request, _("Done, and on record."))
    return redirect("screenings", mission=mission)
