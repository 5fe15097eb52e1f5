"""The pages of the web face on a built case: what opens, what is refused, what it weighs."""

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from primacy.demo.case import build_case
from primacy.faces.web.views import map_layers
from primacy.platform.accounts.models import Account
from primacy.platform.policy import Marking, operator
from primacy.rooms.cases.facade import Fact, marked, story_markup
from primacy.rooms.forces.facade import figure_words, span_words
from primacy.rooms.incidents.facade import Incident
from primacy.rooms.places.facade import Mission
from tests.conftest import Board

ROOT = "/m/timor-leste"
PAGES = {
    f"{ROOT}/case/": "Lautem resumed on 14 May 2009",
    f"{ROOT}/case/facts/": "first district whose policing",
    f"{ROOT}/case/leads/": "Maritime Unit",
    f"{ROOT}/forces/": "National Police of Timor-Leste",
    f"{ROOT}/forces/PNTL/": "3,177",
    f"{ROOT}/map/": "Natural Earth",
    f"{ROOT}/sites/": "No sites on record",
    "/missions/": "United Nations Integrated Mission in Timor-Leste",
    "/accounts/login/": "There is no sign-up",
    "/accounts/signup/": "By invitation only",
    "/accounts/password/reset/": "This site sends no mail",
}
LIGHT = [address for address in PAGES if not address.endswith("/map/")]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mission]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_case(actor=operator("test"), case="timor-leste", progress=lambda what: None)
        transaction.set_rollback(True)


@pytest.fixture
def guest(case: Mission, db: None, client: Client) -> Client:
    return client


@pytest.fixture
def signed_in(case: Mission, make_account: Callable[..., Account]) -> Callable[[str], Client]:
    """Signs in somebody with a role everywhere."""

    def enter(label: str) -> Client:
        client = Client()
        client.force_login(make_account(label), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def body(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.getvalue().decode()


def packed(text: str | bytes) -> int:
    return len(gzip.compress(text.encode() if isinstance(text, str) else text, 6))


def static_weight(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str), name
    return packed(Path(found).read_bytes())


@pytest.mark.parametrize("address", PAGES)
def test_a_guest_reads_every_page_of_an_open_case(guest: Client, address: str) -> None:
    assert PAGES[address] in body(guest, address)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_carries_inline_script_or_style_and_each_says_its_policy(
    guest: Client, address: str
) -> None:
    response = guest.get(address)
    assert not INLINE.findall(response.content.decode())
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("address", LIGHT)
def test_a_page_without_map_weighs_little(guest: Client, address: str) -> None:
    page = body(guest, address)
    assert packed(page) <= 10_000
    assert packed(page) + linked_weight(page) <= 60_000


def test_the_map_page_stays_within_its_budget(guest: Client) -> None:
    page = body(guest, f"{ROOT}/map/")
    layers = [
        guest.get(f"{ROOT}/map/{name}.geojson").content
        for name in ("areas", "sites", "incidents", "basemap")
    ]
    loaded_by_script = ["vendor/maplibre-gl/maplibre-gl.mjs", "primacy/map-fills.js"]
    loaded_by_script += ["vendor/maplibre-gl/maplibre-gl-worker.mjs"]
    total = packed(page) + sum(packed(layer) for layer in layers)
    assert total + linked_weight(page, *loaded_by_script) <= 520_000


def linked_weight(page: str, *more: str) -> int:
    """Styles, scripts and icons that a page loads, and what its own script imports, each once."""
    linked = set(re.findall(r'(?:src|href)="/static/(?:[0-9a-f]{12}/)?([^"#]+)', page))
    assert "primacy/primacy.css" in linked
    imported = {"primacy/drafts.js", "primacy/store.js", "primacy/tables.js"}
    return sum(static_weight(name) for name in linked | imported | set(more))


def test_the_past_is_announced_and_today_is_not(guest: Client) -> None:
    assert "You are looking at <strong>1 June 2010" in body(guest, f"{ROOT}/case/")
    today = timezone.localdate().isoformat()
    assert "You are looking at" not in body(guest, f"{ROOT}/case/?as_of={today}")


def test_a_day_that_is_no_day_is_refused_with_the_form_expected(guest: Client) -> None:
    assert "year-month-day" in body(guest, f"{ROOT}/forces/?as_of=1.6.2010", 400)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        f"{ROOT}/forces/NOBODY/",
        f"{ROOT}/map/panel/area/NOWHERE/",
        f"{ROOT}/map/panel/site/not-a-uuid/",
        f"{ROOT}/map/panel/person/1/",
        f"{ROOT}/case/facts/tl-9999/",
        f"{ROOT}/case/facts.exe",
    ],
)
def test_what_is_not_there_is_answered_404(guest: Client, address: str) -> None:
    assert guest.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/m/exercise/case/", "/m/exercise/map/", "/missions/new/", "/audit/"]
)
def test_a_guest_is_sent_to_sign_in_where_a_right_is_missing(
    guest: Client, board: Board, address: str
) -> None:
    response = guest.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=")


