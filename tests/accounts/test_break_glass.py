"""The emergency account: opened by two, seen by all, closed by the clock, reviewed by a third."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from primacy.platform import clock
from primacy.platform.accounts.actions import open_account
from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.orders.actions import review_opening
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.policy import Denied
from tests.accounts.conftest import STEWARD, Person, sign_in, sign_in_with_code, whoami

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("factors_required")]
WHY = "Both administrators are unreachable and the board must open."


def opened(first: Client, second: Client) -> str:
    """The path of the link, after one person asked on the page and another released."""
    first.post("/emergency/", {"kind": "break_glass", "subject": "planner", "reason": WHY})
    order = Order.objects.get()
    assert first.post(f"/emergency/{order.pk}/release/").status_code == 409
    assert first.post(f"/emergency/{order.pk}/open/").status_code == 409
    second.post(f"/emergency/{order.pk}/release/")
    page = first.post(f"/emergency/{order.pk}/open/").content.decode()
    found = re.search(r"data-link>http://testserver(/enter/[\w-]+/)<", page)
    assert found is not None
    return found[1]


@pytest.fixture
def clients(person: Person) -> tuple[Client, Client]:
    planner = person("planner", "planner", factor=True)
    overseer = person("overseer", "oversight", factor=True)
    return sign_in_with_code(planner), sign_in_with_code(overseer)


def test_the_full_path_from_asking_to_review(
    clients: tuple[Client, Client], person: Person
) -> None:
    bystander = sign_in(person("donor", "partner"))
    link = opened(*clients)
    guest, emergency = Client(), Client()
    emergency.post(link)
    assert whoami(emergency) == "Emergency account"
    assert emergency.get("/missions/").status_code == 200
    for client in (*clients, bystander, emergency):
        page = client.get("/missions/").content.decode()
        assert "The emergency account is open." in page
        assert WHY in page
        assert "released by Overseer" in page
    assert "emergency account is open" not in guest.get("/missions/").content.decode()
    again = Client()
    assert again.post(link).status_code == 410

    with clock.standing(timezone.now() + dt.timedelta(hours=4, minutes=1)):
        assert whoami(emergency) in ("session_over", "guest")
        assert whoami(emergency) == "guest"
        opening = EmergencyOpening.objects.get()
        for who in ("planner", "overseer"):
            part = viewer_of(Account.objects.get(email=f"{who}@example.org"))
            with pytest.raises(Denied):
                review_opening(actor=part, opening=opening, note="All was well, I think.")
        third = viewer_of(person("inspector", "oversight"))
        note = "Opened the board of one district; nothing else was touched."
        review_opening(actor=third, opening=opening, note=note)
    opening.refresh_from_db()
    assert opening.review == note
    acts = set(
        AuditEntry.objects.filter(action__startswith="emergency.").values_list("action", flat=True)
    )
    assert acts == {
        "emergency.ask", "emergency.release", "emergency.carry_out",
        "emergency.account.open", "emergency.account.review",
    }  # fmt: skip


def test_the_link_lapses_after_an_hour(clients: tuple[Client, Client]) -> None:
    link = opened(*clients)
    with clock.standing(timezone.now() + dt.timedelta(minutes=61)):
        assert Client().post(link).status_code == 410


def test_it_can_be_closed_early_and_its_rights_go_with_it(clients: tuple[Client, Client]) -> None:
    link = opened(*clients)
    emergency = Client()
    emergency.post(link)
    clients[1].post(f"/emergency/{EmergencyOpening.objects.get().pk}/close/")
    assert whoami(emergency) == "guest"
    assert not RoleGrant.objects.filter(account__emergency=True).exists()
    page = clients[0].get("/missions/").content.decode()
    assert "The emergency account is open." not in page


def test_an_administrator_cannot_open_the_emergency_account_alone(
    clients: tuple[Client, Client],
) -> None:
    opened(*clients)
    account = Account.objects.get(emergency=True)
    with pytest.raises(Denied):
        open_account(actor=STEWARD, account=account, reason="just because")


def test_an_opening_stays_listed_until_it_is_reviewed(clients: tuple[Client, Client]) -> None:
    opened(*clients)
    assert "To be reviewed" in clients[0].get("/emergency/").content.decode()


def test_the_page_is_for_those_who_may_order(person: Person) -> None:
    assert sign_in(person("donor", "partner")).get("/emergency/").status_code == 403
    assert Client().get("/emergency/").status_code == 302
