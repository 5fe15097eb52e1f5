"""Who is trying: the client's address behind proxies, the account tried, the lock-out's answer."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def client_ip(request: HttpRequest) -> str:
    """The address of the client: that of the connection, or what the trusted proxies added.

    Each proxy appends the address it was called from. With N proxies of our own only the last N
    entries are true; whatever stands before them was written by the client.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - no address at all
    if settings.PRIMACY_PROXIES < 1:
        return direct
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    chain = [part for part in chain if part]
    if len(chain) < settings.PRIMACY_PROXIES:
        return direct
    return chain[-settings.PRIMACY_PROXIES][:45]


def address_tried(request: HttpRequest, credentials: Mapping[str, object] | None) -> str:
    """The e-mail address somebody tries, in one form; empty where none was given."""
    given = credentials or {}
    tried = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()[:254]


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: object = None
) -> HttpResponse:
    """The answer to somebody locked out; the same for addresses that have no account."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    message = _(
        "Too many wrong passwords for this address from this place. Wait %(minutes)d minutes, or "
        "ask the administrator to lift the lock. Nothing was changed."
    ) % {"minutes": minutes}
    headers = {"Retry-After": str(minutes * 60)}
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"error": "locked", "message": message, "reasons": [message]},
            status=429,
            headers=headers,
        )
    context = {"title": _("Locked for a while"), "message": message, "crumbs": [], "purpose": ""}
    response = render(request, "web/refusal.html", context, status=429)
    response.headers["Retry-After"] = headers["Retry-After"]
    return response
