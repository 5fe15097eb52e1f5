"""The screenings of a mission; one with its lines, as a page and as a file; undo and stop."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.screening.actions import stop_watching, undo_screening
from primacy.rooms.screening.asked import Asked, read_asked
from primacy.rooms.screening.exports import LINE_COLUMNS, line_rows
from primacy.rooms.screening.models import PossibleMatch, Screening, ScreeningLine, SearchPass
from primacy.rooms.screening.queries import (
    SEE,
    lines,
    lists_in_force,
    open_tasks,
    passes,
    rosters,
    screening,
    screenings,
)
from primacy.rooms.screening.wording import (
    Standing,
    judgement_of,
    match_name,
    outcome_words,
    pass_sentences,
    source_name,
    standing_of,
)

A_PAGE = 50
SHOWN_TASKS = 50


@dataclass(frozen=True)
class MatchLine:
    """A possible match as the table of a screening shows it."""

    match: PossibleMatch
    name: str
    source: str
    judged: str


@dataclass(frozen=True)
class Line:
    """A line as the page shows it: who, how it stands, in words, and the possible matches."""

    row: ScreeningLine
    asked: Asked
    standing: Standing
    words: str
    matches: list[MatchLine]


def screening_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The screenings, what there is to look at again, and the lists in force."""
    page = open_page(request, mission)
    require(page.viewer, SEE, page.mission.pk)
    leaf = Paginator(screenings(page.viewer, page.mission), A_PAGE).get_page(
        request.GET.get("page")
    )
    waiting = open_tasks(page.viewer, page.mission)
    context = page.context(
        place="screenings",
        title=_("Screening"),
        purpose=_("Who was held against the register and published lists. It decides nothing."),
        marking=Marking.CONFIDENTIAL,
        leaf=leaf,
        tasks=list(waiting[:SHOWN_TASKS]),
        tasks_total=waiting.count(),
        lists=lists_in_force(page.viewer, page.mission),
        rosters=[row for row in rosters(page.viewer, page.mission)[:20] if row.waits],
        may_run=page.viewer.has("screening.run", page.mission.pk),
        may_decide=page.viewer.has("screening.decide", page.mission.pk),
    )
    return render(request, "screening/screenings.html", context)


def screening_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One screening: what was searched, and every line with its possible matches."""
    page = open_page(request, mission)
    found, searched = _opened(page, pk)
    shown = [_line(row, searched) for row in lines(page.viewer, found)]
    counts = [
        (standing, label, sum(1 for line in shown if line.standing is standing))
        for standing, label in _labels()
    ]
    wanted = request.GET.get("show", "")
    if wanted in set(Standing):
        shown = [line for line in shown if line.standing == wanted]
    context = page.context(
        place="screenings",
        title=_("Screening %(number)d: %(title)s") % {"number": found.number, "title": found.title},
        purpose=_("Possible matches are for people to decide; nothing here says who somebody is."),
        crumbs=[(_("Screening"), reverse("screenings", args=[mission]))],
        marking=Marking(found.marking),
        screening=found,
        passes=[(one, pass_sentences(one)) for one in searched],
        counts=counts,
        wanted=wanted,
        leaf=Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        may_run=page.viewer.has("screening.run", page.mission.pk),
    )
    return render(request, "screening/screening.html", context)


def export(request: HttpRequest, mission: str, pk: uuid.UUID, form: str) -> HttpResponseBase:
    """The screening as CSV or XLSX; every row says what was searched."""
    page = open_page(request, mission)
    found, searched = _opened(page, pk)
    return table_response(
        form,
        name=f"screening-{page.mission.code}-{found.number}",
        columns=LINE_COLUMNS,
        rows=line_rows(lines(page.viewer, found), searched),
        sheet=_("Screening"),
    )


@require_POST
def undo(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Takes a screening back, with the reason."""
    page = open_page(request, mission)
    found, _searched = _opened(page, pk)
    undo_screening(actor=page.viewer, screening=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("The screening was taken back. Its lines stay on record."))
    return redirect("screening", mission=mission, pk=pk)


@require_POST
def stop(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Stops searching a screening again when lists change, with the reason."""
    page = open_page(request, mission)
    found, _searched = _opened(page, pk)
    stop_watching(actor=page.viewer, screening=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("It is not searched again when a list changes."))
    return redirect("screening", mission=mission, pk=pk)


def _opened(page: Page, pk: uuid.UUID) -> tuple[Screening, list[SearchPass]]:
    require(page.viewer, SEE, page.mission.pk)
    found = screening(page.viewer, page.mission, pk)
    return found, passes(page.viewer, found)


def _labels() -> list[tuple[Standing, str]]:
    return [
        (Standing.DECIDE, _("to decide")),
        (Standing.RESTRICTED, _("restricted information: ask")),
        (Standing.DECIDED, _("decided")),
        (Standing.NOTHING, _("nothing found in what was searched")),
    ]


def _line(row: ScreeningLine, searched: list[SearchPass]) -> Line:
    matches = list(row.matches.all())
    shown = [
        MatchLine(match, match_name(match), source_name(match.source), _judged(match))
        for match in matches
    ]
    standing = standing_of(matches)
    return Line(row, read_asked(row.asked), standing, outcome_words(row, searched), shown)


def _judged(match: PossibleMatch) -> str:
    judged = judgement_of(match)
    return str(judged.get_kind_display()) if judged else ""
