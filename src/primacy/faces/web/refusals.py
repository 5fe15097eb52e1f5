"""Refusals as pages: what happened, what was kept, what to do."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.accounts.errors import AccountError, NoSuchAccount
from primacy.platform.as_of import BadDate
from primacy.platform.claims.errors import ClaimError, ClaimMoved, NoSuchClaim
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.jobs.errors import JobError, UnknownJob
from primacy.platform.language.later import later
from primacy.platform.orders.errors import NoSuchOrder, OrderError
from primacy.platform.policy import Denied, Viewer
from primacy.platform.reports import PaperNotPrinted
from primacy.platform.vault.errors import (
    NoSuchCompartment,
    NoSuchIdentity,
    TooManyTries,
    VaultError,
)
from primacy.rooms.census.facade import CensusError, NoSuchRound, Withheld
from primacy.rooms.exchange.facade import ExchangeError
from primacy.rooms.forces.facade import ForcesError, NoSuchUnit
from primacy.rooms.incidents.facade import IncidentsError, NoSuchIncident
from primacy.rooms.persons.facade import NoSuchPair, NoSuchPerson, NoSuchTerm, PersonsError
from primacy.rooms.places.facade import NoSuchArea, NoSuchMission, PlacesError
from primacy.rooms.readiness.facade import NoSuchRecord, ReadinessError
from primacy.rooms.screening.facade import ListFileRefused, NoSuchScreening, ScreeningError
from primacy.rooms.support.facade import MoveRefused, NoSuchSupport, NotCleared, SupportError
from primacy.rooms.training.facade import TrainingError


@dataclass(frozen=True)
class Refusal:
    """How a class of refusals is answered."""

    status: int
    title: str


ANSWERS: tuple[tuple[type[Exception], Refusal], ...] = (
    (Denied, Refusal(403, later("You may not do this"))),
    (NoSuchMission, Refusal(404, later("Not found"))),
    (NoSuchArea, Refusal(404, later("Not found"))),
    (NoSuchRecord, Refusal(404, later("Not found"))),
    (NoSuchUnit, Refusal(404, later("Not found"))),
    (BadDate, Refusal(400, later("This day cannot be shown"))),
    (NoSuchAccount, Refusal(404, later("Not found"))),
    (NoSuchCompartment, Refusal(404, later("Not found"))),
    (NoSuchIdentity, Refusal(404, later("Not found"))),
    (TooManyTries, Refusal(429, later("Nothing was opened"))),
    (VaultError, Refusal(409, later("Nothing was opened"))),
    (AccountError, Refusal(400, later("Nothing was changed"))),
    (NoSuchOrder, Refusal(404, later("Not found"))),
    (OrderError, Refusal(409, later("Nothing was done"))),
    (UnknownJob, Refusal(404, later("Not found"))),
    (JobError, Refusal(400, later("Nothing was changed"))),
    (PaperNotPrinted, Refusal(500, "Nothing was printed")),
    (NoSuchRound, Refusal(404, later("Not found"))),
    (Withheld, Refusal(403, later("Not all of it is open to you"))),
    (ImportRefused, Refusal(400, later("Nothing was imported"))),
    (PlacesError, Refusal(400, later("Nothing was changed"))),
    (NoSuchIncident, Refusal(404, later("Not found"))),
    (IncidentsError, Refusal(400, later("Nothing was changed"))),
    (NoSuchScreening, Refusal(404, later("Not found"))),
    (ScreeningError, Refusal(400, later("Nothing was changed"))),
    (ListFileRefused, Refusal(400, later("Nothing was changed"))),
    (NoSuchSupport, Refusal(404, later("Not found"))),
    (MoveRefused, Refusal(409, later("Nothing was changed"))),
    (NotCleared, Refusal(409, later("Nothing was changed"))),
    (SupportError, Refusal(400, later("Nothing was changed"))),
    (ForcesError, Refusal(400, later("Nothing was changed"))),
    (NoSuchClaim, Refusal(404, later("Not found"))),
    (ClaimMoved, Refusal(409, later("Nothing was changed"))),
    (ClaimError, Refusal(400, later("Nothing was changed"))),
    (NoSuchPerson, Refusal(404, later("Not found"))),
    (NoSuchPair, Refusal(404, later("Not found"))),
    (NoSuchTerm, Refusal(404, later("Not found"))),
    (PersonsError, Refusal(400, later("Nothing was changed"))),
    (TrainingError, Refusal(400, later("Nothing was changed"))),
    (ExchangeError, Refusal(400, later("Nothing was changed"))),
    (CensusError, Refusal(400, later("Nothing was changed"))),
    (ReadinessError, Refusal(409, later("Nothing was changed"))),
)


def answer(request: HttpRequest, problem: Exception) -> HttpResponse | None:
    """The page for a refusal; None for an error that is none of ours."""
    for kind, refusal in ANSWERS:
        if isinstance(problem, kind):
            if isinstance(problem, Denied | NoSuchMission) and _is_guest(request):
                return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
            return page(request, refusal.status, refusal.title, str(problem))
    return None


def page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    """A plain page with a message."""
    context = {"title": title, "message": message, "crumbs": [], "purpose": ""}
    return render(request, "web/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page(request, 400, _("This request cannot be read"), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page(request, 403, _("You may not do this"), _("Ask the administrator of this site."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(
        request, 404, _("Not found"), _("There is no such page here, or it is not open to you.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: plain, without the frame, which may be what failed."""
    return HttpResponse(
        "Something went wrong on this server. Nothing you typed was half saved. "
        "Try again; if it stays, tell the administrator the time and the address.",
        status=500,
        content_type="text/plain",
    )


def _is_guest(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return isinstance(viewer, Viewer) and viewer.is_guest
