"""Accounts as marks: equal accounts give equal marks, and no mark gives its account back.

A pay roll with plain accounts would be worth stealing. What is kept is a keyed hash under this
site's secret, which stands outside the database, and the last signs for a clerk to tell them apart.
"""

from django.utils.crypto import salted_hmac

from primacy.kernels.flags import plain_account

SALT = "primacy.census.account"
SHOWN_SIGNS = 3
SHORTEST_SHOWN = 7
"""Of a shorter account nothing is shown: three signs of it would say too much."""


def account_mark(account: str, bank: str = "", calling_code: str = "") -> str:
    """The mark of an account as it was written; empty where there is none."""
    plain = plain_account(account, bank=bank, calling_code=calling_code)
    if not plain:
        return ""
    return salted_hmac(SALT, plain, algorithm="sha256").hexdigest()


def account_end(account: str) -> str:
    """The last signs of an account."""
    plain = plain_account(account)
    return plain[-SHOWN_SIGNS:] if len(plain) >= SHORTEST_SHOWN else ""


def marking_key() -> str:
    """What tells marks of this site's secret from those of another; no part of the secret."""
    return salted_hmac(f"{SALT}.key", "", algorithm="sha256").hexdigest()[:16]
