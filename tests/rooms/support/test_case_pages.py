"""Pages of cases: what each shows, to whom, and that a refused step says why and keeps the text."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from primacy.platform import clock
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking, restricted
from primacy.rooms.incidents.facade import IncidentType, claim_responsibility, enter_incident
from primacy.rooms.support.actions.policy import put_framework_in_force
from primacy.rooms.support.actions.requests import NewRecipient
from primacy.rooms.support.actions.stops import record_finding
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.models import SupportCase
from tests.rooms.support.conftest import Desk

BASE = "/m/exercise/support"


@pytest.fixture
def client_of(desk: Desk) -> Callable[[str], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(label: str) -> Client:
        client = Client()
        client.force_login(desk.accounts[label])
        return client

    return signed_in


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:800]
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode()


def send(client: Client, address: str, values: Mapping[str, object], status: int = 302) -> str:
    answer = client.post(address, dict(values))
    assert answer.status_code == status, plain(answer.content.decode())[:3000]
    return answer.content.decode()


def plain(page: str) -> str:
    """The words of a page, without its markup."""
    words = re.sub(r"<[^>]+>", " ", page.split("</nav>")[-1])
    return re.sub(r"\s+", " ", unescape(words))


def request_values(**more: object) -> dict[str, object]:
    """A whole request as a browser sends it."""
    today = clock.today()
    return {
        "title": "Fuel for outposts", "kind": "fuel", "asked_for_by": "Police component",
        "starts_on": today.isoformat(), "ends_on": (today + dt.timedelta(days=60)).isoformat(),
        "place": "District 1", "quantity": "1000", "quantity_unit": "litres", "budget": "5000",
        "currency": "USD", "budget_line": "B-1", "recipients": "unit: b1-1\nA company nobody knows",
        "absorption": "Two tanks.", "baseline": "Four patrols.", "sustainment": "The ministry.",
        "cost_year_3": "6000", "cost_year_5": "7000", **more,
    }  # fmt: skip


def case_address(case: SupportCase, more: str = "") -> str:
    return f"{BASE}/{case.pk}/{more}"


def do(client: Client, case: SupportCase, act: str, status: int = 302, /, **values: object) -> str:
    """Sends one of the small forms of a case."""
    sent = {f"{act}-{name}": value for name, value in values.items()}
    return send(client, case_address(case, f"do/{act}/"), sent, status)


def test_a_request_walks_to_its_approval_on_pages(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    planner, rights = client_of("planner"), client_of("human_rights")
    send(planner, f"{BASE}/new/", request_values())
    case = SupportCase.objects.get(title="Fuel for outposts")
    page = plain(read(planner, case_address(case)))
    assert "Not found in the register, kept as written: A company nobody knows" in page
    assert "Fill in: objective." in page

    refused = do(planner, case, "submit", 400)
    assert "Fill in: objective." in plain(refused)
    send(planner, case_address(case, "edit/"), request_values(objective="Reach.", recipients=""))
    unknown = case.recipients.get(unit=None)
    do(planner, case, "exclude", 400, recipient=unknown.pk, reason="")
    do(planner, case, "exclude", recipient=unknown.pk, reason="No such company.")
    do(planner, case, "submit")

    # Not validated before its scope is determined and its commanders are noted: both are said.
    page = plain(do(rights, case, "validate", 400))
    assert "Determine the scope first" in page
    assert "List who commands First battalion at the start" in page
    wizard = plain(read(rights, case_address(case, "scope/")))
    assert "inside the policy" in wizard
    assert "needs a second person" in wizard
    scope = {"clause": "in.logistics", "reason": ""}
    send(rights, case_address(case, "scope/"), scope, 400)
    send(rights, case_address(case, "scope/"), {**scope, "reason": "It fuels patrols."})
    do(rights, case, "note-command")
    do(rights, case, "validate")
    do(rights, case, "screen")

    for label in ("human_rights", "adviser"):
        client = client_of(label)
        card = read(client, f"{BASE}/desk/")
        assert "First battalion" in card
        hidden = dict(re.findall(r'name="(recipient|office)" value="([^"]+)"', card))
        green = {**hidden, "colour": "green", "reason": "Searched the register."}
        assert "nothing found is never simply clean" in send(client, f"{BASE}/desk/", green, 400)
        send(client, f"{BASE}/desk/", {**green, "searched": "register, today"})
        assert "Nothing waits for your office" in read(client, f"{BASE}/desk/")
    do(rights, case, "consolidate")

    send(rights, case_address(case, "risk/"), {"answer_a": "Needs fuel."})
    assert "Record of the recipient" in plain(read(rights, case_address(case, "risk/")))
    assert "The risk assessment lacks" in plain(read(rights, case_address(case)))
    whole = {f"answer_{one.code}": f"On {one.code}" for one in ELEMENTS}
    rating = {"likelihood_0": 2, "severity_0": 2, "likelihood_after_0": 1, "severity_after_0": 1}
    risk = {"text_0": "Sold", "measures_0": "Log sheets", "real_risk": "no", **rating}
    send(rights, case_address(case, "risk/"), {**whole, **risk})
    kept = case.recipients.get(excluded=False)
    do(rights, case, "recommend", recipient=kept.pk, colour="green", commentary="All agree.")
    do(rights, case, "send")

    leader = client_of("leader")
    do(leader, case, "decide", 400, ruling="not_approved", reasons="No.")
    do(leader, case, "decide", ruling="approved", reasons="It helps the outposts.")
    page = plain(read(leader, case_address(case)))
    assert "It helps the outposts." in page
    do(rights, case, "activate")
    case.refresh_from_db()
    assert case.state == "active"
    assert case.moves.count() == 8


def test_out_of_scope_is_confirmed_by_a_second_person(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("submitted")
    first, second = client_of("human_rights"), client_of("human_rights_2")
    send(first, case_address(case, "scope/"), {"clause": "out.mediation", "reason": "Talks only."})
    page = plain(do(first, case, "out_of_scope", 400, reason="Talks"))
    assert "Out of scope needs a second person" in page
    do(second, case, "out_of_scope", reason="Talks only, I agree.")
    case.refresh_from_db()
    assert case.state == "out_of_scope"
    assert "Out of scope" in read(second, case_address(case))


def test_the_host_state_opens_no_case_and_learns_nothing(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("screening", title="Secret fuel")
    client = client_of("commander")
    for address, status in (
        (f"{BASE}/", 403), ("/m/exercise/support.csv", 403), (f"{BASE}/desk/", 403),
        (f"{BASE}/new/", 403), (case_address(case), 404), (case_address(case, "risk/"), 404),
        (case_address(case, "edit/"), 404), (case_address(case, "scope/"), 404),
    ):  # fmt: skip
        assert "Secret fuel" not in read(client, address, status), address
    for what in ("consolidate", "suspend", "no-such-act"):
        assert "Secret fuel" not in do(client, case, what, 404, reason="x")
    assert "Secret fuel" not in read(client_of("official"), case_address(case), 404)
    assert read(client_of("donor"), f"{BASE}/", 403)
    # The menu leads to no page that would refuse them.
    assert f'href="{BASE}/"' not in read(client, "/m/exercise/forces/")
    assert f'href="{BASE}/"' in read(client_of("planner"), "/m/exercise/forces/")
    case.refresh_from_db()
    assert case.state == "screening"


def test_an_overseer_reads_all_and_can_press_nothing(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("decision")
    client = client_of("overseer")
    assert case.title in read(client, f"{BASE}/")
    page = read(client, case_address(case)).split("<main")[1]
    assert "Searched the register." in page
    assert "All agree." in page
    assert "<form" not in page
    form = read(client, case_address(case, "risk/")).split("<main")[1]
    assert "Save as a version" not in form
    send(client, case_address(case, "risk/"), {"answer_a": "x"}, 403)
    for what in ("refuse", "decide", "recommend", "send", "condition"):
        send(client, case_address(case, f"do/{what}/"), {}, 404 if what == "refuse" else 403)


def test_the_record_stands_beside_the_risk_form_and_what_is_closed_is_said(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    put_framework_in_force(
        actor=desk["human_rights"], mission=desk.mission, title="Second",
        sections={"record": "Beatings in detention were reported."}, source_title="Paper",
        what_changed="The record.",
    )  # fmt: skip
    claimed = ((dt.date(2021, 5, 4), Marking.INTERNAL), (dt.date(2022, 6, 7), Marking.STRICT))
    for day, marking in claimed:
        incident = enter_incident(
            actor=desk["planner"], mission=desk.mission, type=IncidentType.ONE_SIDED,
            date_start=day, lat=1.0, lon=2.0, source="Field report",
        )  # fmt: skip
        claim_responsibility(
            actor=desk["human_rights"], incident=incident, unit=desk.battalion, part="committed",
            terms=Terms(cites=[Cite(desk.source())], marking=marking),
        )  # fmt: skip
    case = desk.to("consolidated")
    address = case_address(case, "risk/")
    page = read(client_of("human_rights"), address)
    mine = plain(page)
    assert "4 May 2021" in mine
    assert "7 June 2022" in mine
    assert "in command then: Bena Roe (possible)" in mine
    assert 'class="marking marking-3"' in page
    assert "No response on record." in mine
    assert "Beatings in detention were reported." in mine
    assert "taken from the country framework" in mine
    assert str(restricted()) not in mine
    theirs = plain(read(client_of("planner"), address))
    assert "4 May 2021" in theirs
    assert "7 June 2022" not in theirs
    assert str(restricted()) in theirs


def test_the_desk_drafts_from_the_last_answer_and_counts_only_what_is_saved(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    first = desk.to("screening")
    desk.answer(desk.kept(first)[0], desk.offices["police"], "yellow", reason="One old case.")
    second = desk.to("screening", title="More fuel")
    client = client_of("adviser")
    card = read(client, f"{BASE}/desk/")
    assert f"in case {first.number}: confirm it or change it" in plain(card)
    assert "One old case." in card
    assert re.search(r'value="yellow"[^>]*checked', card)
    assert not second.answers.exists()
    assert "Searched then: register, today" in plain(card)
    assert not re.search(r'name="searched"[^>]*value="register, today"', card)
    hidden = dict(re.findall(r'name="(recipient|office|prefilled_from)" value="([^"]+)"', card))
    send(client, f"{BASE}/desk/", {**hidden, "colour": "red", "reason": "Two cases now."})
    answer = second.answers.get()
    assert (answer.colour, answer.prefilled_from) == ("red", first.answers.get())
    # A card that is gone leaves no form on the card of somebody else.
    late = send(client, f"{BASE}/desk/", {**hidden, "colour": "red"}, 400)
    assert "Two cases now." not in late
    # An office is answered for by its own people only.
    assert "No answer is asked of you" in read(client_of("requester"), f"{BASE}/desk/")


def test_conditions_are_drafted_met_and_waived_on_the_page(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("decision")
    rights, leader = client_of("human_rights"), client_of("leader")
    due = (clock.today() + dt.timedelta(days=10)).isoformat()
    asked = {"kind": "before", "pillar": "training", "owner": "Police", "due_on": due}
    page = do(leader, case, "condition", 400, text="", **asked)
    assert 'id="deed-condition" open' in page
    do(leader, case, "condition", text="Train the keepers", **asked)
    do(leader, case, "condition", text="Lock the tank", **asked)
    do(leader, case, "decide", ruling="approved_with_conditions", reasons="Under conditions.")
    refused = plain(do(rights, case, "activate", 400))
    assert "Still to be met, or waived on record: Train the keepers" in refused
    first, second = case.conditions.order_by("text")
    do(rights, case, "meet", condition=second.pk, evidence="List, seen by the adviser")
    waiver = {"authority": "Head of mission, rule 4", "reason": "Delay", "expires_on": due}
    do(rights, case, "waive", 403, condition=first.pk, **waiver)
    do(leader, case, "waive", condition=first.pk, **waiver)
    page = plain(read(rights, case_address(case)))
    assert "Waiver: Head of mission, rule 4, until" in page
    assert "List, seen by the adviser" in page
    do(rights, case, "activate")


def test_support_is_watched_suspended_and_told_on_the_page(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.active()
    client, leader, today = client_of("human_rights"), client_of("leader"), clock.today()
    do(client, case, "visit", planned_on=today.isoformat(), what="The tank", owner="Monitors")
    visit = case.visits.get()
    seen = {"done_on": today.isoformat(), "access": "full", "seen": "Half is gone."}
    do(client, case, "visit-report", visit=visit.pk, signs=["diverted"], **seen)
    assert "Half is gone." in read(client, case_address(case))
    do(client, case, "watch", reason="Fuel was diverted.")
    raised = {"way": "letter", "addressee": "Minister", "text": "Fuel is gone.", "asked": "Look."}
    do(client, case, "intercede", response_due=today.isoformat(), **raised)
    letter = case.intercessions.get()
    page = plain(do(client, case, "settle", 400, reason="Enough."))
    assert "The authorities have not answered" in page
    do(client, case, "response", intercession=letter.pk, response="None.", enough="no")
    do(leader, case, "suspend", reason="Fuel was sold.", told_host="Fuel was not accounted for.")
    page = plain(do(leader, case, "withdraw", 400, reason="For good."))
    assert "Tell the authorities first" in page
    told = {"kind": "withdrawn", "addressee": "Minister", "text": "No account of the fuel."}
    do(leader, case, "notify", what_would_change="An account.", **told)
    do(leader, case, "withdraw", reason="For good.")
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_a_name_is_found_in_the_register_on_the_page(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("submitted", recipients=[NewRecipient("unit", "Bataillon un")])
    one = case.recipients.get()
    client = client_of("human_rights")
    page = do(client, case, "resolve", 400, recipient=one.pk, unit="b9", person="")
    assert "b9" in page
    do(client, case, "resolve", recipient=one.pk, unit="b1-1", person="")
    one.refresh_from_db()
    assert one.unit == desk.battalion
    assert "in the register" in plain(read(client, case_address(case))).lower()


def test_a_finding_reaches_the_page_and_stops_the_decision(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    case = desk.to("decision")
    record_finding(
        actor=desk["human_rights"], mission=desk.mission, test="gross", basis="Verified killings.",
        source_title="Report", unit=desk.brigade,
    )  # fmt: skip
    page = plain(do(client_of("leader"), case, "decide", 400, ruling="approved", reasons="Yes."))
    assert "There is no override" in page
    assert "Yes." in page
    beside = plain(read(client_of("human_rights"), case_address(case, "risk/")))
    assert "Verified killings." in beside


def test_the_queue_filters_counts_and_asks_the_same_however_long_it_is(
    desk: Desk, client_of: Callable[[str], Client]
) -> None:
    client = client_of("planner")
    assert "No case waits" in read(client, f"{BASE}/")
    late = desk.to("submitted", title="Late one")
    SupportCase.objects.filter(pk=late.pk).update(due_on=clock.today() - dt.timedelta(days=2))
    desk.draft(title="Other draft", recipients=[desk.other], by="requester")
    ended = desk.to("cancelled", title="Ended one")
    own = desk.draft(title="Own draft")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = read(client, f"{BASE}/")
    assert page.index("Late one") < page.index("Own draft")
    assert "overdue" in page
    assert ended.title not in page
    assert ended.title in read(client, f"{BASE}/?state=all")
    mine = read(client, f"{BASE}/?mine=on")
    assert own.title in mine
    assert "Other draft" not in mine
    found = read(client, f"{BASE}/?text=second+brigade")
    assert "Other draft" in found
    assert "Own draft" not in found
    assert "No case open to you fits" in read(client, f"{BASE}/?text=nothing-like-it")
    for number in range(8):
        desk.draft(title=f"Draft {number}")
    with CaptureQueriesContext(connection) as many:
        read(client, f"{BASE}/")
    assert len(many) <= len(few) + 1
    assert client.get("/m/exercise/support.xlsx").status_code == 200
    lines = list(csv.DictReader(io.StringIO(read(client, "/m/exercise/support.csv?state=all"))))
    assert len(lines) == 12
    assert {"Ended one", "Late one"} <= {line["title"] for line in lines}
    assert next(line for line in lines if line["title"] == "Late one")["overdue"] == "yes"
