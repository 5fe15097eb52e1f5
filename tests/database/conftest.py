"""A site of its own on a new database, with the owner's and the application's roles apart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

COMMAND = [sys.executable, "-m", "primacy.faces.cli.main"]
OURS = ("PRIMACY", "DJANGO")


def requires_postgresql() -> pytest.MarkDecorator:
    """Skips on SQLite, which has no row policies and no roles."""
    return pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="PostgreSQL only: python -m tests.postgres -- python -m pytest tests/database",
    )


def url(variable: str, database: str) -> str:
    """The address of another database of the test server, for one of its roles."""
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


@dataclass(frozen=True)
class TeamSite:
    """A site on PostgreSQL as a team would have it."""

    home: Path
    database: str

    def environment(self, owner: bool = True) -> dict[str, str]:
        """The environment of its commands; without the owner's address where asked."""
        given = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        given["PRIMACY_HOME"] = str(self.home)
        given["PRIMACY_DATABASE_URL"] = url("PRIMACY_TEST_APP_URL", self.database)
        if owner:
            given["PRIMACY_DATABASE_OWNER_URL"] = url("PRIMACY_TEST_OWNER_URL", self.database)
        return given

    def run(self, *arguments: str, owner: bool = True) -> subprocess.CompletedProcess[str]:
        """The outcome of a `primacy` command on this site."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment(owner),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def connect(self, variable: str = "PRIMACY_TEST_APP_URL") -> psycopg.Connection:
        """The driver's own connection, as one of the roles."""
        return psycopg.connect(url(variable, self.database), autocommit=True)


def new_database(name: str) -> None:
    """An empty database for the owner's role, as the guide makes it."""
    with psycopg.connect(os.environ["PRIMACY_TEST_DATABASE_URL"], autocommit=True) as raw:
        raw.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        raw.execute(f'CREATE DATABASE "{name}" OWNER primacy_owner')
        raw.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        raw.execute(f'GRANT CONNECT ON DATABASE "{name}" TO primacy_app')
    with psycopg.connect(url("PRIMACY_TEST_DATABASE_URL", name), autocommit=True) as raw:
        raw.execute("ALTER SCHEMA public OWNER TO primacy_owner")
        raw.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def drop_database(name: str) -> None:
    """Removes it, whoever is still connected."""
    with psycopg.connect(os.environ["PRIMACY_TEST_DATABASE_URL"], autocommit=True) as raw:
        raw.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def team_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamSite]:
    """A migrated site on a database of its own."""
    name = f"team_{os.getpid()}"
    new_database(name)
    site = TeamSite(tmp_path_factory.mktemp("team") / "site", name)
    done = site.run("account", "list")
    assert done.returncode == 0, done.stderr
    yield site
    drop_database(name)
