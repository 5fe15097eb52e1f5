"""The API client against a server on this machine that speaks the documented protocol."""

import traceback
from collections.abc import Iterator
from datetime import date

import pytest

from primacy.platform.exchange import errors
from primacy.platform.exchange.ucdp_api import UcdpClient, UcdpQuery
from tests.ucdp_server import Fault, UcdpServer
from tests.unit.exchange.ucdp_samples import event, events

TOKEN = "s3cret-token"


@pytest.fixture
def server() -> Iterator[UcdpServer]:
    with UcdpServer(events(7), token=TOKEN, versions=("23.1", "23.0.10")) as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    return []


def client(server: UcdpServer, pauses: list[float], **options: float) -> UcdpClient:
    return UcdpClient(
        TOKEN,
        server.base_url,
        page_size=3,
        sleep=pauses.append,
        retries=int(options.pop("retries", 3)),
        timeout=options.pop("timeout", 5.0),
    )


def ids(reader: UcdpClient, query: UcdpQuery | None = None) -> list[int]:
    chunks = reader.read("23.1", query or UcdpQuery())
    return [number for chunk in chunks for number in chunk.rows.origin_id.tolist()]


@pytest.mark.parametrize("first_page", [0, 1])
def test_all_pages_are_read_whether_counted_from_nought_or_one(
    pauses: list[float], first_page: int
) -> None:
    seen: list[tuple[int, int]] = []
    with UcdpServer(events(7), token=TOKEN, first_page=first_page) as server:
        reader = client(server, pauses)
        chunks = list(reader.read("23.1", progress=lambda page, of: seen.append((page, of))))
    assert [chunk.rows.origin_id.tolist() for chunk in chunks] == [[1, 2, 3], [4, 5, 6], [7]]
    assert [chunk.rows.row_number.tolist() for chunk in chunks] == [[1, 2, 3], [4, 5, 6], [7]]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert all(chunk.notes == () and chunk.problems == () for chunk in chunks)
    assert pauses == []


def test_no_events_gives_one_empty_chunk(server: UcdpServer, pauses: list[float]) -> None:
    server.events.clear()
    assert ids(client(server, pauses)) == []
    assert len(server.requests) == 1


def test_filters_are_sent_as_documented(server: UcdpServer, pauses: list[float]) -> None:
    server.events += [event(8, country_id=490), event(9, country_id=490, type_of_violence=3)]
    server.events.append(
        event(
            10, country_id=490, type_of_violence=3, date_start="2021-01-01", date_end="2021-01-02"
        )
    )
    query = UcdpQuery(
        countries=(490, 500),
        types=(3,),
        start=date(2020, 1, 1),
        end=date(2020, 12, 31),
        box=(-5.0, 20.0, 10.5, 30.0),
    )
    assert ids(client(server, pauses), query) == [9]
    sent = server.requests[0]
    assert "Country=490%2C500" in sent
    assert "TypeOfViolence=3" in sent
    assert "StartDate=2020-01-01" in sent
    assert "EndDate=2020-12-31" in sent
    assert "Geography=-5.0+20.0%2C10.5+30.0" in sent
    assert sent.startswith("/api/gedevents/23.1?pagesize=3&")


@pytest.mark.parametrize(
    ("faults", "expected_pauses"),
    [
        ([Fault.RATE_LIMIT_PLAIN], [30.0]),
        ([Fault.RATE_LIMIT], [7.0]),
        ([Fault.FAILURE, Fault.FAILURE], [1.0, 2.0]),
        ([Fault.NONE, Fault.BAD_REQUEST], [30.0]),
    ],
)
def test_passing_faults_are_waited_out(
    server: UcdpServer, pauses: list[float], faults: list[Fault], expected_pauses: list[float]
) -> None:
    server.faults.extend(faults)
    assert ids(client(server, pauses)) == [1, 2, 3, 4, 5, 6, 7]
    assert pauses == expected_pauses


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.RATE_LIMIT, errors.UcdpApiRateLimited),
        (Fault.FAILURE, errors.UcdpApiUnavailable),
        (Fault.SLOW, errors.UcdpApiTimeout),
    ],
)
def test_lasting_faults_end_in_a_clear_error(
    server: UcdpServer, pauses: list[float], fault: Fault, kind: type[errors.UcdpApiError]
) -> None:
    server.faults.extend([fault] * 3)
    with pytest.raises(kind, match="Nothing was changed") as caught:
        ids(client(server, pauses, retries=1, timeout=0.1))
    assert type(caught.value) is kind
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.NOT_JSON, errors.UcdpApiUnexpectedAnswer),
        (Fault.OTHER_SHAPE, errors.UcdpApiUnexpectedAnswer),
        (Fault.BAD_REQUEST, errors.UcdpApiRequestRefused),
        (Fault.REDIRECT, errors.UcdpApiRedirected),
    ],
)
def test_wrong_answers_are_errors_without_another_attempt(
    server: UcdpServer, pauses: list[float], fault: Fault, kind: type[errors.UcdpApiError]
) -> None:
    server.faults.append(fault)
    with pytest.raises(kind, match="Nothing was changed"):
        ids(client(server, pauses))
    assert len(server.requests) == 1


