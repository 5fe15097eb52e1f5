"""Rate limits: how many API calls and one-time links a minute, by account and by place."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from primacy.faces.web.sign_in.client import client_ip
from primacy.platform.policy import Viewer

WINDOW = 60
API = "/api/"


def seconds_to_wait(what: str, who: str, allowed: int) -> int:
    """0 where one more is allowed in this minute, else the seconds until the next minute."""
    if allowed <= 0:
        return 0
    now = int(time.time())
    key = f"limit:{what}:{who}:{now // WINDOW}"
    if cache.add(key, 1, timeout=2 * WINDOW):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:
        # The count was culled between the two steps: begin again rather than refuse.
        cache.add(key, 1, timeout=2 * WINDOW)
        return 0
    return 0 if count <= allowed else WINDOW - now % WINDOW


class ApiLimitMiddleware:
    """Answers 429 with Retry-After where an account or a place asks the API too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the next layer, or 429."""
        if request.path.startswith(API):
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]
            who = f"account:{viewer.account_id}"
            if viewer.account_id is None:
                who = f"place:{client_ip(request)}"
            wait = seconds_to_wait("api", who, settings.PRIMACY_API_PER_MINUTE)
            if wait:
                return too_many(wait)
        return self.get_response(request)


def too_many(wait: int) -> HttpResponse:
    """429 in the API's one shape of refusals."""
    text = _("Too many requests. Nothing was changed. Try again in %(wait)d seconds.") % {
        "wait": wait
    }
    return JsonResponse(
        {"error": "too_many", "message": text, "reasons": [text]},
        status=429,
        headers={"Retry-After": str(wait)},
    )
