"""One folder holds files and secret key: PRIMACY_HOME. Records: SQLite there, or PostgreSQL."""

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

from primacy.settings.base import *  # noqa: F403
from primacy.settings.database import databases
from primacy.settings.security import shared_cache


def home() -> Path:
    """The folder that holds all state, made readable for its owner only."""
    folder = Path(os.environ.get("PRIMACY_HOME") or user_data_path("primacy", appauthor=False))
    folder = folder.expanduser().resolve()
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The site's secret key, made on the first start and kept in its folder (mode 0600)."""
    path = folder / "secret.key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


PRIMACY_HOME = home()
SECRET_KEY = secret_key(PRIMACY_HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("PRIMACY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PRIMACY_ORIGINS", "").split(",") if o]
MEDIA_ROOT = PRIMACY_HOME / "files"

CACHES = shared_cache(PRIMACY_HOME)
DATABASES = databases(PRIMACY_HOME)
