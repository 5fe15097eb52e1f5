"""How long a session lives: idle time, a working day at most, and the account's own hours."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.second_factor import is_sensitive

BEGAN, SEEN = "primacy_began", "primacy_seen"
LONGEST = dt.timedelta(hours=12)
NOTED_EVERY = 60
"""Seconds between two notes of the last use: a note on every request would be a write on each."""


class SessionLimitsMiddleware:
    """Ends sessions left alone, sessions of a whole day, and those of accounts just closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the next layer, or the way to sign in again."""
        user = request.user
        if not isinstance(user, Account) or request.path.startswith("/static/"):
            return self.get_response(request)
        now = clock.now().timestamp()
        began = float(request.session.setdefault(BEGAN, now))
        seen = float(request.session.get(SEEN, now))
        viewer = viewer_of(user)
        # The layer that puts the viewer on the request takes it from here: read once a request.
        request.viewer = viewer  # type: ignore[attr-defined]
        sensitive = is_sensitive(viewer)
        minutes = (
            settings.PRIMACY_IDLE_MINUTES_SENSITIVE if sensitive else settings.PRIMACY_IDLE_MINUTES
        )
        if not user.is_open:
            return self._ended(request, _("The hours of this account are over."))
        if now - seen > minutes * 60:
            return self._ended(
                request,
                _("Nothing was done here for %(minutes)d minutes, so you were signed out.")
                % {"minutes": minutes},
            )
        if now - began > LONGEST.total_seconds():
            return self._ended(request, _("A session lasts twelve hours at most: sign in again."))
        if SEEN not in request.session or now - seen > NOTED_EVERY:
            request.session[SEEN] = now
        return self.get_response(request)

    @staticmethod
    def _ended(request: HttpRequest, why: str) -> HttpResponse:
        logout(request)
        if request.path.startswith("/api/"):
            body = {"error": "session_over", "message": why, "reasons": [why]}
            return JsonResponse(body, status=401)
        messages.warning(request, why)
        return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
