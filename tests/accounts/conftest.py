"""People who sign in over HTTP, with second factors demanded as on a real site."""

import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings as SettingsWrapper

from primacy.platform.accounts.actions import (
    create_account,
    ensure_organisation,
    grant_role,
    note_password_changed,
)
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import operator

STEWARD = operator("test")
PASSWORD = "a stable of patient horses"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

Person = Callable[..., Account]


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    """Counts of tries and used codes belong to one test only."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def factors_required(settings: SettingsWrapper) -> None:
    settings.PRIMACY_SECOND_FACTOR = "required"


@pytest.fixture
def person(db: None) -> Person:
    """Makes somebody with a password and a role for all missions; `factor` adds the app.

    Exercise accounts have no password.
    """

    def make(label: str, role: str = "", factor: bool = False, exercise: bool = False) -> Account:
        account = create_account(
            actor=STEWARD,
            email=f"{label}@example.org",
            name=label.title(),
            organisation=ensure_organisation(actor=STEWARD, name="Mission", party="mission"),
            password=None if exercise else PASSWORD,
            exercise=exercise,
        )
        if not exercise:
            note_password_changed(account=account, actor=viewer_of(account))
        if role:
            grant_role(actor=STEWARD, account=account, role=role)
        if factor:
            TOTP.activate(account, SECRET)
        account.refresh_from_db()
        return account

    return make


def code(secret: str = SECRET, step: int = 0) -> str:
    """The code an authenticator app shows now, or `step` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(account: Account, password: str = PASSWORD, client: Client | None = None) -> Client:
    """A browser after the sign-in form was sent."""
    client = client or Client()
    client.post("/accounts/login/", {"login": account.email, "password": password})
    return client


def sign_in_with_code(account: Account, step: int = 0) -> Client:
    """A browser after password and code."""
    client = sign_in(account)
    client.post("/accounts/2fa/authenticate/", {"code": code(step=step)})
    return client


def whoami(client: Client) -> str:
    """Who the API says this browser is; the error where it opens nothing."""
    answer = client.get("/api/v1/session").json()
    return str(answer.get("label") or answer.get("error"))
