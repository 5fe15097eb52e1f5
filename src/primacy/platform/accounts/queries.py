"""Reads of accounts: the viewer behind a request, the accounts an administrator may list."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.platform.accounts.errors import NoSuchAccount
from primacy.platform.accounts.models import Account
from primacy.platform.policy import Grant, Viewer, ViewerKind, guest, require


def viewer_of(account: Account) -> Viewer:
    """The viewer an account acts as: its party, grants and compartments, read now."""
    if not account.is_open:
        return guest()
    return _viewer(
        account,
        account.grants.values_list("role", "mission_id"),
        account.compartments.values_list("pk", flat=True),
    )


def listed_viewers(viewer: Viewer) -> list[tuple[Account, Viewer]]:
    """All accounts and the viewers they act as, read together; for those who manage them."""
    return [
        (
            account,
            _viewer(
                account,
                ((grant.role, grant.mission_id) for grant in account.grants.all()),
                (compartment.pk for compartment in account.compartments.all()),
            )
            if account.is_open
            else guest(),
        )
        for account in accounts(viewer).prefetch_related("compartments")
    ]


def _viewer(
    account: Account,
    grants: Iterable[tuple[str, uuid.UUID | None]],
    compartments: Iterable[uuid.UUID],
) -> Viewer:
    return Viewer(
        kind=ViewerKind.ACCOUNT,
        label=account.name or account.email,
        account_id=account.pk,
        organisation_id=account.organisation_id,
        party=account.party,
        grants=tuple(Grant(role=role, mission_id=mission_id) for role, mission_id in grants),
        compartments=frozenset(compartments),
    )


def recent_viewers(since: dt.datetime) -> Iterator[tuple[Viewer, str]]:
    """Who signed in since then, the latest first, each with the language they chose (or none)."""
    found = Account.objects.filter(is_active=True, last_login__gte=since).order_by("-last_login")
    for account in found.select_related("organisation"):
        if account.is_open:
            yield viewer_of(account), account.language


def account_by_email(email: str) -> Account:
    """The account with this address; `NoSuchAccount` where there is none."""
    account = (
        Account.objects.select_related("organisation").filter(email=email.strip().lower()).first()
    )
    if account is None:
        raise NoSuchAccount(
            _(
                "No account has the address %(email)s. "
                "`primacy account list` shows those that exist."
            )
            % {"email": email.strip()[:80]}
        )
    return account


def accounts(viewer: Viewer) -> QuerySet[Account]:
    """All accounts, for those who manage them."""
    require(viewer, "accounts.manage")
    return Account.objects.select_related("organisation").prefetch_related("grants")


def account_by_id(viewer: Viewer, key: uuid.UUID) -> Account:
    """The account of this id, for those who manage accounts."""
    account = accounts(viewer).filter(pk=key).first()
    if account is None:
        raise NoSuchAccount(_("There is no such account (any more). Nothing was changed."))
    return account
