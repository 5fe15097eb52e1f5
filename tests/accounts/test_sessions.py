"""Sessions: rotated, short, listed, ended one by one, by a new password, or by closing."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from primacy.platform import clock
from primacy.platform.accounts.actions import close_account, open_account
from primacy.platform.accounts.errors import BadReason
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Denied
from tests.accounts.conftest import PASSWORD, STEWARD, Person, sign_in, whoami

pytestmark = pytest.mark.django_db


def after(minutes: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(("role", "kept", "ended"), [("partner", 28, 32), ("planner", 13, 17)])
def test_a_session_left_alone_ends_sooner_for_sensitive_roles(
    person: Person, role: str, kept: int, ended: int
) -> None:
    account = person("somebody", role)
    stays, goes = sign_in(account), sign_in(account)
    for client in (stays, goes):
        assert client.get("/missions/").status_code == 200
    with clock.standing(after(kept)):
        assert whoami(stays) == "Somebody"
    with clock.standing(after(ended)):
        page = goes.get("/missions/")
        assert page.status_code == 302
        assert page.url == "/accounts/login/?next=/missions/"
        assert whoami(goes) == "guest"


def test_the_api_says_that_the_session_is_over(person: Person) -> None:
    client = sign_in(person("somebody", "partner"))
    client.get("/missions/")
    with clock.standing(after(40)):
        answer = client.get("/api/v1/session")
    assert (answer.status_code, answer.json()["error"]) == (401, "session_over")


def test_no_session_lasts_longer_than_twelve_hours(person: Person) -> None:
    client = sign_in(person("somebody", "partner"))
    for minutes in range(0, 12 * 60 - 10, 25):
        with clock.standing(after(minutes)):
            assert whoami(client) == "Somebody", minutes
    with clock.standing(after(12 * 60 + 1)):
        assert whoami(client) == "session_over"


def test_the_session_is_rotated_at_sign_in(person: Person) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(person("somebody", "partner"), client=client)
    assert whoami(client) == "Somebody"
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert whoami(thief) == "guest"


def test_sessions_are_listed_and_one_is_ended(person: Person) -> None:
    account, other = person("somebody", "partner"), person("other", "partner")
    here, lost, foreign = sign_in(account), sign_in(account), sign_in(other)
    page = here.get("/accounts/sessions/").content.decode()
    assert page.count("End it") == 1
    key = UserSession.objects.get(session_key=lost.session.session_key).pk
    foreign_key = UserSession.objects.get(session_key=foreign.session.session_key).pk
    here.post(f"/accounts/sessions/{foreign_key}/end/")
    here.post(f"/accounts/sessions/{key}/end/")
    assert (whoami(here), whoami(lost), whoami(foreign)) == ("Somebody", "guest", "Other")


def test_a_new_password_signs_out_everywhere_else(person: Person) -> None:
    account = person("somebody", "partner")
    here, elsewhere = sign_in(account), sign_in(account)
    new = "another stable of horses"
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert (whoami(here), whoami(elsewhere)) == ("Somebody", "guest")


def test_closing_an_account_ends_its_sessions_at_once(person: Person) -> None:
    account = person("somebody", "partner")
    client = sign_in(account)
    assert whoami(client) == "Somebody"
    with pytest.raises(BadReason):
        close_account(actor=STEWARD, account=account, reason=" ")
    close_account(actor=STEWARD, account=account, reason="left the mission")
    assert whoami(client) == "guest"
    assert whoami(sign_in(account)) == "guest"
    open_account(actor=STEWARD, account=account, reason="came back")
    assert whoami(client) == "guest"
    assert whoami(sign_in(Account.objects.get(pk=account.pk))) == "Somebody"


def test_nobody_closes_or_opens_the_own_account(person: Person) -> None:
    account = person("admin", "administrator")
    me = viewer_of(account)
    with pytest.raises(Denied):
        close_account(actor=me, account=account, reason="by mistake")
    with pytest.raises(Denied):
        open_account(actor=me, account=account, reason="again")