def test_a_next_page_on_another_host_is_asked_for_here(
    server: UcdpServer, pauses: list[float]
) -> None:
    server.faults.append(Fault.FOREIGN_NEXT)
    assert ids(client(server, pauses)) == [1, 2, 3, 4, 5, 6, 7]
    assert len(server.requests) == 3


def test_a_total_that_changes_on_the_way_is_reported(pauses: list[float]) -> None:
    with UcdpServer(events(7), token=TOKEN, drift=5) as server:
        chunks = list(client(server, pauses).read("23.1"))
    assert sum(len(chunk.rows) for chunk in chunks) == 7
    notes = chunks[-1].notes
    assert "changed from 7 to 17" in notes[0]
    assert "stated 17 events and sent 7" in notes[1]


def test_rows_are_checked_like_those_of_a_file(server: UcdpServer, pauses: list[float]) -> None:
    server.events[4] = event(5, latitude=None)
    chunks = list(client(server, pauses).read("23.1"))
    (problem,) = [problem for chunk in chunks for problem in chunk.problems]
    assert (problem.row, problem.column) == (5, "latitude")


def test_a_refused_token_says_how_to_ask_for_one(server: UcdpServer) -> None:
    with pytest.raises(errors.UcdpApiTokenRefused, match="Ask the API maintainer"):
        ids(UcdpClient("another", server.base_url))


@pytest.mark.parametrize("token", ["", "   ", "two words", "line\nbreak"])
def test_a_missing_or_broken_token_is_refused_before_any_request(token: str) -> None:
    with pytest.raises(errors.UcdpApiTokenMissing, match="Nothing was fetched"):
        UcdpClient(token)


def test_an_unknown_version_is_named(server: UcdpServer, pauses: list[float]) -> None:
    with pytest.raises(errors.UcdpApiVersionUnknown, match=r"version 22\.1"):
        list(client(server, pauses).read("22.1"))


@pytest.mark.parametrize("version", ["", "latest", "23.1/../x", "23.1?x=1"])
def test_something_that_is_no_version_is_never_sent(
    server: UcdpServer, pauses: list[float], version: str
) -> None:
    with pytest.raises(errors.UcdpApiConfiguration, match="not a UCDP version"):
        list(client(server, pauses).read(version))
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["http://ucdpapi.pcr.uu.se/api/", "ftp://x/", "nothing", "https:///x"]
)
def test_the_token_is_not_sent_in_the_clear(url: str) -> None:
    with pytest.raises(errors.UcdpApiConfiguration, match="https"):
        UcdpClient(TOKEN, url)


def test_no_connection_is_a_clear_error(server: UcdpServer, pauses: list[float]) -> None:
    # Port 9 (discard) of this machine: nothing listens there.
    reader = UcdpClient(TOKEN, "http://127.0.0.1:9/api/", retries=2, sleep=pauses.append)
    with pytest.raises(errors.UcdpApiUnavailable, match="could not be reached"):
        ids(reader)
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize(
    "fault", [Fault.RATE_LIMIT, Fault.FAILURE, Fault.NOT_JSON, Fault.REDIRECT, Fault.SLOW]
)
def test_the_token_shows_in_no_error_and_no_repr(server: UcdpServer, fault: Fault) -> None:
    reader = UcdpClient(TOKEN, server.base_url, retries=0, timeout=0.1)
    server.faults.append(fault)
    with pytest.raises(errors.UcdpApiError) as caught:
        ids(reader)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(reader)
    assert TOKEN not in told
