"""What an attacker tries over real HTTP: planted sessions, replayed codes, asking who exists."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from primacy.platform.accounts.actions import close_account, issue_sign_in_link
from primacy.platform.accounts.models import Account
from tests.accounts.browsing import Browser
from tests.accounts.conftest import PASSWORD, STEWARD, PassTime, Person, code

pytestmark = pytest.mark.django_db

PLANTED = "a" * 32
At = Callable[[], Browser]


@pytest.fixture
def browser(live_site: str) -> At:
    """Opens new browsers at the running site."""
    return lambda: Browser(live_site)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed: what takes time at a sign-in."""
    seen: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return seen


def sign_in(browser: Browser, address: str, password: str = PASSWORD) -> Browser:
    return browser.open("/accounts/login/").send(login=address, password=password)


def told(browser: Browser, *addresses: str) -> tuple[int, str, str]:
    """All that an answer tells: status, place and words, without tokens and what was typed."""
    words = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", browser.text)
    words = re.sub(r"/enter/[\w-]+/", "/enter/", words)
    for address in addresses:
        words = words.replace(address, "ADDRESS")
    return browser.status, browser.path.split("/")[1], words


def test_no_answer_and_no_time_tells_which_addresses_have_an_account(
    browser: At, person: Person, hashes: list[str]
) -> None:
    known, closed = person("known", "partner"), person("closed", "partner")
    invited = person("invited", "partner")
    close_account(actor=STEWARD, account=closed, reason="left the mission")
    invited.set_unusable_password()
    invited.save()
    answers, counts = [], []
    for address in (known.email, closed.email, invited.email, "nobody@example.org"):
        hashes.clear()
        visitor = sign_in(browser(), address, "not the password")
        answers.append(told(visitor, address))
        counts.append(len(hashes))
    assert answers == [answers[0]] * 4
    assert counts == [counts[0]] * 4
    assert counts[0] > 0


def test_only_the_right_password_tells_that_an_account_is_closed_and_it_opens_nothing(
    browser: At, person: Person
) -> None:
    account = person("closed", "partner")
    close_account(actor=STEWARD, account=account, reason="left the mission")
    owner = sign_in(browser(), account.email)
    assert "This account is closed" in owner.text
    assert "left the mission" not in owner.text
    assert owner.whoami() == "guest"
    assert "is closed" not in sign_in(browser(), account.email, "not the password").text


def test_the_page_of_forgotten_passwords_asks_for_no_address(browser: At) -> None:
    page = browser().open("/accounts/password/reset/")
    assert page.status == 200
    assert 'name="email"' not in page.text
    answer = page.session.post(page.page.url, data={"email": "known@example.org"}, timeout=20)
    assert answer.status_code in (403, 405)


def test_a_link_tells_nothing_about_whose_it_was(
    browser: At, person: Person, pass_time: PassTime
) -> None:
    def link(account: Account) -> str:
        return f"/enter/{issue_sign_in_link(actor=STEWARD, account=account)}/"

    somebody, closed = person("somebody", "partner"), person("closed", "partner")
    used, late, shut = link(somebody), link(somebody), link(closed)
    browser().open(used).send()
    close_account(actor=STEWARD, account=closed, reason="left the mission")
    before = [told(browser().open(path)) for path in (used, late, shut, "/enter/made-up/")]
    assert before == [before[0]] * 4
    answers = [told(browser().open(path).send()) for path in (used, shut, "/enter/made-up/")]
    pass_time(hours=25)
    answers.append(told(browser().open(late).send()))
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 410


@pytest.mark.parametrize("way", ["password", "link", "second factor"])
def test_a_planted_session_is_worth_nothing_after_the_sign_in(
    browser: At, person: Person, way: str
) -> None:
    account = person("somebody", "partner", factor=way == "second factor")
    victim, attacker = browser(), browser()
    victim.carry(PLANTED)
    if way == "link":
        token = issue_sign_in_link(actor=STEWARD, account=account)
        victim.open(f"/enter/{token}/").send()
    else:
        sign_in(victim, account.email)
    if way == "second factor":
        halfway = victim.session_id
        victim.send(code=code())
        assert victim.session_id != halfway
        attacker.carry(halfway)
    else:
        attacker.carry(PLANTED)
    assert victim.session_id != PLANTED
    assert victim.whoami() == "Somebody"
    assert attacker.whoami() == "guest"


def test_a_code_that_was_seen_is_worth_nothing(
    browser: At, person: Person, factors_required: None
) -> None:
    account = person("planner", "planner", factor=True)
    seen = code()
    owner = sign_in(browser(), account.email).send(code=seen)
    assert owner.whoami() == "Planner"
    thief = sign_in(browser(), account.email).send(code=seen)
    assert thief.path == "/accounts/2fa/authenticate/"
    assert thief.whoami() == "guest"
    # Nor does it open the changes of the account in a stolen session.
    owner.open("/accounts/2fa/reauthenticate/?next=/accounts/2fa/recovery-codes/generate/")
    owner.send(code=seen)
    assert owner.path == "/accounts/2fa/reauthenticate/"


def test_a_stolen_session_is_dead_at_its_next_request_once_it_is_ended(
    browser: At, person: Person
) -> None:
    account = person("somebody", "partner")
    owner, thief = sign_in(browser(), account.email), browser()
    lost = sign_in(browser(), account.email)
    thief.carry(lost.session_id)
    assert thief.whoami() == "Somebody"
    page = owner.open("/accounts/sessions/")
    ends = re.findall(r'action="(/accounts/sessions/\d+/end/)"', page.text)
    assert len(ends) == 1
    owner.send(ends[0])
    assert thief.whoami() == "guest"
    assert thief.open("/people/").path == "/accounts/login/"
    assert owner.whoami() == "Somebody"


def test_signing_out_ends_the_session_on_the_server_too(browser: At, person: Person) -> None:
    owner, thief = sign_in(browser(), person("somebody", "partner").email), browser()
    thief.carry(owner.session_id)
    assert thief.whoami() == "Somebody"
    owner.open("/accounts/logout/").send()
    assert thief.whoami() == "guest"


def test_a_session_left_alone_is_over_at_the_next_request(
    browser: At, person: Person, pass_time: PassTime
) -> None:
    owner = sign_in(browser(), person("planner", "planner").email)
    assert owner.open("/missions/").path == "/missions/"
    pass_time(minutes=16)
    assert owner.open("/people/").path == "/accounts/login/"
    assert "signed out" in owner.text
    assert owner.whoami() == "guest"


def test_a_sign_in_leads_to_no_other_site(browser: At, person: Person) -> None:
    account = person("somebody", "partner")
    for place in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        visitor = browser().open(f"/accounts/login/?next={place}")
        visitor.send(login=account.email, password=PASSWORD)
        assert visitor.page.url.startswith(visitor.site)
        assert visitor.whoami() == "Somebody"
