"""Single sign-on against a provider on this machine, over real HTTP: existing accounts only."""

import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User
from pytest_django.fixtures import Settings as SettingsWrapper
from werkzeug.serving import make_server

from primacy.platform.accounts.actions import close_account
from primacy.platform.accounts.models import Account
from tests.accounts.conftest import STEWARD, Person, whoami

pytestmark = pytest.mark.django_db

PEOPLE = {
    "s-1": {"email": "donor@example.org", "email_verified": True},
    "s-2": {"email": "donor@example.org", "email_verified": False},
    "s-3": {"email": "stranger@example.org", "email_verified": True},
    "s-4": {"email": "donor@example.org", "email_verified": True},
    "s-5": {"email": "planner@example.org", "email_verified": True},
}


@pytest.fixture
def provider(settings: SettingsWrapper) -> Iterator[str]:
    users = [User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    server = make_server("127.0.0.1", 0, oidc_provider_mock.app(user_claims=users), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_ISSUER = url
    settings.OIDC_NAME = "the mission's sign-on"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "the mission's sign-on",
                    "client_id": "primacy",
                    "secret": "between us",
                    "settings": {"server_url": url, "oauth_pkce_enabled": True},
                }
            ],
        }
    }
    yield url
    server.shutdown()
    thread.join(timeout=5)


def sign_on(sub: str) -> tuple[Client, HttpResponse, str]:
    """A browser that went to the provider as this person and came back; the way it was sent.

    The provider is asked over real HTTP, by the browser and by the site.
    """
    browser = Client()
    page = browser.get("/accounts/login/").content.decode()
    assert "Sign in with the mission" in page
    sent = browser.post("/accounts/oidc/sso/login/")
    way = sent.headers["Location"]
    back = requests.post(way, data={"sub": sub}, allow_redirects=False, timeout=10)
    place = urlsplit(back.headers["Location"])
    assert place.netloc == "testserver"
    answer = browser.get(f"{place.path}?{place.query}", follow=True)
    return browser, answer, way


def test_a_verified_address_opens_the_account_that_exists(provider: str, person: Person) -> None:
    account = person("donor", "partner")
    browser, _, way = sign_on("s-1")
    assert whoami(browser) == "Donor"
    asked = parse_qs(urlsplit(way).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert SocialAccount.objects.get(user=account).uid == "s-1"
    again, _, _ = sign_on("s-1")
    assert whoami(again) == "Donor"


@pytest.mark.parametrize("sub", ["s-2", "s-3"])
def test_an_unverified_or_unknown_address_opens_nothing_and_makes_nothing(
    sub: str, provider: str, person: Person
) -> None:
    person("donor", "partner")
    browser, page, _ = sign_on(sub)
    assert page.status_code == 403
    assert "no account here belongs to it" in page.content.decode()
    assert whoami(browser) == "guest"
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_an_address_handed_on_to_another_person_opens_nothing(
    provider: str, person: Person
) -> None:
    person("donor", "partner")
    sign_on("s-1")
    browser, page, _ = sign_on("s-4")
    assert page.status_code == 403
    assert whoami(browser) == "guest"


def test_a_closed_account_stays_closed(provider: str, person: Person) -> None:
    account = person("donor", "partner")
    sign_on("s-1")
    close_account(actor=STEWARD, account=account, reason="left the mission")
    browser, _, _ = sign_on("s-1")
    assert whoami(browser) == "guest"


def test_the_sign_on_is_no_second_factor(
    provider: str, person: Person, settings: SettingsWrapper
) -> None:
    settings.PRIMACY_SECOND_FACTOR = "required"
    person("planner", "planner", factor=True)
    browser, page, _ = sign_on("s-5")
    assert whoami(browser) == "guest"
    assert page.request["PATH_INFO"] == "/accounts/2fa/authenticate/"


def test_no_provider_lets_anybody_into_the_emergency_account(provider: str, person: Person) -> None:
    account = person("donor", "partner")
    Account.objects.filter(pk=account.pk).update(emergency=True)
    browser, page, _ = sign_on("s-1")
    assert page.status_code == 403
    assert whoami(browser) == "guest"
    assert not SocialAccount.objects.exists()
