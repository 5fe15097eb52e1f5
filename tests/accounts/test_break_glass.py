"""The emergency account: opened by two, seen by all, closed by the clock, reviewed by a third."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from primacy.platform import clock
from primacy.platform.accounts.actions import (
    admit_to_compartment,
    create_compartment,
    ensure_organisation,
    open_account,
)
from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.ids import uuid7
from primacy.platform.orders.actions import (
    ask,
    open_emergency_account,
    release,
    review_opening,
)
from primacy.platform.orders.errors import BadOrder, NotReleased
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.policy import Denied
from primacy.rooms.places.facade import Mission
from tests.accounts.conftest import (
    PASSWORD,
    SECRET,
    STEWARD,
    Person,
    sign_in,
    sign_in_with_code,
    whoami,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("factors_required")]
WHY = "Both administrators are unreachable and the board must open."


def opened(first: Client, second: Client, where: str = "all") -> str:
    """The path of the link, after one person asked on the page and another released."""
    asked = {"kind": "break_glass", "subject": "planner", "mission": where, "reason": WHY}
    first.post("/emergency/", asked)
    order = Order.objects.get(carried_out_at__isnull=True)
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


def test_an_order_names_one_mission_and_the_account_opens_on_that_one_only(
    clients: tuple[Client, Client], make_mission: Callable[..., Mission], person: Person
) -> None:
    here, elsewhere = make_mission("here"), make_mission("elsewhere")
    link = opened(*clients, where=str(here.pk))
    emergency = Client()
    emergency.post(link)
    assert emergency.get(f"/m/{here.code}/map/").status_code == 200
    assert emergency.get(f"/m/{elsewhere.code}/map/").status_code in (403, 404)
    acts_as = viewer_of(Account.objects.get(emergency=True))
    assert acts_as.has("readiness.propose", here.pk)
    assert not acts_as.has("readiness.propose", elsewhere.pk)
    assert not acts_as.has("emergency.order")
    entry = AuditEntry.objects.get(action="emergency.account.open")
    assert entry.mission_id == str(here.pk)
    # Who may open the mission reads which one it is; to others it isn't named.
    assert f"Mission planner, {here.name}" in clients[0].get("/missions/").content.decode()
    donor = sign_in(person("donor")).get("/missions/").content.decode()
    assert "Open as Mission planner, one mission" in donor
    assert here.name not in donor


def test_leaving_the_mission_out_is_refused_and_never_means_all(
    clients: tuple[Client, Client], make_mission: Callable[..., Mission]
) -> None:
    make_mission("here")
    asked = {"kind": "break_glass", "subject": "planner", "reason": WHY}
    page = clients[0].post("/emergency/", asked)
    assert "Name the mission" in page.content.decode()
    page = clients[0].post("/emergency/", {**asked, "mission": str(uuid7())})
    assert page.status_code == 200
    assert not Order.objects.exists()


def test_an_order_for_one_mission_opens_no_other_and_not_all(
    clients: tuple[Client, Client], make_mission: Callable[..., Mission]
) -> None:
    here, elsewhere = make_mission("here"), make_mission("elsewhere")
    first, second = (
        viewer_of(Account.objects.get(email=f"{who}@example.org"))
        for who in ("planner", "overseer")
    )
    order = ask(actor=first, kind="break_glass", subject="planner", mission_id=here.pk, reason=WHY)
    release(actor=second, order=order)
    for mission_id in (None, elsewhere.pk):
        with pytest.raises(NotReleased):
            open_emergency_account(actor=first, role="planner", mission_id=mission_id)
    assert not RoleGrant.objects.filter(account__emergency=True).exists()
    open_emergency_account(actor=first, role="planner", mission_id=here.pk)
    grant = RoleGrant.objects.get(account__emergency=True)
    assert (grant.role, grant.mission_id) == ("planner", here.pk)


def test_a_second_opening_takes_the_rights_of_the_first_away(
    clients: tuple[Client, Client], make_mission: Callable[..., Mission]
) -> None:
    here, elsewhere = make_mission("here"), make_mission("elsewhere")
    first_in = Client()
    first_in.post(opened(*clients, where=str(here.pk)))
    opened(*clients, where=str(elsewhere.pk))
    assert whoami(first_in) == "guest"
    assert [g.mission_id for g in RoleGrant.objects.filter(account__emergency=True)] == [
        elsewhere.pk
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"subject": "planner"}, "Name the mission"),
        ({"subject": "planner", "mission_id": uuid7(), "all_missions": True}, "not both"),
        ({"subject": "administrator", "mission_id": uuid7()}, "keeps the whole server"),
        ({"kind": "wipe", "mission_id": uuid7()}, "name none"),
        ({"kind": "evacuate", "all_missions": True}, "name none"),
    ],
)
def test_an_order_says_exactly_where_it_holds(
    person: Person, given: dict[str, object], words: str
) -> None:
    me = viewer_of(person("planner", "planner"))
    with pytest.raises(BadOrder, match=words):
        ask(**{"actor": me, "kind": "break_glass", "reason": WHY, **given})
    assert not Order.objects.exists()


def test_who_used_it_once_leaves_no_door_behind(clients: tuple[Client, Client]) -> None:
    emergency = Client()
    emergency.post(opened(*clients))
    for path in ("/accounts/password/set/", "/accounts/2fa/totp/activate/", "/accounts/2fa/"):
        answer = emergency.post(path, {"password1": PASSWORD, "password2": PASSWORD})
        assert answer.status_code == 403, path
    account = Account.objects.get(emergency=True)
    assert not account.has_usable_password()
    # Even a door that was left by another way is gone when the account opens again.
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, SECRET)
    clients[1].post(f"/emergency/{EmergencyOpening.objects.get().pk}/close/")
    opened(*clients)
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user=account).exists()


def test_while_it_is_open_one_administrator_adds_no_link_role_or_compartment(
    clients: tuple[Client, Client], person: Person
) -> None:
    opened(*clients)
    account = Account.objects.get(emergency=True)
    admin = sign_in_with_code(person("admin", "administrator", factor=True))
    assert admin.post(f"/people/{account.pk}/do/link/").status_code == 403
    role = {"role": "human_rights", "mission": ""}
    assert admin.post(f"/people/{account.pk}/grant/", role).status_code == 403
    owner = ensure_organisation(actor=STEWARD, name="Human rights component")
    inner = create_compartment(actor=STEWARD, code="sources", name="Sources", owner=owner)
    with pytest.raises(Denied):
        admit_to_compartment(actor=STEWARD, compartment=inner, account=account)
    assert [g.role for g in account.grants.all()] == ["planner"]
    assert account.links.count() == 1
