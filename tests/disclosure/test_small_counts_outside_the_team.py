"""Small counts of persons and closed sources do not leave the team that owns them."""

import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from primacy.platform.accounts.models import Compartment, Organisation
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking, in_owning_team, restricted
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.incidents.facade import Incident, IncidentType, enter_incident
from tests.conftest import Board

WORDS = "restricted information: ask"


@pytest.fixture
def board(make_board: Callable[..., Board]) -> Board:
    return make_board(open_to_guests=True, marking=Marking.PUBLIC)


@pytest.fixture
def page(board: Board) -> Callable[..., str]:
    """The text of a page as somebody sees it."""

    def get(label: str, path: str, **query: str) -> str:
        client = Client()
        if label != "guest":
            client.force_login(board.accounts[label])
        response = client.get(path, query)
        assert response.status_code == 200, (label, path)
        body = b"".join(response) if response.streaming else response.content
        return body.decode()

    return get


def crime(board: Board, deaths: int, **more: object) -> Incident:
    day = timezone.localdate() - dt.timedelta(days=3)
    given: dict[str, object] = {
        "actor": board["operations"],
        "mission": board.mission,
        "type": IncidentType.CRIME,
        "date_start": day,
        "lat": 8.1,
        "lon": -10.2,
        "place": "Old bridge",
        "source": "Patrol report",
        "deaths_best": deaths,
        "marking": Marking.PUBLIC,
    }
    return enter_incident(**{**given, **more})


@pytest.mark.parametrize(
    ("label", "permission", "inside"),
    [
        ("adviser", "incidents.view", True),
        ("overseer", "incidents.view", True),
        ("commander", "forces.view", True),
        ("commander", "incidents.view", False),
        ("official", "forces.view", False),
        ("official", "readiness.view", True),
        ("donor", "incidents.view", False),
    ],
)
def test_the_owning_team_are_those_cleared_above_internal_or_who_work_on_the_records(
    board: Board, label: str, permission: str, inside: bool
) -> None:
    assert in_owning_team(board[label], permission, board.mission.pk) is inside


@pytest.mark.parametrize("label", ["guest", "donor", "commander", "official"])
def test_few_victims_entered_here_are_shown_nowhere_outside_the_team(
    board: Board, page: Callable[..., str], label: str
) -> None:
    row = crime(board, 7)
    code = board.mission.code
    addresses = [
        reverse("incidents", args=[code]),
        reverse("incident", args=[code, row.pk]),
        reverse("map-panel", args=[code, "incident", str(row.pk)]),
    ]
    for address in addresses:
        text = page(label, address)
        assert WORDS in text, address
    assert ">7<" not in page(label, addresses[1])
    line = page(label, reverse("incidents-export", args=[code, "csv"])).splitlines()[1]
    assert line.count(WORDS) == 7
    assert ",7," not in line
    (item,) = json.loads(page(label, f"/api/v1/missions/{code}/incidents"))["items"]
    assert (item["deaths_best"], item["deaths_civilians"], item["withheld"]) == (None, None, True)


def test_the_team_itself_sees_them(board: Board, page: Callable[..., str]) -> None:
    row = crime(board, 7)
    text = page("adviser", reverse("incident", args=[board.mission.code, row.pk]))
    assert WORDS not in text
    (item,) = json.loads(page("adviser", f"/api/v1/missions/{board.mission.code}/incidents"))[
        "items"
    ]
    assert (item["deaths_best"], item["withheld"]) == (7, False)


def test_a_spreadsheet_withholds_as_the_page_does(board: Board) -> None:
    crime(board, 7)
    response = Client().get(reverse("incidents-export", args=[board.mission.code, "xlsx"]))
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    shown = dict(zip(rows[0], rows[1], strict=True))
    assert str(shown["deaths_best"]).startswith(WORDS)


def test_published_figures_stay_and_sums_do_not_give_the_others_away(
    board: Board, page: Callable[..., str]
) -> None:
    crime(board, 7)
    published = crime(board, 3)
    Incident.objects.filter(pk=published.pk).update(origin="ucdp_ged")
    address = reverse("incidents", args=[board.mission.code])
    client = Client()
    assert client.get(address).context["deaths"] == 3
    client.force_login(board.accounts["adviser"])
    assert client.get(address).context["deaths"] == 10
    cell = reverse("map-panel", args=[board.mission.code, "cell", "-41_32"])
    assert "3" in page("guest", cell)
    assert "10" not in page("guest", cell).split("</p>")[0].split("deaths")[0][-6:]


@pytest.fixture
def forces(board: Board) -> Board:
    """A region of 70 officers in three posts, one of them of four."""
    source = ensure_source(actor=board["commander"], mission_id=board.mission.pk, title="Muster")
    day = timezone.localdate() - dt.timedelta(days=30)
    region = None
    for code, value, women in (("region", 70, 12), ("one", 40, 5), ("two", 26, 7), ("three", 4, 0)):
        unit = add_unit(
            actor=board["commander"],
            mission=board.mission,
            code=code,
            name=code.title(),
            force="Police",
            side="local",
            source=source,
            parent=region,
        )
        region = region or unit
        add_strength(
            actor=board["commander"],
            unit=unit,
            kind="present",
            value=value,
            women=women,
            date_from=day,
            date_to=day,
            source=source,
        )
    return board


