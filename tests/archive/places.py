"""Sites of their own for tests of archives: real files, real databases, copied from a template."""

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from primacy.platform.archive.places import DATABASE_FILE, Place, folder_site, site_at
from primacy.platform.archive.stores import second_connection, standing_in

PASSPHRASE = "a long enough passphrase"


@contextmanager
def inside(place: Place) -> Iterator[None]:
    """Within, acts and queries work on this site."""
    with second_connection(place.database) as alias, standing_in(alias):
        yield


def copied(template: Place, folder: Path) -> Place:
    """A site of its own that equals the template."""
    shutil.copytree(template.folder, folder)
    return folder_site(folder)


def raw(place: Place) -> sqlite3.Connection:
    """The database file as a stranger opens it."""
    return sqlite3.connect(place.folder / DATABASE_FILE)


class Cluster:
    """A PostgreSQL server on which databases can be made for tests."""

    def __init__(self, url: str, owner: str, application: str) -> None:
        self.url = url
        self.owner = owner
        self.application = application

    def database(self, template: str = "template0") -> str:
        """The address of a new database; empty unless it is copied from a template."""
        name = f"t_{secrets.token_hex(6)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
        return self.at(name)

    def drop(self, url: str) -> None:
        """Removes a database, whoever is connected to it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')  # type: ignore[arg-type]

    def settle(self) -> None:
        """Waits until the server has noticed which of its clients are dead."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for _ in range(600):
                row = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                    "AND pid <> pg_backend_pid() AND application_name = 'primacy'"
                ).fetchone()
                if row is None or row[0] == 0:
                    return
                time.sleep(0.05)

    def at(self, name: str) -> str:
        """The address of a database by name."""
        return at_database(self.url, name)

    def place(self, folder: Path, template: str = "template0") -> Place:
        """An empty database with an empty folder beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        return Place(folder, site_at(self.database(template)).database)

    def team_place(self, folder: Path) -> Place:
        """An empty database that a role without power owns, as the guide makes it."""
        folder.mkdir(parents=True, exist_ok=True)
        url = self.database()
        name, owner = name_of(url), urlsplit(self.owner).username
        with psycopg.connect(self.url, autocommit=True) as raw:
            raw.execute(f'ALTER DATABASE "{name}" OWNER TO {owner}')  # type: ignore[arg-type]
        with psycopg.connect(url, autocommit=True) as raw:
            raw.execute(f"ALTER SCHEMA public OWNER TO {owner}")  # type: ignore[arg-type]
            raw.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        return Place(folder, site_at(at_database(self.owner, name)).database)


def at_database(url: str, name: str) -> str:
    """The address of another database of the same server and role."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def name_of(url: str) -> str:
    """The name of the database behind an address."""
    return urlsplit(url).path.lstrip("/")


@contextmanager
def postgres_cluster() -> Iterator[Cluster | None]:
    """The cluster the suite runs beside, or one of its own; None where none is installed."""
    given = os.environ.get("PRIMACY_TEST_DATABASE_URL", "")
    if given:
        roles = (os.environ[f"PRIMACY_TEST_{role}_URL"] for role in ("OWNER", "APP"))
        yield Cluster(given, *roles)
        return
    from tests.postgres import APPLICATION, OWNER, cluster, installed

    if installed() is None:
        yield None
        return
    with cluster() as server:
        yield Cluster(server.url(), server.url(OWNER), server.url(APPLICATION))
