"""The language of an answer: the account's choice, else the cookie, else what the browser asks."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from primacy.platform.accounts.actions import choose_language
from primacy.platform.accounts.models import Account

UNDIRECTED = ("/static/", "/api/v1/openapi.json")


class LanguageMiddleware:
    """Answers in the reader's language. Addresses stay the same in every language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the next layer, made in the reader's language."""
        if request.path.startswith(UNDIRECTED):
            return self.get_response(request)
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def language_of(request: HttpRequest) -> str:
    """The code of the language to answer in; one of LANGUAGES in any case."""
    user = request.user
    chosen = user.language if isinstance(user, Account) else ""
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return translation.get_language_from_request(request)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Back to the page where the language was chosen, on this site only, with a cookie set.

    For somebody signed in the choice is also kept with the account, for other devices.
    """
    chosen = request.POST.get("language", "")
    user = request.user
    if isinstance(user, Account) and chosen in dict(settings.LANGUAGES):
        choose_language(account=user, actor=request.viewer, language=chosen)  # type: ignore[attr-defined]
    return set_language(request)


def page_address(request: HttpRequest) -> str:
    """The address to come back to after choosing: the page shown, or the one it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return sent_from.path or "/"