def strengths(page: Callable[..., str], board: Board, label: str, **query: str) -> dict[str, dict]:
    text = page(label, f"/api/v1/missions/{board.mission.code}/strengths", **query)
    return {item["unit"]: item for item in json.loads(text)["items"]}


def test_a_small_post_cannot_be_subtracted_from_its_region(
    forces: Board, page: Callable[..., str]
) -> None:
    seen = strengths(page, forces, "official")
    assert "three" not in seen
    posts = {"one", "two"} & set(seen)
    assert not ("region" in seen and len(posts) == 2)
    assert all(item["women"] is None for item in seen.values())


def test_a_filter_does_not_change_what_is_withheld(forces: Board, page: Callable[..., str]) -> None:
    together = set(strengths(page, forces, "official"))
    apart = {
        name
        for unit in ("region", "one", "two", "three")
        for name in strengths(page, forces, "official", unit=unit)
    }
    assert apart == together


def test_the_force_sees_its_own_figures(forces: Board, page: Callable[..., str]) -> None:
    seen = strengths(page, forces, "commander")
    assert (seen["three"]["value"], seen["one"]["women"]) == (4, 5)


def test_a_closed_source_is_veiled_on_an_entry_that_is_open(
    board: Board, page: Callable[..., str]
) -> None:
    title = "Statement of a protected witness"
    source = ensure_source(
        actor=board["human_rights"],
        mission_id=board.mission.pk,
        title=title,
        marking=Marking.STRICT,
    )
    day = timezone.localdate() - dt.timedelta(days=60)
    board.lead("joint", day, source=source, marking=Marking.PUBLIC)
    code = board.mission.code
    history = f"/api/v1/missions/{code}/areas/{board.area.code}/history"
    board_api = f"/api/v1/missions/{code}/board"
    for label in ("guest", "donor", "commander", "adviser"):
        for address in (history, board_api, reverse("board-export", args=[code, "csv"])):
            text = page(label, address)
            assert title not in text, (label, address)
            assert WORDS in text, (label, address)
    assert title in page("human_rights", history)


def test_the_words_say_nothing_of_what_is_hidden() -> None:
    assert len({str(restricted()) for _hidden in ("a", "a much longer secret")}) == 1
    named = restricted("Human rights component")
    assert named.text == "restricted information: ask Human rights component"
    assert sorted([restricted().sort_key, "b", "a"]) == ["a", "b", restricted().sort_key]


def protected(board: Board) -> Incident:
    """A crime in a compartment of the human rights component."""
    owner = Organisation.objects.get(name="Human rights component")
    compartment = Compartment.objects.create(code="witness", name="Witnesses", owner=owner)
    compartment.members.add(board.accounts["human_rights"])
    row = crime(board, 7, actor=board["operations"], marking=Marking.CONFIDENTIAL)
    Incident.objects.filter(pk=row.pk).update(compartment=compartment)
    return row


def test_the_owner_of_a_compartment_sees_who_saw_its_record_and_others_do_not(
    board: Board, page: Callable[..., str]
) -> None:
    row = protected(board)
    shown = reverse("incident", args=[board.mission.code, row.pk])
    seen = reverse("audit-seen", args=["incidents.incident", row.pk])
    assert seen in page("human_rights", shown)
    page("human_rights", shown)
    text = page("human_rights", seen)
    assert "account:human rights" in text
    assert f"GET {shown} × 2" in text
    for label in ("adviser", "commander", "donor", "administrator"):
        client = Client()
        client.force_login(board.accounts[label])
        assert client.get(seen).status_code == 403, label
    assert Client().get(seen).status_code == 302


def test_an_overseer_sees_readers_of_a_record_and_what_a_person_was_shown(
    board: Board, page: Callable[..., str], make_account: Callable[..., object]
) -> None:
    row = protected(board)
    shown = reverse("incident", args=[board.mission.code, row.pk])
    page("human_rights", shown)
    assert "human rights" in page(
        "overseer", reverse("audit-seen", args=["incidents.incident", row.pk])
    )
    client = Client()
    client.force_login(make_account("overseer"))  # type: ignore[arg-type]
    person = reverse("audit-person", args=[board.accounts["human_rights"].pk])
    assert str(row.pk) in client.get(person).content.decode()
    api = client.get(f"/api/v1/audit/seen/incidents.incident/{row.pk}").json()
    assert [(one["who"], one["times"]) for one in api] == [("account:human rights", 1)]
    client.force_login(board.accounts["human_rights"])
    assert client.get(person).status_code == 403


def test_readers_of_what_does_not_exist_are_refused_like_those_of_what_is_closed(
    board: Board,
) -> None:
    client = Client()
    client.force_login(board.accounts["human_rights"])
    missing = "01890000-0000-7000-8000-000000000000"
    answers = {
        client.get(reverse("audit-seen", args=[label, missing])).status_code
        for label in ("incidents.incident", "no.such", "accounts.account", "x")
    }
    assert answers == {403}
    assert not AuditEntry.objects.filter(action="read").exists()
