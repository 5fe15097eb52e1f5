"""Accounts: by invitation, without default passwords, with links that work once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from primacy.platform.accounts.actions import (
    LINK_LIFE,
    create_account,
    ensure_first_administrator,
    ensure_organisation,
    grant_role,
    issue_sign_in_link,
    note_password_changed,
    redeem_sign_in_link,
    revoke_role,
)
from primacy.platform.accounts.errors import (
    AddressTaken,
    BadAddress,
    LinkRefused,
    NoSuchAccount,
    NoSuchRole,
)
from primacy.platform.accounts.models import Account, RoleGrant, SignInLink
from primacy.platform.accounts.queries import account_by_email, accounts, viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, Viewer, guest, require

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_made_once_with_a_password_of_its_own(steward: Viewer) -> None:
    made = ensure_first_administrator(actor=steward)
    again = ensure_first_administrator(actor=steward)

    assert made is not None
    assert again is None
    account = Account.objects.get()
    assert account.must_change_password
    assert account.check_password(made.password)
    assert len(made.password) >= 16
    require(viewer_of(account), "accounts.manage")
    assert not AuditEntry.objects.filter(body__contains=made.password).exists()


def test_two_sites_never_share_the_first_password(steward: Viewer) -> None:
    passwords = set()
    for _ in range(3):
        with transaction.atomic():
            made = ensure_first_administrator(actor=steward)
            assert made is not None
            passwords.add(made.password)
            transaction.set_rollback(True)
    assert len(passwords) == 3


def test_only_the_persons_own_change_ends_the_demand_for_a_new_password(steward: Viewer) -> None:
    ensure_first_administrator(actor=steward)
    account = Account.objects.get()
    with pytest.raises(Denied):
        note_password_changed(account=account, actor=steward)
    account.refresh_from_db()
    assert account.must_change_password
    note_password_changed(account=account, actor=viewer_of(account))
    account.refresh_from_db()
    assert not account.must_change_password


def test_an_invited_account_has_no_password_at_all(make_account: Callable[..., Account]) -> None:
    account = make_account("adviser")
    assert not account.has_usable_password()
    assert not account.check_password("")


@pytest.mark.parametrize(
    "password", ["short", "password1234", "123456789012", "jane.adviser@un.example"]
)
def test_weak_passwords_are_refused(steward: Viewer, password: str) -> None:
    with pytest.raises(ValidationError):
        create_account(
            actor=steward,
            email="jane.adviser@un.example",
            name="Jane Adviser",
            organisation=None,
            password=password,
        )
    assert not Account.objects.exists()


def test_an_address_has_one_account_whatever_its_case(
    steward: Viewer, make_account: Callable[..., Account]
) -> None:
    account = make_account("adviser")
    with pytest.raises(AddressTaken):
        create_account(
            actor=steward, email=f"  {account.email.upper()} ", name="X", organisation=None
        )
    assert account_by_email(account.email.upper()).pk == account.pk
    with pytest.raises(NoSuchAccount, match="primacy account list"):
        account_by_email("nobody@example.org")


@pytest.mark.parametrize("email", ["", "jane", "jane@", "@example.org", "a b@example.org"])
def test_what_is_no_address_makes_no_account(steward: Viewer, email: str) -> None:
    with pytest.raises(BadAddress):
        create_account(actor=steward, email=email, name="X", organisation=None)


def test_a_link_signs_in_once(steward: Viewer, make_account: Callable[..., Account]) -> None:
    account = make_account("adviser")
    token = issue_sign_in_link(actor=steward, account=account)
    assert redeem_sign_in_link(actor=guest(), token=token) == account
    with pytest.raises(LinkRefused):
        redeem_sign_in_link(actor=guest(), token=token)
    with pytest.raises(LinkRefused):
        redeem_sign_in_link(actor=guest(), token="")
    assert not SignInLink.objects.filter(token_hash=token).exists()
    assert not AuditEntry.objects.filter(body__contains=token).exists()


def test_an_expired_link_and_one_of_a_closed_account_are_refused(
    steward: Viewer, make_account: Callable[..., Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = make_account("adviser")
    token = issue_sign_in_link(actor=steward, account=account)
    now = timezone.now()
    late = now + LINK_LIFE + dt.timedelta(seconds=1)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: late)
        with pytest.raises(LinkRefused, match="expired"):
            redeem_sign_in_link(actor=guest(), token=token)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(LinkRefused):
        redeem_sign_in_link(actor=guest(), token=token)


def test_a_closed_account_acts_as_a_visitor(make_account: Callable[..., Account]) -> None:
    account = make_account("planner")
    account.is_active = False
    assert viewer_of(account) == guest()


def test_a_role_is_granted_once_and_revoked_with_its_reason(
    steward: Viewer, make_account: Callable[..., Account]
) -> None:
    account = make_account("planner")
    grant = grant_role(actor=steward, account=account, role="planner")
    assert RoleGrant.objects.count() == 1
    assert AuditEntry.objects.filter(action="accounts.role.grant").count() == 1
    with pytest.raises(NoSuchRole, match="Roles: adviser"):
        grant_role(actor=steward, account=account, role="king")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=account, role="planner")

    revoke_role(actor=steward, grant=grant, reason="rotation ended")

    assert viewer_of(account).grants == ()
    entry = AuditEntry.objects.get(action="accounts.role.revoke")
    assert "rotation ended" in entry.body


def test_nobody_but_administrators_touches_accounts(make_account: Callable[..., Account]) -> None:
    account = make_account("planner")
    me = viewer_of(account)
    for act in (
        lambda: create_account(actor=me, email="x@example.org", name="X", organisation=None),
        lambda: grant_role(actor=me, account=account, role="administrator"),
        lambda: issue_sign_in_link(actor=me, account=account),
        lambda: ensure_organisation(actor=me, name="X"),
        lambda: ensure_first_administrator(actor=me) or require(me, "accounts.manage"),
        lambda: accounts(me),
    ):
        with pytest.raises(Denied):
            act()
