"""Browsers in which an address has signed in before: guessers elsewhere don't shut them out."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

MOST = 8
"""Addresses remembered in one browser: a laptop of a team site is shared."""
DAYS = 90
SALT = "primacy.known_browser"


def cookie_name() -> str:
    """The name of the cookie; over HTTPS browsers bind it to this host."""
    return "__Host-known" if settings.PRIMACY_HTTPS else "primacy_known"


def known_mark(request: HttpRequest, address: str) -> str:
    """The browser's own mark, where this address has signed in here before; else empty."""
    mark, seals = _parts(request)
    ours = _seal(mark, address)
    found = [seal for seal in seals if constant_time_compare(seal, ours)]
    return mark if mark and found else ""


def remember_browser(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """Notes in the browser that this address signed in here.

    The cookie holds a random mark and seals over mark and address: it opens nothing, and tells
    who finds it no address without the site's secret key.
    """
    mark, seals = _parts(request)
    if not mark:
        mark, seals = secrets.token_urlsafe(18), []
    ours = _seal(mark, address)
    kept = [ours, *(seal for seal in seals if seal != ours)][:MOST]
    response.set_cookie(
        cookie_name(),
        ".".join([mark, *kept]),
        max_age=DAYS * 24 * 3600,
        secure=settings.PRIMACY_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _parts(request: HttpRequest) -> tuple[str, list[str]]:
    """The mark and seals of the browser's cookie."""
    mark, *seals = request.COOKIES.get(cookie_name(), "")[:1000].split(".")
    return mark[:64], seals[:MOST]


def _seal(mark: str, address: str) -> str:
    value = f"{mark}:{address.strip().lower()}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()
