"""Puts the viewer on each request; own password and second factor come before any page."""

from collections.abc import Callable, Iterable
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.faces.web.refusals import answer, page
from primacy.faces.web.sign_in.second_factor import proved_here, way_to_factor
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.second_factor import has_second_factor, needs_second_factor
from primacy.platform.database.viewer_scope import streamed, viewer_scope
from primacy.platform.policy import Viewer, guest

API = "/api/"
CHANGE_FIRST = gettext_lazy("Choose a password of your own first, on the pages of this site.")
FACTOR_FIRST = gettext_lazy(
    "Your roles need a second factor: set one up, or show it, on the account pages of this site."
)
OPEN_WHILE_CHANGING = ("/static/", "/accounts/")
"""What opens before the password is one's own and the second factor is proved."""
DOORS = ("/accounts/2fa/", "/accounts/password/")
NO_DOOR_LEFT = gettext_lazy(
    "The emergency account has no password and no second factor: it is entered by the link of its "
    "order only, so that nobody comes back by a door of their own. Nothing was changed."
)


def viewer_from(request: HttpRequest) -> Viewer:
    """The viewer of a request: the account signed in, else a guest."""
    user = request.user
    return viewer_of(user) if isinstance(user, Account) else guest()


def _what_comes_first(request: HttpRequest, viewer: Viewer) -> HttpResponse | None:
    """The answer that stands before every page: own password, then second factor; or None."""
    user = request.user
    if isinstance(user, Account) and user.emergency and request.path.startswith(DOORS):
        return page(request, 403, _("You may not do this"), str(NO_DOOR_LEFT))
    if not isinstance(user, Account) or request.path.startswith(OPEN_WHILE_CHANGING):
        return None
    if user.must_change_password:
        return _first(request, "password", str(CHANGE_FIRST), reverse("account_change_password"))
    if needs_second_factor(user, viewer) and not (
        proved_here(request, user) and has_second_factor(user)
    ):
        return _first(request, "second_factor", str(FACTOR_FIRST), way_to_factor(request, user))
    return None


def _first(request: HttpRequest, code: str, message: str, way: str) -> HttpResponse:
    if request.path.startswith(API):
        body = {"error": code, "message": message, "reasons": [message]}
        return JsonResponse(body, status=403)
    return redirect(way)


class ViewerMiddleware:
    """Sets `request.viewer`; holds people to own passwords and second factors first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the next layer, or the way to the password page."""
        known = getattr(request, "viewer", None)
        viewer = known if isinstance(known, Viewer) else viewer_from(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        first = _what_comes_first(request, viewer)
        if first is not None:
            return first
        with viewer_scope(viewer):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            chunks = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = streamed(viewer, chunks)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for a refusal by rules or rights; other errors go on."""
        return answer(request, problem)
