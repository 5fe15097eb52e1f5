"""Incidents over the API: who sees them, filters, and pages that lose nothing."""

import datetime as dt

import pytest

from primacy.platform.policy import Marking
from primacy.rooms.incidents.facade import Incident
from tests.conftest import Board
from tests.contract.callers import Caller

HERE = "/missions/exercise/incidents"


@pytest.fixture
def events(board: Board) -> list[Incident]:
    """Twelve events on six days, two a day; the third day's are of another kind and place."""
    return [
        Incident.objects.create(
            mission=board.mission,
            area=board.areas[0] if number // 2 == 2 else None,
            origin="test",
            origin_id=str(number),
            vintage="1",
            type="one_sided" if number // 2 == 2 else "state_based",
            date_start=dt.date(2020, 1, 1 + number // 2),
            date_end=dt.date(2020, 1, 1 + number // 2),
            date_precision=1,
            lat=10.0 if number // 2 == 2 else -5.0,
            lon=179.5 if number % 2 else -179.5,
            where_precision=1,
            h3=0,
            priogrid=1,
            deaths_best=number,
            marking=Marking.CONFIDENTIAL if number == 0 else Marking.INTERNAL,
        )
        for number in range(12)
    ]


def ids(answer: tuple[int, dict]) -> list[str]:
    assert answer[0] == 200, answer
    return [item["origin_id"] for item in answer[1]["items"]]


@pytest.mark.parametrize("limit", [1, 3, 5, 12])
def test_pages_hold_every_event_once_newest_first(
    board: Board, events: list[Incident], limit: int
) -> None:
    caller, seen, after = Caller(board.accounts["adviser"]), [], ""
    while True:
        _, page = caller.get(HERE, limit=limit, after=after)
        seen += [(item["date_start"], item["id"]) for item in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]

    assert len(seen) == 12
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"from": "2020-01-03", "to": "2020-01-03"}, {"4", "5"}),
        ({"from": "2020-01-06"}, {"10", "11"}),
        ({"to": "2020-01-01"}, {"0", "1"}),
        ({"type": "one_sided"}, {"4", "5"}),
        ({"area": "a1"}, {"4", "5"}),
        ({"bbox": "179,9,180,11"}, {"5"}),
        ({"bbox": "179,9,-179,11"}, {"4", "5"}),
    ],
)
def test_filters_narrow(
    board: Board, events: list[Incident], query: dict[str, str], wanted: set[str]
) -> None:
    assert set(ids(Caller(board.accounts["adviser"]).get(HERE, **query))) == wanted


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "0,50,10,40"}, "bbox"),
        ({"bbox": "nan,0,10,10"}, "bbox"),
        ({"from": "soon"}, "from"),
        ({"after": "2020"}, "after"),
        ({"limit": 501}, "limit"),
    ],
)
def test_a_filter_that_cannot_be_read_names_the_field(
    board: Board, query: dict[str, object], field: str
) -> None:
    status, body = Caller(board.accounts["adviser"]).get(HERE, **query)

    assert (status, list(body["fields"])) == (422, [field])


def test_a_cursor_that_is_none_of_ours_is_refused(board: Board) -> None:
    bad = f"2020-99-99~{'-' * 36}"

    assert Caller(board.accounts["adviser"]).get(HERE, after=bad)[0] == 422


def test_events_above_ones_clearance_and_replaced_ones_are_not_shown(
    board: Board, events: list[Incident]
) -> None:
    Incident.objects.filter(origin_id="11").update(superseded_at=dt.datetime.now(dt.UTC))

    commander = set(ids(Caller(board.accounts["commander"]).get(HERE)))
    adviser = set(ids(Caller(board.accounts["adviser"]).get(HERE)))

    assert adviser - commander == {"0"}
    assert "11" not in adviser
    assert Caller().get(HERE)[0] == 404


def test_one_event_is_read_by_its_id_where_it_is_open(board: Board, events: list[Incident]) -> None:
    secret = events[0].pk

    shown = Caller(board.accounts["adviser"]).get(f"{HERE}/{secret}")
    hidden = Caller(board.accounts["commander"]).get(f"{HERE}/{secret}")

    assert (shown[0], shown[1]["origin_id"], shown[1]["marking"]) == (200, "0", "confidential")
    assert (hidden[0], hidden[1]["error"]) == (404, "not_found")
