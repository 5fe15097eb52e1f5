"""A server on this machine that speaks the documented protocol of the UCDP API.

    with UcdpServer(events, token="secret") as server:
        client = UcdpClient("secret", server.base_url)

Faults are queued and used up one a request: `server.faults.append(Fault.RATE_LIMIT)`.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlencode, urlsplit

Event = Mapping[str, object]


class Fault(Enum):
    """What the next request meets instead of a plain answer."""

    NONE = "a plain answer"
    RATE_LIMIT = "429 with Retry-After"
    RATE_LIMIT_PLAIN = "429 without Retry-After"
    BAD_REQUEST = "400"
    FAILURE = "500"
    NOT_JSON = "200 with a web page"
    OTHER_SHAPE = "200 with JSON of another shape"
    REDIRECT = "302 to another host"
    SLOW = "no answer in time"
    FOREIGN_NEXT = "a next page on another host"


class UcdpServer:
    """Serves events in pages; `drift` is added to the stated total with each further page."""

    def __init__(
        self,
        events: Sequence[Event],
        *,
        token: str = "test-token",
        versions: Sequence[str] = ("23.1",),
        first_page: int = 0,
        drift: int = 0,
        slow_seconds: float = 0.5,
    ) -> None:
        self.events = list(events)
        self.token = token
        self.versions = tuple(versions)
        self.first_page = first_page
        self.drift = drift
        self.slow_seconds = slow_seconds
        self.faults: deque[Fault] = deque()
        self.requests: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            """Answers one request from the server's state."""

            def do_GET(self) -> None:
                """Answers."""
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Keeps silent."""

        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._httpd.daemon_threads = True
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        """The address to give to the client."""
        return f"http://127.0.0.1:{self._httpd.server_address[1]}/api/"

    def __enter__(self) -> "UcdpServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Sends what the protocol, or the next fault, asks for."""
        self.requests.append(handler.path)
        fault = self.faults.popleft() if self.faults else Fault.NONE
        if fault is Fault.SLOW:
            time.sleep(self.slow_seconds)
        refusal = {
            Fault.RATE_LIMIT: (429, {"Retry-After": "7"}),
            Fault.RATE_LIMIT_PLAIN: (429, {}),
            Fault.BAD_REQUEST: (400, {}),
            Fault.FAILURE: (500, {}),
            Fault.REDIRECT: (302, {"Location": "http://elsewhere.invalid/api/gedevents/23.1"}),
        }.get(fault)
        if refusal is not None:
            _send(handler, refusal[0], b"", refusal[1])
        elif fault is Fault.NOT_JSON:
            _send(handler, 200, b"<html>Please log in</html>")
        elif fault is Fault.OTHER_SHAPE:
            _send(handler, 200, b'{"events": []}')
        else:
            self._answer_plainly(handler, foreign_next=fault is Fault.FOREIGN_NEXT)

    def _answer_plainly(self, handler: BaseHTTPRequestHandler, foreign_next: bool) -> None:
        if handler.headers.get("x-ucdp-access-token") != self.token:
            _send(handler, 401, b'"API token required. Add header: x-ucdp-access-token"')
            return
        parts = urlsplit(handler.path)
        version = parts.path.removeprefix("/api/gedevents/")
        if version not in self.versions:
            _send(handler, 404, b"")
            return
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        page = self._page(version, query, foreign_next)
        _send(handler, 200, json.dumps(page).encode())

    def _page(self, version: str, query: dict[str, str], foreign_next: bool) -> dict[str, object]:
        """One page in the documented shape."""
        chosen = [event for event in self.events if _matches(event, query)]
        size = int(query.get("pagesize", "100"))
        number = int(query.get("page", str(self.first_page)))
        place = number - self.first_page
        pages = -(-len(chosen) // size)
        host = "http://elsewhere.invalid/api/" if foreign_next else self.base_url

        def url(wanted: int) -> str:
            return f"{host}gedevents/{version}?{urlencode({**query, 'page': wanted})}"

        return {
            "TotalCount": len(chosen) + self.drift * place,
            "TotalPages": pages,
            "PreviousPageUrl": url(number - 1) if place > 0 else "",
            "NextPageUrl": url(number + 1) if place + 1 < pages else "",
            "Result": chosen[place * size : (place + 1) * size],
        }


def _matches(event: Event, query: Mapping[str, str]) -> bool:
    """Whether an event passes the filters; dates are held against its last day."""
    last_day = str(event["date_end"])[:10]
    return (
        _is_among(event["country_id"], query.get("Country"))
        and _is_among(event["type_of_violence"], query.get("TypeOfViolence"))
        and query.get("StartDate", "") <= last_day <= query.get("EndDate", "9999")
    )


def _is_among(value: object, wanted: str | None) -> bool:
    return wanted is None or str(value) in wanted.split(",")


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
) -> None:
    try:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    except (BrokenPipeError, ConnectionResetError):
        # The client gave up waiting, as a slow answer is meant to make it do.
        return
