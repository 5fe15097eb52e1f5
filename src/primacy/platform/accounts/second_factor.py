"""Second factors: who must have one, who has one, and whether a code is right."""

import uuid

from allauth.mfa.models import Authenticator
from django.conf import settings

from primacy.platform.accounts.models import Account
from primacy.platform.policy import Marking, Viewer
from primacy.platform.policy.roles import clearance_of, permissions_of

SENSITIVE = frozenset(
    {
        "readiness.sign", "readiness.find", "accounts.manage", "audit.read", "emergency.order",
        "support.decide", "support.find", "support.suspend",
    }
)  # fmt: skip
"""Permissions that nobody uses with a password alone."""

CODES = ("totp", "recovery_codes")
FACTORS = ("totp", "webauthn")
"""Recovery codes alone are no second factor: they only stand in for a lost one."""


def is_sensitive(viewer: Viewer) -> bool:
    """True for who may sign, find, oversee or administer, read confidential, or is in secrets."""
    if viewer.compartments:
        return True
    return any(
        permissions_of(grant.role) & SENSITIVE or clearance_of(grant.role) >= Marking.CONFIDENTIAL
        for grant in viewer.grants
    )


def needs_second_factor(account: Account, viewer: Viewer) -> bool:
    """True where this account may open nothing before it has a second factor.

    Exempt are exercise accounts (they hold roles on exercise missions only) and the emergency
    account, which two persons with second factors let in for some hours.
    """
    if settings.PRIMACY_SECOND_FACTOR == "off" or account.exercise or account.emergency:
        return False
    return is_sensitive(viewer)


def has_second_factor(account: Account) -> bool:
    """True where the account has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=account, type__in=FACTORS).exists())


def with_second_factor() -> list[uuid.UUID]:
    """The ids of all accounts that have a second factor."""
    rows = Authenticator.objects.filter(type__in=FACTORS)
    return list(rows.values_list("user_id", flat=True).distinct())


def has_code(account: Account) -> bool:
    """True where the account can prove itself by a typed code."""
    return bool(Authenticator.objects.filter(user=account, type__in=CODES).exists())


def code_is_right(account: Account, code: str) -> bool:
    """True where a code of the authenticator app or an unused recovery code was typed; once."""
    return any(
        bool(row.wrap().validate_code(code.strip()))
        for row in Authenticator.objects.filter(user=account, type__in=CODES)
    )