def test_somebody_without_the_right_is_told_who_has_it(
    signed_in: Callable[[str], Client],
) -> None:
    page = body(signed_in("adviser"), "/audit/", 403)
    assert "Oversight body or auditor" in page


def test_the_map_of_a_closed_mission_gives_nothing_away(guest: Client, board: Board) -> None:
    for name in ("areas", "sites", "incidents", "basemap"):
        assert guest.get(f"/m/{board.mission.code}/map/{name}.geojson").status_code == 302


def test_the_audit_log_is_verified_on_request(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("overseer")
    assert "The chain is intact" not in body(client, "/audit/")
    page = body(client, "/audit/?verify=1&action=cases.")
    assert "The chain is intact" in page
    assert "cases.facts.add" in page
    assert "places.area.create" not in page


def test_starting_a_mission_says_what_is_missing_and_then_opens_its_board(
    signed_in: Callable[[str], Client],
) -> None:
    client = signed_in("planner")
    refused = client.post("/missions/new/", {"name": "Mission in Carana"})
    assert "Host state: This field is required." in refused.content.decode()
    made = client.post("/missions/new/", {"name": "Mission in Carana", "country": "Carana"})
    assert made.headers["Location"] == "/m/mission-in-carana/board/"
    assert "No story yet" in body(client, "/m/mission-in-carana/case/")
    assert "No units yet" in body(client, "/m/mission-in-carana/forces/")
    assert "No boundaries are recorded yet" in body(client, "/m/mission-in-carana/map/")


def test_a_first_password_must_be_changed_before_anything_opens(
    guest: Client, make_account: Callable[..., Account]
) -> None:
    account = make_account("overseer")
    account.set_password("made-for-you-123")
    account.must_change_password = True
    account.save()
    sent = guest.post(
        "/accounts/login/", {"login": account.email, "password": "made-for-you-123"}, follow=True
    )
    assert "Choose your own password now" in sent.content.decode()
    assert guest.get("/missions/").headers["Location"] == "/accounts/password/change/"
    changed = {"oldpassword": "made-for-you-123"}
    changed |= {"password1": "harbour-lantern-9", "password2": "harbour-lantern-9"}
    assert guest.post("/accounts/password/change/", changed).headers["Location"] == "/"
    assert guest.get("/missions/").status_code == 200


def test_a_wrong_password_is_refused_without_saying_which_half_is_wrong(guest: Client) -> None:
    page = guest.post("/accounts/login/", {"login": "nobody@example.org", "password": "x"})
    assert "Not signed in" in page.content.decode()


def test_the_pages_of_mail_are_not_reachable(guest: Client) -> None:
    for address in ("/accounts/email/", "/accounts/confirm-email/", "/accounts/login/code/"):
        assert guest.get(address).status_code == 404


def test_a_used_link_says_what_to_do(guest: Client) -> None:
    assert "one-time link" in body(guest, "/enter/not-a-token/")
    response = guest.post("/enter/not-a-token/")
    assert response.status_code == 410
    assert "Ask the administrator" in response.content.decode()


def test_every_mark_of_the_story_leads_to_its_fact(guest: Client) -> None:
    marks = set(
        re.findall(
            r'href="(/m/timor-leste/case/facts/[a-z]+-[0-9]+/)"', body(guest, f"{ROOT}/case/")
        )
    )
    assert len(marks) > 40
    for address in marks:
        response = guest.get(address, follow=True)
        reference = address.rstrip("/").rsplit("/", 1)[-1]
        assert f'<li id="{reference}">' in response.content.decode(), address


def test_facts_are_shown_up_to_the_day_and_by_filter(guest: Client) -> None:
    early = body(guest, f"{ROOT}/case/facts/?as_of=2004-12-31")
    assert 'id="tl-003"' in early
    assert 'id="tl-006"' not in early
    place = body(guest, f"{ROOT}/case/facts/?as_of=2013-01-01&place=Ainaro&theme=handover")
    assert 'id="tl-077"' in place
    assert 'id="tl-049"' not in place
    assert "No fact fits" in body(guest, f"{ROOT}/case/facts/?text=no+such+words")


def test_each_grade_and_contradiction_is_said_in_words(guest: Client) -> None:
    page = body(guest, f"{ROOT}/case/facts/?as_of=2013-01-01&theme=gap")
    assert "looked for and not found" in page
    assert "differs: <a" in body(guest, f"{ROOT}/case/facts/?as_of=2013-01-01&place=Ainaro")


def test_contradictions_stand_side_by_side_and_gaps_are_named(guest: Client) -> None:
    page = body(guest, f"{ROOT}/case/")
    clashes = page[page.index('id="clashes"') : page.index('id="gaps"')]
    assert "tl-077" in clashes
    assert "tl-082" in clashes
    assert "tl-152" in page[page.index('id="gaps"') :]


def test_the_replay_steps_from_change_to_change(guest: Client) -> None:
    page = body(guest, f"{ROOT}/case/?as_of=2010-04-16")
    assert 'rel="prev" href="?as_of=2010-04-12#replay"' in page
    assert 'rel="next" href="?as_of=2010-09-07#replay"' in page
    first = body(guest, f"{ROOT}/case/?as_of=2000-01-01")
    assert 'rel="prev"' not in first


def test_exported_facts_follow_the_filter_and_run_no_formula(guest: Client, case: Mission) -> None:
    fact = Fact.objects.filter(mission=case).first()
    assert fact is not None
    Fact.objects.filter(pk=fact.pk).update(statement="=1+1", theme="baseline")
    lines = body(guest, f"{ROOT}/case/facts.csv?theme=baseline").splitlines()
    assert any(",'=1+1," in line for line in lines)
    assert all(",baseline," in line for line in lines[1:])
    book = guest.get(f"{ROOT}/case/facts.xlsx")
    assert book.content[:2] == b"PK"


def test_the_map_says_who_led_on_the_day_asked_for(guest: Client) -> None:
    leads = {}
    for day in ("2010-06-01", "2011-03-28"):
        found = json.loads(body(guest, f"{ROOT}/map/areas.geojson?as_of={day}"))["features"]
        leads[day] = [f["properties"]["lead"] for f in found]
    assert leads["2010-06-01"].count("local_overseen") == 6
    assert leads["2011-03-28"] == ["local_overseen"] * 13


def test_the_side_panel_is_a_fragment_as_of_the_day(guest: Client) -> None:
    found = json.loads(body(guest, f"{ROOT}/map/areas.geojson"))["features"]
    lautem = next(f for f in found if f["properties"]["name"] == "Lautem")
    panel = body(guest, lautem["properties"]["panel"])
    assert "<html" not in panel
    assert "local leads, mission monitors" in panel
    assert "1 June 2010" in panel


@pytest.fixture
def incidents(case: Mission, db: None) -> list[Incident]:
    """Thirty public incidents of 2010 in two places, and one that guests may not read."""
    rows = [
        Incident(
            mission=case,
            origin="own",
            origin_id=str(number),
            vintage="1",
            type="crime",
            date_start=dt.date(2010, 5, 1),
            date_end=dt.date(2010, 5, 1),
            date_precision=1,
            lat=-8.6 if number % 2 else -8.9,
            lon=125.6,
            where_precision=1,
            h3=0,
            priogrid=1,
            marking=Marking.CONFIDENTIAL if number == 30 else Marking.PUBLIC,
        )
        for number in range(31)
    ]
    return Incident.objects.bulk_create(rows)


def test_incidents_are_points_that_the_viewer_may_read(
    guest: Client, incidents: list[Incident]
) -> None:
    layer = json.loads(body(guest, f"{ROOT}/map/incidents.geojson?incidents=90"))
    assert layer["total"] == len(layer["features"]) == 30
    assert "Serious crime" in body(guest, layer["features"][0]["properties"]["panel"])
    hidden = f"{ROOT}/map/panel/incident/{incidents[30].pk}/"
    assert guest.get(hidden).status_code == 404


def test_many_incidents_are_counted_by_cell_and_none_is_left_out(
    guest: Client, incidents: list[Incident], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_layers, "MOST_POINTS", 10)
    layer = json.loads(body(guest, f"{ROOT}/map/incidents.geojson?incidents=all"))
    counts = [feature["properties"]["count"] for feature in layer["features"]]
    assert sorted(counts) == [15, 15]
    assert "none is left out" in layer["note"]
    panel = body(guest, layer["features"][0]["properties"]["panel"])
    assert "15 incidents" in panel


def test_incidents_of_later_days_are_not_shown(guest: Client, incidents: list[Incident]) -> None:
    layer = json.loads(body(guest, f"{ROOT}/map/incidents.geojson?incidents=all&as_of=2010-04-30"))
    assert layer["total"] == 0


def test_a_story_cannot_smuggle_markup() -> None:
    text = "# T\n\nA <script>alert(1)</script> **bold** [tl-001]\n\n- one\n  more\n- two"
    page = str(story_markup(text, lambda mark: f"/f/{mark}/?a=1&b=2"))
    assert "<script" not in page
    assert "<strong>bold</strong>" in page
    assert '<a class="mark-link" href="/f/tl-001/?a=1&amp;b=2">tl-001</a>' in page
    assert "<li>one more</li><li>two</li>" in page
    assert "<h" not in page


def test_a_mark_that_is_no_reference_stays_as_it_was_written() -> None:
    assert str(marked("see [note 3] & more", lambda mark: "/")) == "see [note 3] &amp; more"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": 9000.0, "qualifier": "more_than", "unit": "troops"}, "more than 9,000 troops"),
        ({"value": 0.33, "qualifier": "less_than", "unit": "share"}, "less than 33 %"),
        ({"value": 0.0, "qualifier": "by", "unit": "personnel"}, "0 personnel"),
        ({"value": None, "low": 12.0, "high": 15.0, "unit": "days"}, "12 to 15 days"),
        ({"value": None}, ""),
    ],
)
def test_a_figure_is_said_as_its_source_bounds_it(given: dict[str, object], words: str) -> None:
    assert figure_words(**given) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2016-07-01", "2016-07-01", "1 July 2016"),
        ("2016-07-01", "2016-07-31", "July 2016"),
        ("2011-01-01", "2011-12-31", "2011"),
        ("2006-01-01", "2012-12-31", "2006 to 2012"),
        ("2010-09-10", "2010-09-24", "10 September 2010 to 24 September 2010"),
    ],
)
def test_a_span_is_as_short_as_it_is_exact(first: str, last: str, words: str) -> None:
    assert span_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == words
