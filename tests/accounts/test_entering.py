"""From the invitation to full access, over real HTTP, and back in after a forgotten password."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator

from primacy.faces.web.sign_in import passwords
from primacy.platform.accounts.actions import ensure_first_administrator, issue_sign_in_link
from primacy.platform.accounts.models import Account
from primacy.platform.audit.models import AuditEntry
from tests.accounts.browsing import Browser
from tests.accounts.conftest import PASSWORD, SECRET, STEWARD, PassTime, Person, code

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("factors_required"),
]

CHOSEN = "a river under four bridges"
SET, CHANGE, FACTOR = "/accounts/password/set/", "/accounts/password/change/", "/accounts/2fa/"

At = Callable[[], Browser]


@pytest.fixture
def browser(live_site: str) -> At:
    """Opens new browsers at the running site."""
    return lambda: Browser(live_site)


def link_to(account: Account) -> str:
    return f"/enter/{issue_sign_in_link(actor=STEWARD, account=account)}/"


def enter(browser: Browser, link: str) -> Browser:
    return browser.open(link).send()


def choose(browser: Browser, password: str) -> Browser:
    return browser.send(password1=password, password2=password)


def set_up_app(browser: Browser) -> str:
    """The secret of an app, set up on the page of second factors."""
    found = re.search(r"data-secret>(\w+)<", browser.open(f"{FACTOR}totp/activate/").text)
    assert found is not None, browser.path
    browser.send(code=code(found[1]))
    return found[1]


def sign_in(browser: Browser, account: Account, password: str) -> Browser:
    return browser.open("/accounts/login/").send(login=account.email, password=password)


def test_from_the_invitation_to_full_access(browser: At) -> None:
    admin = browser()
    first = _administrator(admin)
    admin.open("/people/invite/").send(
        email="new@example.org", name="New Person", organisation="UN Police"
    )
    link = re.search(r"data-link>http://[^/]+(/enter/[\w-]+/)<", admin.text)
    assert link is not None
    account = Account.objects.get(email="new@example.org")
    admin.send(f"/people/{account.pk}/grant/", role="planner", mission="")

    guest = browser()
    guest.open(link[1])
    assert guest.whoami() == "guest", "opening the link uses nothing up: mail scanners open links"
    guest.send()
    assert guest.path == SET
    assert guest.whoami() == "second_factor"
    choose(guest, CHOSEN)
    assert guest.path == FACTOR
    assert "Nothing else opens until you have set one up" in guest.text
    for held in ("/", "/missions/", "/emergency/", "/missions/new/"):
        assert guest.open(held).path == FACTOR, held
    secret = set_up_app(guest)
    assert guest.path == f"{FACTOR}recovery-codes/"
    assert guest.open("/missions/").path == "/missions/"
    assert guest.whoami() == "New Person"

    back = sign_in(browser(), account, CHOSEN)
    assert back.path == f"{FACTOR}authenticate/"
    assert back.whoami() == "guest"
    back.send(code=code(secret, step=1))
    assert back.whoami() == "New Person"
    assert first.email != account.email
    acts = AuditEntry.objects.filter(subject_id=str(account.pk)).values_list("action", flat=True)
    assert {
        "accounts.account.create", "accounts.link.issue", "accounts.role.grant",
        "accounts.link.redeem", "accounts.password.change", "accounts.second_factor.add",
    } <= set(acts)  # fmt: skip


def _administrator(browser: Browser) -> Account:
    """The first administrator, signed in with the password that is shown once, then their own."""
    made = ensure_first_administrator(actor=STEWARD)
    assert made is not None
    account = Account.objects.get(email=made.email)
    sign_in(browser, account, made.password)
    assert browser.path == CHANGE
    browser.send(oldpassword=made.password, password1=PASSWORD, password2=PASSWORD)
    assert browser.path == FACTOR
    browser.open(f"{FACTOR}totp/activate/")
    if browser.path != f"{FACTOR}totp/activate/":
        browser.send(password=PASSWORD)
    set_up_app(browser)
    assert browser.whoami() == "Administrator"
    return account


def test_a_used_an_expired_and_an_unknown_link_say_so(
    browser: At, person: Person, pass_time: PassTime
) -> None:
    account = person("planner", "planner")
    used, cancelled = link_to(account), link_to(account)
    choose(enter(browser(), used), CHOSEN)
    for link in (used, cancelled, "/enter/never-made/"):
        refused = enter(browser(), link)
        assert refused.status == 410
        assert "used already, has expired or is not known" in refused.text
        assert "Ask the administrator for a new one" in refused.text
        assert refused.whoami() == "guest"
    late, in_time = link_to(account), link_to(account)
    pass_time(hours=23, minutes=58)
    assert enter(browser(), in_time).status == 200
    pass_time(hours=24, minutes=1)
    refused = enter(browser(), late)
    assert (refused.status, refused.whoami()) == (410, "guest")


def test_a_forgotten_password_is_replaced_by_a_fresh_link(browser: At, person: Person) -> None:
    account = person("donor", "partner")
    elsewhere = sign_in(browser(), account, PASSWORD)
    assert elsewhere.whoami() == "Donor"
    guest = enter(browser(), link_to(account))
    assert guest.path == SET
    assert guest.open(CHANGE).path == SET, "the old password isn't asked for"
    choose(guest, CHOSEN)
    assert guest.whoami() == "Donor"
    assert elsewhere.whoami() == "guest"
    assert sign_in(browser(), account, PASSWORD).whoami() == "guest"
    assert sign_in(browser(), account, CHOSEN).whoami() == "Donor"
    # Once: from here on the password just chosen is asked for.
    assert guest.open(SET).path == CHANGE


def test_without_a_fresh_link_the_old_password_is_asked_for(
    browser: At, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = person("donor", "partner")
    assert sign_in(browser(), account, PASSWORD).open(SET).path == CHANGE
    guest = enter(browser(), link_to(account))
    monkeypatch.setattr(passwords, "FRESH_FOR", -1)
    choose(guest, CHOSEN)
    assert guest.path == CHANGE
    assert sign_in(browser(), account, CHOSEN).whoami() == "guest"


def test_a_link_replaces_no_password_before_the_second_factor_is_shown(
    browser: At, person: Person
) -> None:
    account = person("planner", "planner", factor=True)
    thief = enter(browser(), link_to(account))
    assert thief.path == f"{FACTOR}authenticate/"
    for path in (SET, CHANGE, f"{FACTOR}totp/activate/", f"{FACTOR}webauthn/add/"):
        assert thief.open(path).path == f"{FACTOR}authenticate/", path
    thief.send(SET, password1=CHOSEN, password2=CHOSEN)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    owner = enter(browser(), link_to(account))
    owner.send(code=code(SECRET))
    assert owner.path == SET
    choose(owner, CHOSEN)
    assert owner.whoami() == "Planner"
    account.refresh_from_db()
    assert account.check_password(CHOSEN)
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_a_weak_password_is_refused_beside_its_field_and_nothing_opens(
    browser: At, person: Person
) -> None:
    account = person("planner", "planner")
    guest = enter(browser(), link_to(account))
    choose(guest, "planner@example.org")
    assert guest.path == SET
    assert "too similar" in guest.text
    guest.send(password1=CHOSEN, password2=f"{CHOSEN} more")
    assert guest.path == SET
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert guest.whoami() == "second_factor"


def test_the_password_can_wait_and_is_offered_beside_the_second_factor(
    browser: At, person: Person
) -> None:
    account = person("planner", "planner")
    account.set_unusable_password()
    account.save()
    guest = enter(browser(), link_to(account))
    assert "Not now" in guest.text
    guest.open("/")
    assert guest.path == FACTOR
    assert SET in guest.text
    set_up_app(guest)
    assert guest.open("/missions/").path == "/missions/"
    choose(guest.open(SET), CHOSEN)
    assert SET not in guest.open(FACTOR).text
