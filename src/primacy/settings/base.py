"""Settings shared by every way of running Primacy. Nothing secret stands here."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from primacy.settings import security
from primacy.settings.security import *  # noqa: F403

BASE = Path(__file__).resolve().parent.parent

INSTALLED_APPS = [
    "primacy.platform.database",
    "primacy.platform.accounts",
    "primacy.platform.sources",
    "primacy.platform.claims",
    "primacy.platform.audit",
    "primacy.platform.orders",
    "primacy.platform.vault",
    "primacy.platform.imports",
    "primacy.platform.jobs",
    "primacy.rooms.places",
    "primacy.rooms.forces",
    "primacy.rooms.persons",
    "primacy.rooms.training",
    "primacy.rooms.census",
    "primacy.rooms.screening",
    "primacy.rooms.incidents",
    "primacy.rooms.support",
    "primacy.rooms.warning",
    "primacy.rooms.exchange",
    "primacy.rooms.readiness",
    "primacy.rooms.cases",
    "primacy.faces.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]

MIDDLEWARE = [
    # First, so that it also sees the answers that later layers give by themselves.
    "primacy.faces.web.sign_in.secure_answers.SecureAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "primacy.faces.web.closed.ClosedMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "primacy.faces.web.static_files.VersionedFiles",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "primacy.faces.web.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "primacy.faces.web.sign_in.sessions.SessionLimitsMiddleware",
    "primacy.faces.web.middleware.ViewerMiddleware",
    "primacy.faces.web.sign_in.limits.ApiLimitMiddleware",
    # Turns a lock-out that a sign-in met into its answer.
    "axes.middleware.AxesMiddleware",
    # Last, next to the views: no answer leaves before the reads behind it are on record.
    "primacy.faces.web.read_trace.ReadTraceMiddleware",
]

ROOT_URLCONF = "primacy.faces.web.urls"
WSGI_APPLICATION = "primacy.faces.web.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "faces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "primacy.faces.web.context.frame",
            ]
        },
    }
]

AUTHENTICATION_BACKENDS = [
    # First: counts wrong passwords and refuses before any other backend looks.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "primacy.faces.web.adapter.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PASSWORD_CHANGE_REDIRECT_URL = "/"  # noqa: S105

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = "primacy.platform.language.formats"
LANGUAGE_COOKIE_NAME = "primacy_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "primacy.faces.web.static_files.VersionedStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if security.OIDC_ISSUER:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(security.OIDC_ORIGIN)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

PRIMACY_UPLOAD_LIMIT = int(os.environ.get("PRIMACY_UPLOAD_LIMIT", 200_000_000))
PRIMACY_JOBS = "worker"
"""Who does long work: "worker" (a thread of the server, or `primacy worker`), "inline" in tests."""
PRIMACY_TILE_URL = os.environ.get("PRIMACY_TILE_URL", "")

# What one guess at a key passphrase costs: 128 MiB and some 0.35 s on a small server.
PRIMACY_KEY_COST = {"memory_kib": 131_072, "iterations": 4, "lanes": 2}
