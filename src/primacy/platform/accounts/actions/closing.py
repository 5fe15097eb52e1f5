"""Closing doors at once: accounts, sessions, lost second factors; and lifting a lock-out."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.utils import reset as lift_lock
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from primacy.platform.accounts.actions.links import cancel_links
from primacy.platform.accounts.errors import BadReason
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.tries import forget_tries
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer, require


def close_account(*, actor: Viewer, account: Account, reason: str) -> None:
    """Closes an account: no sign-in, no link, and every session ends at once."""
    require(actor, "accounts.manage")
    _not_oneself(actor, account)
    reason = _reason(reason)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=False)
        ended = end_account_sessions(account)
        cancel_links(account)
        record(actor, "accounts.account.close", account, {"reason": reason, "sessions": ended})
    account.is_active = False


def open_account(*, actor: Viewer, account: Account, reason: str) -> None:
    """Opens a closed account again; it keeps its roles, and enters by password or new link."""
    require(actor, "accounts.manage")
    _not_oneself(actor, account)
    reason = _reason(reason)
    if account.emergency:
        raise Denied(_("Only an order of two persons opens the emergency account."))
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=True)
        record(actor, "accounts.account.open", account, {"reason": reason})
    account.is_active = True


def take_factors_off(account: Account, notice: str) -> int:
    """How many second factors an account had; part of the act that two persons order.

    Its sessions and links end, and the notice is read at the next sign-in.
    """
    factors = Authenticator.objects.filter(user=account)
    taken: int = factors.count()
    factors.delete()
    end_account_sessions(account)
    cancel_links(account)
    Account.objects.filter(pk=account.pk).update(notice=notice[:1000])
    return taken


def take_doors_off(account: Account) -> None:
    """Takes off whatever lets somebody in without a link: password, factors, single sign-on.

    Part of the acts on the emergency account: who used it once must not come back by themselves.
    """
    account.set_unusable_password()
    Account.objects.filter(pk=account.pk).update(password=account.password)
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()


def unlock_account(*, actor: Viewer, account: Account) -> int:
    """How many counts of wrong passwords were cleared, so that the account may try again."""
    require(actor, "accounts.manage")
    with transaction.atomic():
        cleared: int = lift_lock(username=account.email)
        forget_tries(account.email)
        record(actor, "accounts.account.unlock", account, {"cleared": cleared})
    return cleared


def end_sessions(*, actor: Viewer, account: Account) -> int:
    """How many sessions of an account were ended; the person or who manages accounts may."""
    if actor.account_id != account.pk:
        require(actor, "accounts.manage")
    with transaction.atomic():
        ended = end_account_sessions(account)
        record(actor, "accounts.sessions.end", account, {"sessions": ended})
    return ended


def end_session(*, actor: Viewer, account: Account, key: int) -> bool:
    """True where the one session of this number was the account's and is ended."""
    if actor.account_id != account.pk:
        require(actor, "accounts.manage")
    with transaction.atomic():
        session = UserSession.objects.filter(user=account, pk=key).first()
        if session is None:
            return False
        session.end()
        record(actor, "accounts.sessions.end", account, {"sessions": 1})
    return True


def end_account_sessions(account: Account) -> int:
    """How many sessions were known; part of the acts that close doors.

    The new round makes every session void, known or not.
    """
    Account.objects.filter(pk=account.pk).update(session_round=F("session_round") + 1)
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)


def _not_oneself(actor: Viewer, account: Account) -> None:
    if actor.account_id == account.pk:
        raise Denied(_("Nobody does this to their own account. Ask another administrator."))


def _reason(text: str) -> str:
    if not text.strip():
        raise BadReason(_("Say why; the reason goes into the audit log. Nothing was changed."))
    return text.strip()[:1000]
