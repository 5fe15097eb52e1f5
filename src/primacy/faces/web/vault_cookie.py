"""The cookie of an unlocked key: read, set, taken away. The key itself never leaves the request."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from primacy.platform.policy import Viewer
from primacy.platform.vault.actions import resume
from primacy.platform.vault.keyring import PersonalKey

COOKIE = "primacy_key"


def session_key_of(request: HttpRequest) -> str:
    """The key of the signed-in session, to which a sitting is bound."""
    return request.session.session_key or ""


def key_in(request: HttpRequest) -> PersonalKey | None:
    """The person's unlocked key; None where it is locked. Asked once a request."""
    if not hasattr(request, "_vault_key"):
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        cookie, session = request.COOKIES.get(COOKIE, ""), session_key_of(request)
        usable = bool(cookie and session)
        found = resume(viewer=viewer, cookie=cookie, session_key=session) if usable else None
        request._vault_key = found  # type: ignore[attr-defined]
    found_before: PersonalKey | None = request._vault_key  # type: ignore[attr-defined]
    return found_before


def set_cookie(response: HttpResponse, value: str) -> None:
    """Puts the token into a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        COOKIE,
        value,
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def drop_cookie(response: HttpResponse) -> None:
    """Takes the cookie away."""
    response.delete_cookie(COOKIE, samesite="Strict")
