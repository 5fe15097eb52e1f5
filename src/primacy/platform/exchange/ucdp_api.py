"""UCDP events from the UCDP API, page by page, through the same checks as files.

Protocol (ucdp.uu.se/apidocs): `GET <base>/gedevents/<version>?pagesize=&page=` with the access
token in the header `x-ucdp-access-token`; the answer holds TotalCount, TotalPages,
PreviousPageUrl, NextPageUrl and Result. The service allows 5,000 requests a day.

The first page is asked for without a number, and each next number is read from NextPageUrl: the
documentation and clients in the field disagree on whether pages count from 0 or 1, and this is
right for both. Only the number is taken: every address is built here, so the token goes to no
other host.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpApiConfiguration, UcdpApiUnexpectedAnswer
from primacy.platform.exchange.ucdp_checks import UcdpChecker
from primacy.platform.exchange.ucdp_http import (
    DEFAULT_RATE_LIMIT_SECONDS,
    DEFAULT_RETRIES,
    DEFAULT_TIMEOUT,
    JsonService,
    Sleep,
)
from primacy.platform.exchange.ucdp_json import batch_of_events
from primacy.platform.exchange.ucdp_rows import Chunk
from primacy.platform.exchange.ucdp_vintage import is_version

DEFAULT_BASE_URL = "https://ucdpapi.pcr.uu.se/api/"
MAX_PAGE_SIZE = 1_000

Progress = Callable[[int, int], None]
"""Called after each page with its place, from 1, and the number of pages."""


@dataclass(frozen=True, slots=True)
class UcdpQuery:
    """Which events to ask for; nothing set means all.

    `countries` are Gleditsch-Ward codes; `types` 1 state-based, 2 non-state, 3 one-sided;
    `box` is (south, west, north, east) in degrees. The service holds `start` and `end` against
    the last day of an event.
    """

    countries: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    start: date | None = None
    end: date | None = None
    box: tuple[float, float, float, float] | None = None

    def parameters(self) -> dict[str, str]:
        """The filters as the service names them."""
        named = {
            "Country": ",".join(map(str, self.countries)),
            "TypeOfViolence": ",".join(map(str, self.types)),
            "StartDate": self.start.isoformat() if self.start else "",
            "EndDate": self.end.isoformat() if self.end else "",
            "Geography": "",
        }
        if self.box is not None:
            south, west, north, east = self.box
            named["Geography"] = f"{south} {west},{north} {east}"
        return {name: value for name, value in named.items() if value}


EVERYTHING = UcdpQuery()


@dataclass(frozen=True, slots=True)
class UcdpPage:
    """One page: its place from 1, the pages and events the service states, the events."""

    place: int
    pages: int
    total: int
    events: tuple[object, ...]
    next_number: int | None


class UcdpClient:
    """Reads events of one release from the service; the token shows in no text or error."""

    def __init__(
        self,
        token: str,
        base_url: str = DEFAULT_BASE_URL,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        page_size: int = MAX_PAGE_SIZE,
        retries: int = DEFAULT_RETRIES,
        rate_limit_seconds: float = DEFAULT_RATE_LIMIT_SECONDS,
        sleep: Sleep | None = None,
    ) -> None:
        if not 1 <= page_size <= MAX_PAGE_SIZE:
            raise UcdpApiConfiguration(
                gettext_noop(
                    "The page size must be 1 to %(max_page_size)s, not %(page_size)s. "
                    "Nothing was fetched."
                )
                % {"max_page_size": MAX_PAGE_SIZE, "page_size": page_size}
            )
        self._service = JsonService(
            token,
            base_url,
            timeout=timeout,
            retries=retries,
            rate_limit_seconds=rate_limit_seconds,
            sleep=sleep,
        )
        self._page_size = page_size

    def __repr__(self) -> str:
        return f"UcdpClient({self._service.base_url!r})"

    def read(
        self, version: str, query: UcdpQuery = EVERYTHING, progress: Progress | None = None
    ) -> Iterator[Chunk]:
        """The events as checked chunks, one a page; row numbers count events from 1.

        A last, empty chunk carries the notes when the stated total changed on the way or
        differs from the events received.
        """
        checker = UcdpChecker()
        received = 0
        totals: list[int] = []
        for page in self.pages(version, query, progress):
            batch = batch_of_events(enumerate(page.events, start=received + 1))
            received += len(page.events)
            totals.append(page.total)
            rows, problems = checker.check(batch)
            yield Chunk(rows, problems, batch.read, version)
        notes = _total_notes(totals, received)
        if notes:
            rows, _ = checker.check(batch_of_events(()))
            yield Chunk(rows, (), 0, version, notes)

    def pages(
        self, version: str, query: UcdpQuery = EVERYTHING, progress: Progress | None = None
    ) -> Iterator[UcdpPage]:
        """The pages of a release in order."""
        if not is_version(version):
            raise UcdpApiConfiguration(
                gettext_noop(
                    "'%(version)s' is not a UCDP version. Nothing was fetched. Give one "
                    "such as 23.1 (yearly) or 23.0.10 (candidate)."
                )
                % {"version": version[:40]}
            )
        number: int | None = None
        place = 1
        while True:
            page = self._page(version, query, number, place)
            if progress is not None:
                progress(place, max(page.pages, place))
            yield page
            if page.next_number is None or not page.events:
                return
            if number is not None and page.next_number <= number:
                raise UcdpApiUnexpectedAnswer(
                    gettext_noop(
                        "The UCDP service named page %(next_number)s as the one after "
                        "page %(number)s. Nothing was changed. Try again later."
                    )
                    % {"next_number": page.next_number, "number": number}
                )
            number = page.next_number
            place += 1

    def _page(self, version: str, query: UcdpQuery, number: int | None, place: int) -> UcdpPage:
        """One page of events."""
        parameters = {"pagesize": str(self._page_size), **query.parameters()}
        if number is not None:
            parameters["page"] = str(number)
        answer = self._service.get(
            f"gedevents/{version}?{urlencode(parameters)}",
            subject=gettext_noop("version %(version)s") % {"version": version},
            # Some clients report that the service limits the rate with 400 instead of 429. On
            # the first page 400 means a bad request; later the same request was fine before.
            bad_request_is_rate_limit=place > 1,
        )
        events = answer.get("Result")
        total, pages = answer.get("TotalCount"), answer.get("TotalPages")
        if not isinstance(events, list) or not isinstance(total, int) or not isinstance(pages, int):
            raise UcdpApiUnexpectedAnswer(
                gettext_noop(
                    "The UCDP service answered page %(place)s without Result, TotalCount "
                    "or TotalPages. Nothing was changed. Its protocol may have changed: "
                    "compare ucdp.uu.se/apidocs."
                )
                % {"place": place}
            )
        return UcdpPage(place, pages, total, tuple(events), _page_number(answer.get("NextPageUrl")))


def _page_number(url: object) -> int | None:
    """The page number in an address of the service, or None where there is no next page."""
    if not isinstance(url, str) or not url:
        return None
    fields = {name.lower(): values for name, values in parse_qs(urlsplit(url).query).items()}
    number = fields.get("page", [""])[0]
    if number.isascii() and number.isdigit():
        return int(number)
    raise UcdpApiUnexpectedAnswer(
        gettext_noop(
            "The UCDP service named a next page without a number. Nothing was changed. "
            "Its protocol may have changed: compare ucdp.uu.se/apidocs."
        )
    )


def _total_notes(totals: list[int], received: int) -> tuple[str, ...]:
    """What to tell about stated totals that changed or differ from what was received."""
    notes = []
    if len(set(totals)) > 1:
        notes.append(
            gettext_noop(
                "The stated total changed from %(totals)s to %(totals_2)s while reading: "
                "the release was being updated. Read it again to be sure that nothing "
                "was missed."
            )
            % {"totals": format(totals[0], ","), "totals_2": format(totals[-1], ",")}
        )
    if totals and received != totals[-1]:
        notes.append(
            gettext_noop("The service stated %(totals)s events and sent %(received)s.")
            % {"totals": format(totals[-1], ","), "received": format(received, ",")}
        )
    return tuple(notes)
