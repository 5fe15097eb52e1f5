"""Puts the viewer on each request and holds first passwords to being changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from primacy.faces.web.refusals import answer
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Viewer, guest

API = "/api/"
CHANGE_FIRST = "Choose a password of your own first, on the pages of this site."
OPEN_WHILE_CHANGING = ("/static/", "/accounts/")


def viewer_from(request: HttpRequest) -> Viewer:
    """The viewer of a request: the account signed in, else a guest."""
    user = request.user
    return viewer_of(user) if isinstance(user, Account) else guest()


class ViewerMiddleware:
    """Sets `request.viewer`; sends an account with a first password to change it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the next layer, or the way to the password page."""
        request.viewer = viewer_from(request)  # type: ignore[attr-defined]
        user = request.user
        if (
            isinstance(user, Account)
            and user.must_change_password
            and not request.path.startswith(OPEN_WHILE_CHANGING)
        ):
            if request.path.startswith(API):
                return JsonResponse({"error": "password", "message": CHANGE_FIRST}, status=403)
            return redirect(reverse("account_change_password"))
        response = self.get_response(request)
        # Answers carry what this viewer may see: no shared cache may keep them.
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()"
        )
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for a refusal by rules or rights; other errors go on."""
        return answer(request, problem)
