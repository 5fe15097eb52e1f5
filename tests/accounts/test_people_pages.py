"""Pages for administrators, and the same acts at the command line."""

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.test import Client
from typer.testing import CliRunner

from primacy.faces.cli.commands import application
from primacy.faces.cli.printing import console
from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.audit.models import AuditEntry
from tests.accounts.conftest import PASSWORD, Person, sign_in, whoami

pytestmark = pytest.mark.django_db


def run(*words: str, **environment: str) -> tuple[int, str]:
    """Exit code and words of a command, refusals included."""
    # Wide enough for a row in one line, whatever terminal the tests run in.
    with patch.multiple(console, _width=250, _height=50):
        done = CliRunner().invoke(application, list(words), env=environment)
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


@pytest.fixture
def admin(person: Person) -> Client:
    return sign_in(person("admin", "administrator"))


def test_inviting_granting_revoking_and_closing(admin: Client) -> None:
    page = admin.post(
        "/people/invite/",
        {"email": "new@example.org", "name": "New Person", "organisation": "UN Police"},
    ).content.decode()
    link = re.search(r"data-link>http://testserver(/enter/[\w-]+/)<", page)
    assert link is not None
    account = Account.objects.get(email="new@example.org")
    admin.post(f"/people/{account.pk}/grant/", {"role": "partner", "mission": ""})
    browser = Client()
    browser.post(link[1])
    assert whoami(browser) == "New Person"
    assert "New Person" in admin.get("/people/").content.decode()
    assert link[1] not in admin.get(f"/people/{account.pk}/").content.decode()
    grant = RoleGrant.objects.get(account=account)
    admin.post(f"/people/{account.pk}/revoke/{grant.pk}/", {"reason": "mistake"})
    assert not RoleGrant.objects.filter(account=account).exists()
    admin.post(f"/people/{account.pk}/do/close/", {"reason": "left"})
    assert whoami(browser) == "guest"


def test_nobody_grants_a_role_to_themselves(admin: Client) -> None:
    me = Account.objects.get(email="admin@example.org")
    answer = admin.post(f"/people/{me.pk}/grant/", {"role": "planner", "mission": ""})
    assert answer.status_code == 403
    assert [g.role for g in me.grants.all()] == ["administrator"]


@pytest.mark.parametrize("role", ["planner", "oversight", "human_rights", "partner"])
def test_other_roles_see_and_change_nobody(person: Person, role: str) -> None:
    other = person("other", "partner")
    client = sign_in(person("somebody", role))
    assert client.get("/people/").status_code == 403
    assert client.get(f"/people/{other.pk}/").status_code == 403
    for act in ("link", "close", "ask-reset", "reset", "unlock"):
        answer = client.post(f"/people/{other.pk}/do/{act}/", {"reason": "because"})
        assert answer.status_code == 403
    assert Account.objects.get(pk=other.pk).is_active


def test_the_command_line_closes_opens_and_unlocks(person: Person) -> None:
    account = person("somebody", "planner", factor=True)
    for act, entry in (
        ("deactivate", "accounts.account.close"),
        ("activate", "accounts.account.open"),
    ):
        code, words = run("account", act, account.email, "--reason", "as asked")
        assert code == 0, words
        assert AuditEntry.objects.filter(action=entry).count() == 1
    assert run("account", "unlock", account.email)[0] == 0


def test_an_order_at_the_command_line_takes_two_passwords(person: Person) -> None:
    first, second = person("first", "planner"), person("second", "oversight")
    ask = ("emergency", "ask", "wipe", "--reason", "They are at the gate.", "--as", first.email)
    code, words = run(*ask, PRIMACY_PASSWORD="guessed it all")
    assert code != 0
    assert "do not fit" in words
    code, words = run(*ask, PRIMACY_PASSWORD=PASSWORD)
    assert code == 0, words
    order = words.split("Asked for as ")[1].split(".")[0]
    release = ("emergency", "release", order, "--as")
    assert "yourself" in run(*release, first.email, PRIMACY_PASSWORD=PASSWORD)[1]
    code, words = run(*release, second.email, PRIMACY_PASSWORD=PASSWORD)
    assert code == 0, words
    assert "Released" in words


def test_the_check_names_what_is_unsafe_in_plain_words(person: Person) -> None:
    person("planner", "planner")
    code, words = run("check")
    assert code == 1
    assert "planner@example.org holds a sensitive role and has no second factor" in words
    assert "PRIMACY_HTTPS=1" in words
    assert "Second factors are off" in words


def test_the_check_names_exercise_accounts_beside_a_real_mission(
    person: Person, make_board: Callable[..., object]
) -> None:
    person("trainee", exercise=True)
    assert "exercise accounts" not in run("check")[1]
    make_board()
    assert "holds a real mission: exercise accounts are open (1)" in run("check")[1]
