"""One-time sign-in links: issued, used once, cancelled."""

import datetime as dt
import hashlib
import secrets
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.errors import LinkRefused
from primacy.platform.accounts.models import Account, SignInLink
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer, require

LINK_LIFE = dt.timedelta(hours=24)


def issue_sign_in_link(*, actor: Viewer, account: Account, life: dt.timedelta = LINK_LIFE) -> str:
    """The token of a new one-time link; shown now and never again (its hash is kept)."""
    require(actor, "accounts.manage")
    if account.emergency:
        raise Denied(_("Only an order of two persons lets anybody into the emergency account."))
    with transaction.atomic():
        token = make_link(account, life, actor.account_id)
        record(actor, "accounts.link.issue", account, {"hours": life // dt.timedelta(hours=1)})
    return token


def make_link(account: Account, life: dt.timedelta, recorded_by_id: uuid.UUID | None) -> str:
    """The token of a new link; part of the acts that let somebody in, which also record it."""
    token = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        account=account,
        token_hash=_hash(token),
        expires_at=clock.now() + life,
        recorded_by_id=recorded_by_id,
    )
    return token


def redeem_sign_in_link(*, actor: Viewer, token: str) -> Account:
    """The account behind an unused, unexpired link, which is thereby used up."""
    now = clock.now()
    with transaction.atomic():
        links = SignInLink.objects.select_for_update(of=("self",)).select_related("account")
        link = links.filter(token_hash=_hash(token)).first()
        if link is None or link.used_at or link.expires_at < now or not link.account.is_open:
            raise LinkRefused(
                _(
                    "This sign-in link was used already, has expired or is not known. "
                    "Ask the administrator for a new one (`primacy account link ADDRESS`)."
                )
            )
        link.used_at = now
        link.save(update_fields=["used_at"])
        record(actor, "accounts.link.redeem", link.account, {})
    return link.account


def cancel_links(account: Account) -> int:
    """How many unused links of an account were cancelled; part of the acts that close doors."""
    return SignInLink.objects.filter(account=account, used_at__isnull=True).update(
        used_at=clock.now()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
