"""Choosing a language, over real HTTP."""

import re

import pytest
from django.test import Client

from primacy.platform.accounts.models import Account

pytestmark = pytest.mark.django_db


def _chosen(client: Client, language: str, back: str = "/missions/", **more: object) -> object:
    return client.post("/language/", {"language": language, "next": back}, **more)


@pytest.mark.parametrize(
    ("asked", "language", "direction"),
    [("fr-FR,fr;q=0.9", "fr", "ltr"), ("ar", "ar", "rtl"), ("de", "en", "ltr"), ("", "en", "ltr")],
)
def test_a_page_answers_in_the_language_the_browser_asks(asked, language, direction):
    page = Client().get("/missions/", headers={"accept-language": asked})
    assert f'<html lang="{language}" dir="{direction}"' in page.text
    assert page.headers["Content-Language"] == language
    assert "Accept-Language" in page.headers["Vary"]


def test_the_cookie_goes_before_the_browser_and_the_address_stays():
    client = Client(headers={"accept-language": "ar"})
    answer = _chosen(client, "fr")
    assert (answer.status_code, answer["Location"]) == (302, "/missions/")
    assert answer.cookies["primacy_language"]["httponly"]
    assert '<html lang="fr"' in client.get("/missions/").text


def test_the_account_goes_before_the_cookie(make_account):
    account = make_account("planner")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    _chosen(client, "ar")
    assert Account.objects.get(pk=account.pk).language == "ar"
    del client.cookies["primacy_language"]
    assert 'dir="rtl"' in client.get("/missions/").text


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere"],
)
def test_choosing_never_leads_to_another_site(back):
    answer = _chosen(Client(), "fr", back)
    assert "elsewhere" not in answer["Location"]
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


def test_an_unknown_language_changes_nothing():
    client = Client()
    client.cookies["primacy_language"] = "../../etc/passwd"
    assert '<html lang="en"' in client.get("/missions/").text
    _chosen(client, "xx")
    assert '<html lang="en"' in client.get("/missions/").text


def test_choosing_needs_a_token_of_this_site():
    strict = Client(enforce_csrf_checks=True)
    assert _chosen(strict, "fr").status_code == 403
    assert strict.get("/language/").status_code == 405
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get("/missions/").text).group(1)
    sent = {"language": "fr", "next": "/missions/", "csrfmiddlewaretoken": token}
    assert strict.post("/language/", sent).status_code == 302
