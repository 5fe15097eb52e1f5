"""The answer of a site that is being evacuated: closed, so that no act is lost."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from primacy.platform.archive.leftovers import is_closed


class ClosedMiddleware:
    """Answers 503 to every request while the site is evacuated; reads no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the site, or the refusal while it is closed."""
        if not is_closed(Path(settings.PRIMACY_HOME)):
            return self.get_response(request)
        words = _("This site is closed. What you sent was not saved.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
