"""Where the records are kept: SQLite in the site's folder, or PostgreSQL by its address."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

DATABASE_URL = "PRIMACY_DATABASE_URL"
KEPT_OPEN_SECONDS = 600
STATEMENT_SECONDS = 60
CONNECT_SECONDS = 10

Database = dict[str, object]
"""One entry of Django's DATABASES."""

SQLITE_OPTIONS = {
    # The default (DEFERRED) fails at once when a read turns into a write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
        "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;"
    ),
}


def databases(home: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Database]:
    """Django's DATABASES: the address in the environment, else a file in the site's folder."""
    url = environ.get("PRIMACY_DATABASE_URL", "").strip()
    return {"default": database_at(url, environ) if url else sqlite(home / "primacy.sqlite3")}


def sqlite(path: Path) -> Database:
    """The settings of a SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def database_at(url: str, environ: Mapping[str, str] = os.environ) -> Database:
    """The settings behind an address `postgresql://…` or `sqlite:///FILE`."""
    scheme = urlsplit(url).scheme.lower()
    if scheme == "sqlite":
        name = str(dj_database_url.parse(url)["NAME"])
        if not name or name == ":memory:":
            raise ImproperlyConfigured(
                f"{DATABASE_URL} names no file. Write sqlite:////full/path/primacy.sqlite3."
            )
        return sqlite(Path(name).expanduser())
    if scheme in ("postgres", "postgresql"):
        return _postgresql(url, environ)
    # The address holds a password: only its scheme is repeated.
    raise ImproperlyConfigured(
        f"{DATABASE_URL} begins with '{scheme}:'. Primacy keeps records in PostgreSQL "
        "(postgresql://USER:PASSWORD@HOST:PORT/NAME) or SQLite (sqlite:////FILE)."
    )


def owner_database(environ: Mapping[str, str] = os.environ) -> Database | None:
    """The settings for the role that owns the tables; None where no address is given."""
    url = environ.get("PRIMACY_DATABASE_OWNER_URL", "").strip()
    if not url:
        return None
    owner = database_at(url, environ)
    # Migrations and copies of a whole site take as long as they take, on a connection of their own.
    return {**owner, "CONN_MAX_AGE": 0, "OPTIONS": {**_options(owner), "options": ""}}


def _postgresql(url: str, environ: Mapping[str, str]) -> Database:
    seconds = int(environ.get("PRIMACY_STATEMENT_SECONDS", STATEMENT_SECONDS))
    found: Database = dict(
        dj_database_url.parse(url, conn_max_age=KEPT_OPEN_SECONDS, conn_health_checks=True)
    )
    found["OPTIONS"] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "primacy",
        "options": f"-c statement_timeout={seconds * 1000}",
        **_options(found),
    }
    return found


def _options(database: Database) -> dict[str, object]:
    options = database.get("OPTIONS")
    return dict(options) if isinstance(options, dict) else {}
