"""Refusals as JSON, in one shape: a code, the message, each reason; unreadable fields by name."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from primacy.platform.accounts.errors import AccountError
from primacy.platform.as_of import BadDate
from primacy.platform.claims.errors import ClaimError, ClaimMoved, NoSuchClaim
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.language.sentences import said
from primacy.platform.orders.errors import OrderError
from primacy.platform.policy import Denied
from primacy.platform.sources.actions import SourceMissing
from primacy.platform.vault.errors import (
    BadIdentity,
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
from primacy.rooms.readiness.facade import (
    BadObservation,
    BadStandard,
    NoStandard,
    NoSuchRecord,
    NotAllowed,
    ReadinessError,
)
from primacy.rooms.screening.facade import ListFileRefused, NoSuchScreening, ScreeningError
from primacy.rooms.support.facade import MoveRefused, NoSuchSupport, NotCleared, SupportError
from primacy.rooms.training.facade import NoSuchRecipient, TrainingError

ANSWERS: tuple[tuple[type[Exception], int, str], ...] = (
    (Denied, 403, "denied"),
    (NoSuchMission, 404, "not_found"),
    (NoSuchArea, 404, "not_found"),
    (NoSuchUnit, 404, "not_found"),
    (NoSuchIncident, 404, "not_found"),
    (NoSuchRecord, 404, "not_found"),
    (NotAllowed, 409, "not_allowed"),
    (NoStandard, 409, "no_standard"),
    (BadObservation, 422, "bad_observation"),
    (BadStandard, 422, "bad_standard"),
    (SourceMissing, 422, "source_missing"),
    (BadDate, 422, "bad_date"),
    (OrderError, 409, "refused"),
    (NoSuchCompartment, 404, "not_found"),
    (NoSuchIdentity, 404, "not_found"),
    (BadIdentity, 422, "bad_identity"),
    (TooManyTries, 429, "too_many"),
    (VaultError, 409, "not_opened"),
    (AccountError, 422, "refused"),
    (ImportRefused, 422, "refused"),
    (PlacesError, 422, "refused"),
    (NoSuchScreening, 404, "not_found"),
    (ScreeningError, 422, "refused"),
    (ListFileRefused, 422, "refused"),
    (NoSuchSupport, 404, "not_found"),
    (MoveRefused, 409, "not_allowed"),
    (NotCleared, 409, "not_cleared"),
    (SupportError, 422, "refused"),
    (ForcesError, 422, "refused"),
    (NoSuchClaim, 404, "not_found"),
    (ClaimMoved, 409, "moved"),
    (ClaimError, 422, "bad_claim"),
    (NoSuchRecipient, 404, "not_found"),
    (TrainingError, 422, "refused"),
    (NoSuchRound, 404, "not_found"),
    (Withheld, 409, "withheld"),
    (CensusError, 422, "refused"),
    (ExchangeError, 422, "refused"),
    (NoSuchPerson, 404, "not_found"),
    (NoSuchPair, 404, "not_found"),
    (NoSuchTerm, 404, "not_found"),
    (PersonsError, 422, "refused"),
    (IncidentsError, 422, "refused"),
    (ReadinessError, 409, "refused"),
)
"""Which refusal is answered how; a class stands before the classes it derives from."""

HTTP_CODES = {400: "unreadable", 401: "denied", 403: "denied", 404: "not_found"}
PLACES_OF_PARAMETERS = ("body", "query", "path", "header", "cookie", "form")


class CsrfRefused(Exception):
    """A write by a signed-in session that did not carry the site's own token."""


def answer(request: HttpRequest, problem: Exception) -> HttpResponse:
    """The JSON answer to a refusal by rules or rights."""
    for kind, status, code in ANSWERS:
        if isinstance(problem, kind):
            listed = isinstance(problem, NotAllowed | MoveRefused | NotCleared)
            reasons = getattr(problem, "reasons", ()) if listed else [str(problem)]
            return refused(status, code, str(problem), reasons)
    raise problem


def refused(
    status: int,
    code: str,
    message: str,
    reasons: Sequence[str],
    fields: dict[str, str] | None = None,
) -> JsonResponse:
    """The one shape of a refusal."""
    body: dict[str, object] = {
        "error": code,
        "message": said(message),
        "reasons": [said(reason) for reason in reasons],
    }
    if fields is not None:
        body["fields"] = fields
    return JsonResponse(body, status=status)


def _unreadable(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """422 with each field that cannot be read."""
    fields: dict[str, str] = {}
    for one in problem.errors:
        text = str(one.get("msg", "")).removeprefix("Value error, ")
        fields.setdefault(_field(one.get("loc", ())), text)
    reasons = [f"{name}: {text}" for name, text in fields.items()]
    return refused(
        422,
        "invalid",
        _("Cannot read %(fields)s.") % {"fields": ", ".join(fields)},
        reasons,
        fields,
    )


def _field(location: Sequence[object]) -> str:
    """The name of a field as the caller wrote it: without where it stood and what took it in."""
    parts = [str(part) for part in location]
    if parts and parts[0] in PLACES_OF_PARAMETERS:
        # The second part of a longer location is the name of our own argument.
        parts = parts[2:] if len(parts) > 2 else parts[1:]
    return ".".join(parts) or "body"


def _http(request: HttpRequest, problem: HttpError) -> HttpResponse:
    code = HTTP_CODES.get(problem.status_code, "refused")
    text = str(problem)
    if problem.status_code == 400:
        text = _("The body is not readable JSON. Nothing was changed.")
    return refused(problem.status_code, code, text, [text])


def _not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
    text = _("There is nothing at this address, or it is not open to you.")
    return refused(404, "not_found", text, [text])


def _without_token(request: HttpRequest, problem: CsrfRefused) -> HttpResponse:
    text = _(
        "The header X-CSRFToken is missing or wrong. Read the token from GET session and send it "
        "with every write. Nothing was changed."
    )
    return refused(403, "csrf", text, [text])


def attach(api: NinjaAPI) -> None:
    """Teaches an API to answer every refusal in the one shape."""
    for kind, *_answered in ANSWERS:
        api.exception_handler(kind)(answer)
    api.exception_handler(ValidationError)(_unreadable)
    api.exception_handler(HttpError)(_http)
    api.exception_handler(Http404)(_not_found)
    api.exception_handler(CsrfRefused)(_without_token)
