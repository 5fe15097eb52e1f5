"""Papers as PDF: the board, an assessment, the case, a summary of incidents."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from primacy.faces.papers.assessment import assessment_paper
from primacy.faces.papers.board import board_paper
from primacy.faces.papers.case import case_paper
from primacy.faces.papers.incidents import incidents_paper
from primacy.platform.reports import Paper, print_paper
from primacy.rooms.incidents.facade import asked_filter
from primacy.rooms.places.facade import Page, open_page
from primacy.rooms.readiness.facade import assessment_by_id


def board(request: HttpRequest, mission: str) -> HttpResponse:
    """The board as of the day."""
    return _answer(request, mission, "board", lambda p: board_paper(p.viewer, p.mission, p.as_of))


def case(request: HttpRequest, mission: str) -> HttpResponse:
    """The case study up to the day."""
    return _answer(request, mission, "case", lambda p: case_paper(p.viewer, p.mission, p.as_of))


def incidents(request: HttpRequest, mission: str) -> HttpResponse:
    """The incidents that the page shows, counted."""

    def made(page: Page) -> Paper:
        wanted = asked_filter(page.viewer, page.mission, request.GET)[1]
        return incidents_paper(page.viewer, page.mission, page.as_of, wanted)

    return _answer(request, mission, "incidents", made)


def assessment(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One assessment with its evidence and decision."""

    def made(page: Page) -> Paper:
        return assessment_paper(page.viewer, assessment_by_id(page.viewer, page.mission, pk))

    return _answer(request, mission, "assessment", made)


def _answer(
    request: HttpRequest, mission: str, what: str, made: Callable[[Page], Paper]
) -> HttpResponse:
    page = open_page(request, mission)
    paper = made(page)
    response = HttpResponse(print_paper(paper), content_type="application/pdf")
    name = f"{what}-{page.mission.code}-{paper.as_of.isoformat()}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
