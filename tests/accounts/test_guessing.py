"""Guessing: locked by account and place, limited everywhere, and no word about who exists."""

import itertools
import re
import time
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings as SettingsWrapper

from primacy.faces.web.sign_in.client import client_ip
from primacy.platform.accounts.actions import unlock_account
from tests.accounts.conftest import PASSWORD, STEWARD, Person, sign_in, whoami

pytestmark = pytest.mark.django_db


def try_password(address: str, password: str, place: str = "10.0.0.1") -> tuple[int, str]:
    """Status and text of the answer to one try."""
    answer = Client(REMOTE_ADDR=place).post(
        "/accounts/login/", {"login": address, "password": password}
    )
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, text.replace(address, "ADDRESS")


@pytest.fixture
def passing_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some seconds go by between two tries, so that no limit by the minute stands in between."""
    began, steps = time.time(), itertools.count()
    passing = SimpleNamespace(
        time=lambda: began + 2 * next(steps), monotonic=time.monotonic, sleep=time.sleep
    )
    monkeypatch.setattr(ratelimit, "time", passing)


def test_wrong_passwords_lock_the_account_at_that_place_only(person: Person) -> None:
    account = person("donor", "partner")
    tries = [try_password(account.email, f"wrong {n}")[0] for n in range(7)]
    assert tries[-1] == 429
    assert try_password(account.email, PASSWORD)[0] == 429
    # Somebody who guesses from one place does not shut the person out at another.
    assert try_password(account.email, PASSWORD, place="10.9.9.9")[0] == 302


def test_one_place_that_never_stops_trying_shuts_nobody_out_elsewhere(
    person: Person, passing_time: None
) -> None:
    account = person("admin", "administrator")
    for n in range(90):
        try_password(account.email, f"wrong {n}")
    assert try_password(account.email, PASSWORD)[0] == 429
    assert try_password(account.email, PASSWORD, place="10.9.9.9")[0] == 302


def test_many_places_shut_out_strangers_but_not_the_browser_known_for_the_address(
    person: Person, passing_time: None
) -> None:
    account, other = person("admin", "administrator"), person("other", "administrator")
    own, foreign = sign_in(account), sign_in(other)
    for browser in (own, foreign):
        browser.post("/accounts/logout/")
    for n in range(40):
        try_password(account.email, f"wrong {n}", place=f"10.7.{n}.1")
    assert try_password(account.email, PASSWORD, place="10.9.9.9")[0] == 200, "slowed down"
    forger = Client()
    forger.cookies["primacy_known"] = "made-up." + "0" * 64
    for stranger in (foreign, forger):
        assert whoami(sign_in(account, client=stranger)) == "guest"
    assert whoami(sign_in(account, client=own)) == "Admin"
    # And whoever keeps the server, or another administrator, lifts it.
    unlock_account(actor=STEWARD, account=account)
    assert try_password(account.email, PASSWORD, place="10.9.9.9")[0] == 302


def test_a_known_browser_guesses_no_more_freely_than_others(
    person: Person, passing_time: None
) -> None:
    account = person("donor", "partner")
    browser = sign_in(account)
    browser.post("/accounts/logout/")
    mark = browser.cookies["primacy_known"].value
    for n in range(40):
        stolen = Client(REMOTE_ADDR=f"10.8.{n}.1")
        stolen.cookies["primacy_known"] = mark
        stolen.post("/accounts/login/", {"login": account.email, "password": f"wrong {n}"})
    assert whoami(sign_in(account, client=browser)) == "guest"


def test_the_mark_of_a_known_browser_tells_no_address(person: Person) -> None:
    account = person("donor", "partner")
    cookie = sign_in(account).cookies["primacy_known"]
    assert cookie["httponly"]
    for told in (account.email, "donor", str(account.pk)):
        assert told not in cookie.value
    signed_out = Client()
    signed_out.cookies["primacy_known"] = cookie.value
    assert whoami(signed_out) == "guest"


def test_a_lock_is_lifted_by_an_administrator(person: Person) -> None:
    account = person("donor", "partner")
    for n in range(7):
        try_password(account.email, f"wrong {n}")
    assert try_password(account.email, PASSWORD)[0] == 429
    assert unlock_account(actor=STEWARD, account=account) > 0
    assert try_password(account.email, PASSWORD)[0] == 302


def test_the_answer_is_the_same_for_addresses_that_have_no_account(person: Person) -> None:
    account = person("donor", "partner")
    for n in range(8):
        known = try_password(account.email, f"wrong {n}", "10.0.0.2")
        unknown = try_password("nobody@example.org", f"wrong {n}", "10.0.0.3")
        assert known == unknown


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(
    person: Person, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    account = person("donor", "partner")
    seen: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for address in (account.email, "nobody@example.org"):
        seen.clear()
        try_password(address, "wrong")
        counts.append(len(seen))
    assert counts[0] == counts[1] > 0


def test_guessing_one_time_links_is_limited(settings: SettingsWrapper) -> None:
    settings.PRIMACY_LINKS_PER_MINUTE = 5
    client = Client(REMOTE_ADDR="10.0.0.4")
    answers = [client.post(f"/enter/guess{n}/") for n in range(7)]
    assert [a.status_code for a in answers][:5] == [410] * 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_the_api_is_limited_by_account_and_by_place(
    person: Person, settings: SettingsWrapper
) -> None:
    settings.PRIMACY_API_PER_MINUTE = 5
    client = sign_in(person("donor", "partner"))
    answers = [client.get("/api/v1/session") for _ in range(12)]
    late = answers[-1]
    assert late.status_code == 429
    assert late.json()["error"] == "too_many"
    assert 1 <= int(late.headers["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="10.0.0.5").get("/api/v1/session").status_code == 200
    guests = [Client(REMOTE_ADDR="10.0.0.6").get("/api/v1/session") for _ in range(12)]
    assert guests[-1].status_code == 429


def test_behind_proxies_only_what_they_added_is_believed(settings: SettingsWrapper) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.1.1.1", headers={"X-Forwarded-For": "6.6.6.6, 41.0.0.9"}
    )
    settings.PRIMACY_PROXIES = 0
    assert client_ip(request) == "10.1.1.1"
    settings.PRIMACY_PROXIES = 1
    assert client_ip(request) == "41.0.0.9"
    settings.PRIMACY_PROXIES = 3
    assert client_ip(request) == "10.1.1.1"


def test_a_forged_forwarding_header_does_not_help_a_guesser(
    person: Person, settings: SettingsWrapper
) -> None:
    settings.PRIMACY_PROXIES = 1
    account = person("donor", "partner")
    statuses = []
    for n in range(8):
        client = Client(headers={"X-Forwarded-For": f"1.2.3.{n}, 41.0.0.9"})
        form = {"login": account.email, "password": f"wrong {n}"}
        statuses.append(client.post("/accounts/login/", form).status_code)
    assert statuses[-1] == 429


def test_nobody_signs_up(person: Person) -> None:
    answer = Client().post(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "By invitation only" in answer.content.decode()
    assert whoami(Client()) == "guest"
