"""A lost second factor comes off by two persons, neither of them its owner."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.orders.actions import ask, release, reset_second_factor
from primacy.platform.orders.errors import BadOrder, NotReleasable, NotReleased
from primacy.platform.orders.models import Order
from primacy.platform.policy import Denied
from tests.accounts.conftest import (
    PASSWORD,
    STEWARD,
    Person,
    sign_in,
    sign_in_with_code,
    whoami,
)
from tests.accounts.test_people_pages import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("factors_required")]

WHY = "Telephone lost in the river at Saltmarsh."


@pytest.fixture
def owner(person: Person) -> Account:
    return person("owner", "planner", factor=True)


def factors(account: Account) -> int:
    return Authenticator.objects.filter(user=account).count()


def ordered(owner: Account, first: Account, second: Account) -> Order:
    order = ask(actor=viewer_of(first), kind="second_factor", subject=owner.email, reason=WHY)
    return release(actor=viewer_of(second), order=order)


def test_two_administrators_take_it_off_on_their_pages(person: Person, owner: Account) -> None:
    inside = sign_in_with_code(owner)
    first = sign_in_with_code(person("first", "administrator", factor=True))
    second = sign_in_with_code(person("second", "administrator", factor=True))
    page = f"/people/{owner.pk}/"
    assert b"Ask to take the second factor off" in first.get(page).content

    assert first.post(f"{page}do/reset/").status_code == 409
    assert first.post(f"{page}do/ask-reset/", {"reason": WHY}).status_code == 302
    order = Order.objects.get()
    assert b"waits for a second person" in first.get("/emergency/").content
    assert b"Another person must release it first" in first.get(page).content
    assert first.post(f"/emergency/{order.pk}/release/").status_code == 409
    assert first.post(f"{page}do/reset/").status_code == 409
    assert factors(owner) == 1
    assert whoami(inside) == "Owner"

    assert second.post(f"/emergency/{order.pk}/release/").status_code == 302
    assert factors(owner) == 1, "a release alone takes nothing off"
    assert first.post(f"{page}do/reset/").status_code == 302

    assert factors(owner) == 0
    assert whoami(inside) == "guest"
    told = sign_in(owner).get("/accounts/2fa/").content.decode()
    assert WHY in told
    assert "First" in told
    assert "Second" in told
    assert first.post(f"{page}do/reset/").status_code == 409, "an order is good once"


def test_the_owner_has_no_part_in_it(person: Person) -> None:
    owner = person("owner", "administrator", factor=True)
    other, third = person("other", "administrator"), person("third", "administrator")
    with pytest.raises(BadOrder, match="Two others"):
        ask(actor=viewer_of(owner), kind="second_factor", subject=owner.email, reason=WHY)
    order = ask(actor=viewer_of(other), kind="second_factor", subject=owner.email, reason=WHY)
    with pytest.raises(NotReleasable, match="your own account"):
        release(actor=viewer_of(owner), order=order)
    release(actor=viewer_of(third), order=order)
    with pytest.raises(Denied):
        reset_second_factor(actor=viewer_of(owner), account=owner)
    assert factors(owner) == 1


def test_an_order_holds_for_the_account_it_names_and_no_other(
    person: Person, owner: Account
) -> None:
    victim = person("victim", "human_rights", factor=True)
    ordered(owner, person("first", "administrator"), person("second", "oversight"))
    with pytest.raises(NotReleased):
        reset_second_factor(actor=STEWARD, account=victim)
    assert factors(victim) == 1


@pytest.mark.parametrize("address", ["", "nobody@example.org", "emergency@primacy.local"])
def test_an_order_names_somebody_who_exists(person: Person, address: str) -> None:
    with pytest.raises(BadOrder, match="address"):
        ask(
            actor=viewer_of(person("first", "administrator")),
            kind="second_factor",
            subject=address,
            reason=WHY,
        )


def test_whoever_runs_the_server_carries_out_and_orders_nothing(
    person: Person, owner: Account
) -> None:
    code, words = run("account", "reset-second-factor", owner.email)
    assert code != 0
    assert "primacy emergency ask second_factor" in words
    assert factors(owner) == 1

    first, second = person("first", "administrator"), person("second", "oversight")
    ask_by = ("--subject", owner.email, "--reason", WHY, "--as", first.email)
    code, words = run("emergency", "ask", "second_factor", *ask_by, PRIMACY_PASSWORD=PASSWORD)
    assert code == 0, words
    order = words.split("Asked for as ")[1].split(".")[0]
    release_by = ("emergency", "release", order, "--as", second.email)
    assert run(*release_by, PRIMACY_PASSWORD=PASSWORD)[0] == 0
    code, words = run("account", "reset-second-factor", owner.email)
    assert code == 0, words
    assert factors(owner) == 0
    entry = AuditEntry.objects.get(action="accounts.second_factor.reset")
    assert WHY in entry.body


def test_who_may_order_but_keeps_no_accounts_cannot_carry_out(
    person: Person, owner: Account
) -> None:
    planner = person("asker", "planner")
    ordered(owner, planner, person("second", "oversight"))
    with pytest.raises(Denied):
        reset_second_factor(actor=viewer_of(planner), account=owner)
    assert Client().post(f"/people/{owner.pk}/do/reset/").status_code in (302, 401, 403)
    assert factors(owner) == 1
