"""Secure headers on each kind of answer; cookies bound to HTTPS where it is on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings as SettingsWrapper

from tests.accounts.conftest import Person, sign_in

pytestmark = pytest.mark.django_db

ANSWERS = {
    "page": "/missions/",
    "sign-in": "/accounts/login/",
    "api": "/api/v1/session",
    "api refusal": "/api/v1/nothing",
    "redirect": "/audit/",
    "not found": "/nothing/here/",
    "static": "/static/primacy/primacy.css",
    "link": "/enter/unknown/",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_carries_the_headers(kind: str) -> None:
    headers = Client().get(ANSWERS[kind]).headers
    for name, value in EXPECTED.items():
        assert headers[name] == value, name
    assert "camera=()" in headers["Permissions-Policy"]
    if kind != "static":
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "private" in headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/accounts/login/", "/enter/unknown/", "/api/v1/session"])
def test_account_pages_and_api_answers_are_kept_by_no_cache(path: str) -> None:
    assert "no-store" in Client().get(path).headers["Cache-Control"]


def test_pages_of_somebody_signed_in_are_kept_by_no_cache(person: Person) -> None:
    client = sign_in(person("donor", "partner"))
    assert "no-store" in client.get("/missions/").headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(person: Person) -> None:
    cookie = sign_in(person("donor", "partner")).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def https_settings(home: Path, **more: str) -> dict[str, object]:
    """The settings as a site with this environment has them."""
    names = [
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER",
    ]  # fmt: skip
    code = (
        "import json, django; django.setup(); from django.conf import settings as s; "
        f"print(json.dumps({{n: getattr(s, n, None) for n in {names!r}}}))"
    )
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PRIMACY_", "DJANGO_"))},
        "PRIMACY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_https_binds_cookies_to_the_host_and_tells_browsers_to_stay(tmp_path: Path) -> None:
    found = https_settings(tmp_path / "a", PRIMACY_HTTPS="1")
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_SSL_REDIRECT"] is True
    proxied = https_settings(tmp_path / "a", PRIMACY_HTTPS="1", PRIMACY_PROXIES="1")
    assert proxied["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert not proxied["SECURE_SSL_REDIRECT"]


def test_second_factors_cannot_be_turned_off_on_a_site_others_reach(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="PRIMACY_SECOND_FACTOR=off is for tests"):
        https_settings(
            tmp_path / "b", PRIMACY_SECOND_FACTOR="off", PRIMACY_HOSTS="board.example.org"
        )


def test_an_answer_by_an_outer_layer_carries_the_headers_too(settings: SettingsWrapper) -> None:
    settings.ALLOWED_HOSTS = ["board.example.org"]
    answer = Client().get("/missions/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
