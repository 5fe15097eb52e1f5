"""Settings of sign-in, sessions, limits and secure answers. `base` takes them in."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

HERE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
"""Names under which only this machine itself can reach the site."""

# --- second factors -----------------------------------------------------------------------------
PRIMACY_SECOND_FACTOR = os.environ.get("PRIMACY_SECOND_FACTOR", "required")
if PRIMACY_SECOND_FACTOR not in ("required", "off"):
    raise ImproperlyConfigured("PRIMACY_SECOND_FACTOR is either 'required' or 'off'.")
if PRIMACY_SECOND_FACTOR == "off" and not (
    set(os.environ.get("PRIMACY_HOSTS", "localhost").split(",")) <= HERE
):
    raise ImproperlyConfigured(
        "PRIMACY_SECOND_FACTOR=off is for tests on one machine: it is refused together with "
        "PRIMACY_HOSTS that others can reach. Remove one of the two."
    )
MFA_ADAPTER = "primacy.faces.web.sign_in.second_factor.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Addresses are vouched for by whoever invites; this site sends no mail that could verify them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Primacy"
MFA_TOTP_TOLERANCE = 1

# --- single sign-on -----------------------------------------------------------------------------
OIDC_ISSUER = os.environ.get("PRIMACY_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = os.environ.get("PRIMACY_OIDC_NAME", "single sign-on")
SOCIALACCOUNT_ADAPTER = "primacy.faces.web.sign_in.single_sign_on.ExistingAccountsOnly"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {"openid_connect": {"APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": os.environ.get("PRIMACY_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("PRIMACY_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ],
    }
    # A form that leads on to the provider is stopped by the page policy without this.
    OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))

# --- guessing -----------------------------------------------------------------------------------
PRIMACY_PROXIES = int(os.environ.get("PRIMACY_PROXIES", 0))
AXES_CLIENT_IP_CALLABLE = "primacy.faces.web.sign_in.client.client_ip"
AXES_USERNAME_CALLABLE = "primacy.faces.web.sign_in.client.address_tried"
AXES_LOCKOUT_CALLABLE = "primacy.faces.web.sign_in.client.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_HTTP_RESPONSE_CODE = 429
SILENCED_SYSTEM_CHECKS: list[str] = []
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # By account over all places too: many machines guessing at one person are slowed as well.
    "login_failed": "20/m/ip,30/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
PRIMACY_LINKS_PER_MINUTE = 10
PRIMACY_API_PER_MINUTE = int(os.environ.get("PRIMACY_API_PER_MINUTE", 600))
"""Requests a minute for one account, and for one place without account; 0 lifts the limit."""

# --- sessions -----------------------------------------------------------------------------------
PRIMACY_IDLE_MINUTES = int(os.environ.get("PRIMACY_IDLE_MINUTES", 30))
PRIMACY_IDLE_MINUTES_SENSITIVE = min(15, PRIMACY_IDLE_MINUTES)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
USERSESSIONS_TRACK_ACTIVITY = False

# --- secure answers -----------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PRIMACY_HTTPS = os.environ.get("PRIMACY_HTTPS", "") == "1"
if PRIMACY_HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Browsers take a cookie with this prefix from HTTPS only, for this host only.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False
    if PRIMACY_PROXIES:
        # The proxy ends TLS and sends people on to it; it must overwrite this header.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    else:
        SECURE_SSL_REDIRECT = True


def shared_cache(home: Path) -> dict[str, dict[str, object]]:
    """The cache setting: files in the site's folder, which all its processes share."""
    return {
        "default": {
            "BACKEND": "primacy.platform.file_cache.SharedFileCache",
            "LOCATION": str(home / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
