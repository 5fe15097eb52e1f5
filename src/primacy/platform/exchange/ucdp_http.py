"""Requests to the UCDP service: token, attempts with pauses, and errors in plain words."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO, NoReturn
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import (
    UcdpApiConfiguration,
    UcdpApiError,
    UcdpApiRateLimited,
    UcdpApiRedirected,
    UcdpApiRequestRefused,
    UcdpApiTimeout,
    UcdpApiTokenMissing,
    UcdpApiTokenRefused,
    UcdpApiUnavailable,
    UcdpApiUnexpectedAnswer,
    UcdpApiVersionUnknown,
)

TOKEN_HEADER = "x-ucdp-access-token"  # noqa: S105 - the header's name, not a token
DEFAULT_TIMEOUT = 30.0
DEFAULT_RETRIES = 4
DEFAULT_RATE_LIMIT_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 600.0
MAX_ANSWER_BYTES = 128 * 1024**2

Sleep = Callable[[float], None]

_ASK_FOR_TOKEN = gettext_noop("Ask the API maintainer for a token (free): ucdp.uu.se/apidocs.")
_KEPT = gettext_noop("Nothing was changed.")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses redirects, which would carry the token to another address."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """Never a new request: raises `UcdpApiRedirected`."""
        host = urlsplit(newurl).hostname or gettext_noop("an unknown address")
        raise UcdpApiRedirected(
            gettext_noop(
                "The UCDP service points to %(host)s, and the token is sent to no other "
                "address. %(kept)s If the service has moved, set its new address."
            )
            % {"host": host, "kept": _KEPT}
        )


class _TryAgain(Exception):
    """A fault that may pass: how long to wait, and the error if it does not."""

    def __init__(self, error: UcdpApiError, pause: float | None) -> None:
        self.error = error
        self.pause = pause
        super().__init__(str(error))


class JsonService:
    """Fetches JSON objects below one address with a token."""

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        retries: int = DEFAULT_RETRIES,
        rate_limit_seconds: float = DEFAULT_RATE_LIMIT_SECONDS,
        sleep: Sleep | None = None,
    ) -> None:
        self.base_url = _checked_base(base_url)
        self._token = _checked_token(token)
        self._timeout = timeout
        self._retries = max(0, retries)
        self._rate_limit_seconds = rate_limit_seconds
        self._sleep = time.sleep if sleep is None else sleep
        self._opener = urllib.request.build_opener(_NoRedirect)

    def __repr__(self) -> str:
        return f"JsonService({self.base_url!r})"

    def get(
        self, path: str, *, subject: str, bad_request_is_rate_limit: bool = False
    ) -> Mapping[str, object]:
        """The JSON object at `path`, after as many attempts as allowed."""
        attempt = 0
        while True:
            try:
                return self._once(path, subject, bad_request_is_rate_limit)
            except _TryAgain as fault:
                if attempt >= self._retries:
                    raise fault.error from None
                pause = 2.0**attempt if fault.pause is None else fault.pause
                if pause > LONGEST_PAUSE_SECONDS:
                    raise UcdpApiRateLimited(
                        gettext_noop(
                            "The UCDP service asks to wait %(pause)s minutes. %(kept)s "
                            "Start the import again after that."
                        )
                        % {"pause": format(pause / 60, ".0f"), "kept": _KEPT}
                    ) from None
            self._sleep(pause)
            attempt += 1

    def _once(self, path: str, subject: str, bad_request_is_rate_limit: bool) -> dict[str, object]:
        """The JSON object at `path`, from one request."""
        # The scheme was checked when the service was set up: https, or http on this machine.
        request = urllib.request.Request(  # noqa: S310
            self.base_url + path,
            headers={TOKEN_HEADER: self._token, "Accept": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                body = response.read(MAX_ANSWER_BYTES + 1)
        except urllib.error.HTTPError as answer:
            with answer:
                code = 429 if answer.code == 400 and bad_request_is_rate_limit else answer.code
                self._raise_for(code, answer.headers, subject)
        except (TimeoutError, urllib.error.URLError, http.client.HTTPException, OSError) as exc:
            raise _TryAgain(self._connection_error(exc), None) from None
        return _object_in(body)

    def _raise_for(self, code: int, headers: Message, subject: str) -> NoReturn:
        """Raises the error of an HTTP status."""
        if code == 429:
            raise _TryAgain(
                UcdpApiRateLimited(
                    gettext_noop(
                        "The UCDP service kept asking to slow down (%(retries)s "
                        "attempts; it allows 5,000 requests a day). %(kept)s Try again "
                        "tomorrow, or ask for less: fewer countries, a shorter time."
                    )
                    % {"retries": self._retries + 1, "kept": _KEPT}
                ),
                _retry_after(headers, self._rate_limit_seconds),
            )
        if code >= 500:
            raise _TryAgain(
                UcdpApiUnavailable(
                    gettext_noop(
                        "The UCDP service failed with status %(code)s (%(retries)s "
                        "attempts). %(kept)s Try again later, or load a downloaded file."
                    )
                    % {"code": code, "retries": self._retries + 1, "kept": _KEPT}
                ),
                _retry_after(headers, None),
            )
        if code in (401, 403):
            raise UcdpApiTokenRefused(
                gettext_noop(
                    "The UCDP service refused the access token (status %(code)s). "
                    "%(kept)s Check that it is complete. %(ask_for_token)s"
                )
                % {"code": code, "kept": _KEPT, "ask_for_token": _ASK_FOR_TOKEN}
            )
        if code == 404:
            raise UcdpApiVersionUnknown(
                gettext_noop(
                    "The UCDP service does not know %(subject)s. %(kept)s Look up the "
                    "releases at ucdp.uu.se/downloads; yearly ones are written 23.1, "
                    "candidate ones 23.0.10."
                )
                % {"subject": subject, "kept": _KEPT}
            )
        raise UcdpApiRequestRefused(
            gettext_noop(
                "The UCDP service refused the request (status %(code)s). %(kept)s Check "
                "the version and the filters."
            )
            % {"code": code, "kept": _KEPT}
        )

    def _connection_error(self, exc: Exception) -> UcdpApiError:
        """The error for a connection that failed or took too long."""
        reason = exc.reason if isinstance(exc, urllib.error.URLError) else exc
        if isinstance(reason, TimeoutError):
            return UcdpApiTimeout(
                gettext_noop(
                    "The UCDP service did not answer within %(timeout)s seconds "
                    "(%(retries)s attempts). %(kept)s Try again on a better line, with a "
                    "smaller page size, or load a downloaded file."
                )
                % {
                    "timeout": format(self._timeout, "g"),
                    "retries": self._retries + 1,
                    "kept": _KEPT,
                }
            )
        return UcdpApiUnavailable(
            gettext_noop(
                "The UCDP service could not be reached (%(name)s; %(retries)s attempts). "
                "%(kept)s Check the network, or load a downloaded file."
            )
            % {"name": type(reason).__name__, "retries": self._retries + 1, "kept": _KEPT}
        )


def _checked_base(base_url: str) -> str:
    """The address with one slash at its end; http only to this machine itself."""
    parts = urlsplit(base_url)
    loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or loopback):
        raise UcdpApiConfiguration(
            gettext_noop(
                "The address of the UCDP service must begin with https://, as the token would "
                "otherwise cross the network in the clear. Nothing was fetched."
            )
        )
    if parts.query or parts.fragment or parts.username:
        raise UcdpApiConfiguration(
            gettext_noop(
                "The address of the UCDP service must be plain: no '?', '#' or user in it. "
                "Nothing was fetched."
            )
        )
    return base_url.rstrip("/") + "/"


def _checked_token(token: str) -> str:
    """The token without blanks around it."""
    token = token.strip()
    if not token:
        raise UcdpApiTokenMissing(
            gettext_noop(
                "The UCDP API needs an access token. Nothing was fetched. %(ask_for_token)s"
            )
            % {"ask_for_token": _ASK_FOR_TOKEN}
        )
    if not all("!" <= character <= "~" for character in token):
        raise UcdpApiTokenMissing(
            gettext_noop(
                "The UCDP access token holds a blank or a character no token has. "
                "Nothing was fetched. Copy it again. %(ask_for_token)s"
            )
            % {"ask_for_token": _ASK_FOR_TOKEN}
        )
    return token


def _retry_after(headers: Message, otherwise: float | None) -> float | None:
    """The seconds the service asks to wait, as a number or until a date."""
    stated = (headers.get("Retry-After") or "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return otherwise
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _object_in(body: bytes) -> dict[str, object]:
    """The JSON object in the body of an answer."""
    if len(body) > MAX_ANSWER_BYTES:
        raise UcdpApiUnexpectedAnswer(
            gettext_noop(
                "The UCDP service sent more than %(max_answer_bytes)s bytes for one "
                "page. %(kept)s Use a smaller page size."
            )
            % {"max_answer_bytes": format(MAX_ANSWER_BYTES, ","), "kept": _KEPT}
        )
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise UcdpApiUnexpectedAnswer(
            gettext_noop(
                "The UCDP service answered with something that is not JSON. %(kept)s A "
                "login page or proxy may stand between: try the address in a browser, or "
                "load a downloaded file."
            )
            % {"kept": _KEPT}
        )
    return answer
