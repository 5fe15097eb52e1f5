"""People who sign in over HTTP, with second factors demanded as on a real site."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from pytest_django.fixtures import Settings as SettingsWrapper

from primacy.platform import clock
from primacy.platform.accounts.actions import (
    create_account,
    ensure_organisation,
    grant_role,
    note_password_changed,
)
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import operator
from primacy.rooms.places.facade import Mission, create_mission

STEWARD = operator("test")
PASSWORD = "a stable of patient horses"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

Person = Callable[..., Account]
PassTime = Callable[..., None]


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


@pytest.fixture
def make_mission(db: None) -> Callable[..., Mission]:
    """Makes a mission that guests can't open."""

    def make(code: str) -> Mission:
        return create_mission(
            actor=STEWARD,
            code=code,
            name=f"Mission {code}",
            country="Carana",
            short_name=code,
        )

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


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> PassTime:
    """Lets hours and minutes go by on the site's clock, in the server's threads too."""

    def pass_by(hours: int = 0, minutes: int = 0) -> None:
        passed = dt.timedelta(hours=hours, minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: timezone.now() + passed)

    return pass_by


class OneConnection(ThreadedWSGIServer):
    """A server that leaves the connection it was lent open."""

    def _close_connections(self) -> None:
        """Nothing: the test's connection ends with the test."""


class ServerThread(LiveServerThread):
    """Django's server of tests; it answers every request on the connection of the test itself."""

    server_class = OneConnection
    lent: Mapping[str, BaseDatabaseWrapper] = MappingProxyType({})

    def _create_server(self, connections_override: object = None) -> OneConnection:
        """The server; only its requests get the connection, so that only the test closes it."""
        server: OneConnection = super()._create_server(connections_override=dict(self.lent))
        return server


@pytest.fixture
def live_site(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a site that answers over real HTTP, within the transaction of the test.

    The log refuses to be emptied after a test, so nothing may be committed. What waits for the end
    of a request's transaction is done at once.
    """
    monkeypatch.setattr(transaction, "on_commit", lambda act, *_more, **_named: act())
    connection.inc_thread_sharing()
    # A connection inside a transaction looks unusable to Django at the ends of a request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    server = ServerThread("localhost", lambda application: application)
    server.lent, server.daemon = {"default": connections["default"]}, True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield f"http://localhost:{server.port}"
    server.terminate()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    connection.dec_thread_sharing()
