"""The register: pages, filters, exports, entering, and the indicator read from it."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from primacy.platform.indicators import Subject, values
from primacy.platform.policy import Denied, Marking, Viewer
from primacy.rooms.incidents.facade import (
    BadIncident,
    Incident,
    IncidentFilter,
    IncidentType,
    enter_incident,
    incidents,
    load_incidents,
    narrowed,
    page_of,
    preview_ucdp,
)
from primacy.rooms.places.facade import Area, Mission
from tests.conftest import Board
from tests.rooms.incidents.conftest import Writer
from tests.unit.exchange.ucdp_samples import event


def entered(actor: Viewer, mission: Mission, **more: object) -> Incident:
    given: dict[str, object] = {
        "type": IncidentType.CRIME,
        "date_start": timezone.localdate() - dt.timedelta(days=3),
        "lat": 5.0,
        "lon": 31.5,
        "source": "Patrol report 12",
    }
    return enter_incident(actor=actor, mission=mission, **{**given, **more})  # type: ignore[arg-type]


def test_an_entered_incident_gets_area_cell_and_bounds(
    actor: Viewer, mission: Mission, load_two_areas: Callable[[], None]
) -> None:
    load_two_areas()
    row = entered(actor, mission, deaths_best=2, deaths_high=5)
    assert row.area is not None
    assert (row.area.name, row.origin, row.priogrid) == ("East", "own", 137224)
    assert (row.deaths_low, row.deaths_best, row.deaths_high) == (2, 2, 5)


def test_an_incident_without_a_point_is_put_in_the_middle_of_its_area_and_says_so(
    actor: Viewer, mission: Mission, load_two_areas: Callable[[], None]
) -> None:
    load_two_areas()
    west = Area.objects.get(name="West")
    row = entered(actor, mission, lat=None, lon=None, area=west)
    assert (row.area, row.where_precision) == (west, 4)
    assert 30 < row.lon < 31


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"date_end": dt.date(2001, 1, 1)}, "before the first"),
        ({"date_start": dt.date(2099, 1, 1)}, "still to come"),
        ({"deaths_best": 3, "deaths_low": 4}, "low ≤ best ≤ high"),
        ({"lat": 91.0}, "latitude"),
        ({"lat": None, "lon": None}, "choose the area"),
        ({"source": " "}, "where this comes from"),
    ],
)
def test_what_cannot_be_an_incident_is_refused(
    actor: Viewer, mission: Mission, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(BadIncident, match=said):
        entered(actor, mission, **wrong)
    assert Incident.objects.count() == 0


def test_only_those_with_the_right_enter(mission: Mission, holder: Callable[[str], Viewer]) -> None:
    with pytest.raises(Denied):
        entered(holder("commander"), mission)
    assert entered(holder("adviser"), mission).pk


def test_marking_hides_an_incident_from_those_not_cleared(
    actor: Viewer, mission: Mission, holder: Callable[[str], Viewer]
) -> None:
    entered(actor, mission, marking=Marking.CONFIDENTIAL)
    assert not incidents(holder("commander"), mission).exists()
    assert incidents(holder("planner"), mission).count() == 1


def test_pages_follow_each_other_without_gap_or_repeat(actor: Viewer, mission: Mission) -> None:
    day = timezone.localdate() - dt.timedelta(days=9)
    for number in range(7):
        entered(actor, mission, date_start=day + dt.timedelta(days=number // 3))
    rows, cursor, seen = incidents(actor, mission), "", list[Incident]()
    while True:
        page = page_of(rows, cursor, size=2)
        seen += page.rows
        cursor = page.following
        if not cursor:
            break
    assert len({row.pk for row in seen}) == len(seen) == 7
    assert [row.date_start for row in seen] == sorted((r.date_start for r in seen), reverse=True)


def test_filters_narrow(
    actor: Viewer, mission: Mission, ucdp_file: Writer, load_two_areas: Callable[[], None]
) -> None:
    load_two_areas()
    path = ucdp_file(
        1,
        event(2, longitude=30.5, where_coordinates="Ashfield"),
        event(3, longitude=40, type_of_violence=2),
        event(4, year=2019, date_start="2019-01-01", date_end="2019-01-02"),
    )
    preview = preview_ucdp(actor=actor, mission=mission, path=path)
    load_incidents(actor=actor, batch_or_preview=preview)
    rows = incidents(actor, mission)

    def found(**wanted: object) -> set[str]:
        chosen = narrowed(actor, mission, rows, IncidentFilter(**wanted))  # type: ignore[arg-type]
        return set(chosen.values_list("origin_id", flat=True))

    assert found(area=Area.objects.get(name="West")) == {"2"}
    assert found(outside=True) == {"3"}
    assert found(types=("non_state",)) == {"3"}
    assert found(end=dt.date(2019, 12, 31)) == {"4"}
    assert found(text="ashfield front") == {"2"}
    assert found(start=dt.date(2020, 3, 6)) == {"1", "2", "3"}


def test_pages_and_exports(board: Board, client: Client) -> None:
    client.force_login(board.accounts["adviser"])
    row = entered(
        board["adviser"], board.mission, area=board.area, place="=1+1", headline="Cattle theft"
    )
    listing = client.get(reverse("incidents", args=["exercise"]))
    assert "Cattle theft" not in listing.content.decode()
    assert "Serious crime" in listing.content.decode()
    one = client.get(reverse("incident", args=["exercise", row.pk])).content.decode()
    assert "Cattle theft" in one
    assert "exact place" in one
    assert "Patrol report 12" in one
    address = reverse("incidents-export", args=["exercise", "csv"])
    text = b"".join(client.get(address).streaming_content).decode()  # type: ignore[attr-defined]
    assert ",'=1+1," in text
    book = load_workbook(
        io.BytesIO(client.get(reverse("incidents-export", args=["exercise", "xlsx"])).content)
    )
    cells = [cell.value for cell in list(book.active.rows)[1]]  # type: ignore[union-attr]
    assert "'=1+1" in cells
    before = (timezone.localdate() - dt.timedelta(days=30)).isoformat()
    past = client.get(reverse("incidents", args=["exercise"]), {"as_of": before})
    assert "Serious crime</td>" not in past.content.decode()


def test_entering_by_the_form(board: Board, client: Client) -> None:
    client.force_login(board.accounts["adviser"])
    address = reverse("incident-new", args=["exercise"])
    sent = {
        "type": "escape",
        "date_start": timezone.localdate().isoformat(),
        "date_precision": "1",
        "where_precision": "1",
        "lat": "5",
        "lon": "31.5",
        "deaths_best": "0",
        "source": "Radio call",
        "marking": "1",
    }
    wrong = client.post(address, {**sent, "deaths_low": "3"})
    assert "low ≤ best ≤ high" in wrong.content.decode()
    done = client.post(address, sent)
    row = Incident.objects.get()
    assert done["Location"] == reverse("incident", args=["exercise", row.pk])
    assert (row.type, row.source_text) == ("escape", "Radio call")


def test_an_incident_of_another_mission_is_not_found(
    make_board: Callable[..., Board], client: Client
) -> None:
    here, there = make_board("here"), make_board("there")
    row = entered(there["adviser"], there.mission)
    client.force_login(here.accounts["planner"])
    assert client.get(reverse("incident", args=["there", row.pk])).status_code == 404
    assert client.get(reverse("incident", args=["here", row.pk])).status_code == 404


def test_indicator_counts_90_days_and_stays_unknown_without_records(
    actor: Viewer, mission: Mission, load_two_areas: Callable[[], None]
) -> None:
    load_two_areas()
    today = timezone.localdate()
    subjects = [Subject("area", area.pk, mission.pk) for area in Area.objects.order_by("name")]
    assert values(actor, "incidents.count_90d", subjects, today) == []
    entered(actor, mission, date_start=today - dt.timedelta(days=89))
    entered(actor, mission, date_start=today - dt.timedelta(days=90))
    east, west = values(actor, "incidents.count_90d", subjects, today)
    assert (east.value, west.value) == (1.0, 0.0)
    assert east.observed_on == today - dt.timedelta(days=89)
    assert values(actor, "incidents.count_90d", subjects, today + dt.timedelta(days=400)) == []
