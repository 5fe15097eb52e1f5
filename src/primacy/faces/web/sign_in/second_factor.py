"""Second factors on the web: secrets encrypted, the last one kept, this session's proof."""

import base64
import hashlib

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.accounts.second_factor import FACTORS, needs_second_factor


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter: secrets are encrypted, and nobody who needs a factor drops the last."""

    def encrypt(self, text: str) -> str:
        """The secret of an authenticator app or of recovery codes as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last factor of an account that needs one."""
        account = authenticator.user
        others = Authenticator.objects.filter(user=account, type__in=FACTORS)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        return not needs_second_factor(account, viewer_of(account))


def _box() -> MultiFernet:
    """What encrypts secrets: keys derived from the site's secret key, the present one first.

    A stolen database file alone gives no codes.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    digest = hashlib.blake2b(key.encode(), person=b"primacy.factor", digest_size=32).digest()
    return base64.urlsafe_b64encode(digest)


def proved_here(request: HttpRequest, account: Account) -> bool:
    """True where this session itself passed a second factor, or set it up."""
    records = get_authentication_records(request, account)
    return any(entry.get("method") == "mfa" for entry in records)


def way_to_factor(request: HttpRequest, account: Account) -> str:
    """Where an account that needs a second factor goes: to set one up, or to show it."""
    factors = set(
        Authenticator.objects.filter(user=account, type__in=FACTORS).values_list("type", flat=True)
    )
    if not factors:
        return reverse("mfa_index")
    name = "mfa_reauthenticate" if "totp" in factors else "mfa_reauthenticate_webauthn"
    return f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
