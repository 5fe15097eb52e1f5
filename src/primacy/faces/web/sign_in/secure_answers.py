"""Headers every answer carries, whatever layer gave it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Passkeys are asked for by our own pages only; nothing here needs a sensor.
PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "interest-cohort=(), magnetometer=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
NEVER_KEPT = ("/accounts/", "/enter/", "/people/", "/emergency/", "/audit/", "/api/")


class SecureAnswersMiddleware:
    """Sets the headers that keep answers out of other sites, caches and sensors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        if request.path.startswith("/static/"):
            return response
        user = getattr(request, "user", None)
        if request.path.startswith(NEVER_KEPT):
            headers["Cache-Control"] = "no-store, private"
        elif user is not None and user.is_authenticated:
            # A laptop may be stolen: the browser keeps no copy of what only an account may see.
            headers.setdefault("Cache-Control", "no-store, private")
        else:
            headers.setdefault("Cache-Control", "private, no-cache")
        return response
