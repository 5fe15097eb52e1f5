"""Databases whose tables are made once in a test run, by the real migrations, and then copied."""

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from tests.empty_site import migrated

Migrations = Sequence[tuple[str, str]]
MigrateTo = Callable[[str, Migrations], None]


def every_migration() -> Migrations:
    """All migrations of this version, in order of their names."""
    return sorted(MigrationLoader(None).graph.nodes)


class Copies:
    """Stands in for `migrate_to`: the first time it really migrates, afterwards it copies.

    An error of the real one is an error here, each time.
    """

    def __init__(self, really: MigrateTo, folder: Path) -> None:
        self._really = really
        self._folder = folder
        self._kept: dict[tuple[str, str, frozenset[tuple[str, str]]], str] = {}
        self.made = 0

    def migrate_to(self, alias: str, migrations: Migrations) -> None:
        """Nothing; brings an empty database to exactly these migrations."""
        # PostgreSQL lets a role copy a database of its own only.
        role = str(connections[alias].settings_dict["USER"])
        key = (connections[alias].vendor, role, frozenset(migrations))
        kept = self._kept.get(key)
        if kept is None:
            if key[0] == "sqlite" and set(migrations) == set(every_migration()):
                with sqlite3.connect(migrated()) as base:
                    base.backup(_file(alias))
            else:
                self._really(alias, migrations)
            self.made += 1
            self._kept[key] = self._keep(alias)
        elif key[0] == "sqlite":
            with sqlite3.connect(kept) as base:
                base.backup(_file(alias))
        else:
            _copy_postgres(alias, kept)

    def _keep(self, alias: str) -> str:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            path = self._folder / f"{len(self._kept)}.sqlite3"
            with sqlite3.connect(path) as base:
                _file(alias).backup(base)
            return str(path)
        name = str(connection.settings_dict["NAME"])
        kept = f"{name}_{secrets.token_hex(4)}"  # a forked test keeps one of its own
        connection.close()  # nobody may be connected to a database that is copied
        with _beside(alias) as server:
            server.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{name}"')  # type: ignore[arg-type]
        return kept


def _file(alias: str) -> sqlite3.Connection:
    connections[alias].ensure_connection()
    raw: sqlite3.Connection = connections[alias].connection
    return raw


def _beside(alias: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the same server, so that the database itself can be replaced."""
    known = connections[alias].settings_dict
    return psycopg.connect(
        host=str(known["HOST"]),
        port=int(str(known["PORT"])),
        user=str(known["USER"]),
        password=str(known["PASSWORD"]),
        dbname="postgres",
        autocommit=True,
    )


def _copy_postgres(alias: str, kept: str) -> None:
    name = str(connections[alias].settings_dict["NAME"])
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        mark = cursor.fetchone()[0]
    connections[alias].close()
    with _beside(alias) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')  # type: ignore[arg-type]
    with connections[alias].cursor() as cursor:  # what stood on the schema stays, as in migrating
        cursor.execute("COMMENT ON SCHEMA public IS %s", [mark])
