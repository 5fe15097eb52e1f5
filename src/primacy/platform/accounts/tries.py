"""Under which key wrong passwords of an address are counted over all places together."""

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP, ACTION = "allauth.account", "login_failed"


def tries_key(address: str, mark: str = "") -> str:
    """The key of an address; a browser known for it is counted by its own mark.

    Whoever guesses from many places uses up the count of the address, and so shuts out strangers
    at it; the browsers its owner has used before are counted apart and still get in.
    """
    return f"tries:{address.strip().lower()}:{mark}"


def forget_tries(address: str) -> None:
    """Clears the count of an address over all places; part of the act that lifts a lock."""
    key = tries_key(address)
    rates = ratelimit.parse_rates(app_settings.RATE_LIMITS.get(ACTION))
    cache.delete_many(
        ratelimit.get_cache_key(HttpRequest(), app=APP, action=ACTION, rate=rate, key=key)
        for rate in rates
        if rate.per == "key"
    )
