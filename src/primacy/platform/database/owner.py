"""The role that owns the tables: for migrations and for copies of a whole site."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from primacy.platform.database.errors import MigrationRight, NoOwner
from primacy.platform.database.install import install, is_current
from primacy.settings.database import owner_database

OWNER_ALIAS = "owner"


@contextmanager
def whole_database() -> Iterator[str]:
    """The alias of a connection that reads and writes every row; gone afterwards.

    On SQLite the site's own connection. On PostgreSQL that of the owner's role
    (PRIMACY_DATABASE_OWNER_URL), or the site's own where its role owns the tables.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield DEFAULT_DB_ALIAS
        return
    given = owner_database()
    if given is None:
        if not _may_change_tables():
            raise NoOwner
        with seeing_every_row(DEFAULT_DB_ALIAS):
            yield DEFAULT_DB_ALIAS
        return
    connections.settings[OWNER_ALIAS] = connections.configure_settings(
        {DEFAULT_DB_ALIAS: {}, OWNER_ALIAS: dict(given)}
    )[OWNER_ALIAS]
    try:
        with seeing_every_row(OWNER_ALIAS):
            yield OWNER_ALIAS
    finally:
        connections[OWNER_ALIAS].close()
        del connections[OWNER_ALIAS]
        del connections.settings[OWNER_ALIAS]


@contextmanager
def seeing_every_row(alias: str) -> Iterator[None]:
    """Inside, the owner of the tables sees every row by this PostgreSQL connection."""
    _set_maintenance(alias, "on")
    try:
        yield
    finally:
        if connections[alias].connection is not None:
            _set_maintenance(alias, "off")


def _set_maintenance(alias: str, state: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config('primacy.maintenance', %s, false)", [state])


def bring_up_to_date() -> bool:
    """True where tables or policies were behind the program; then they are not any more."""
    connection = connections[DEFAULT_DB_ALIAS]
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not behind and is_current(connection):
        return False
    if connection.vendor != "postgresql":
        call_command("migrate", verbosity=0, interactive=False)
        return True
    try:
        with whole_database() as alias:
            if behind:
                call_command("migrate", database=alias, verbosity=0, interactive=False)
            else:
                install(connections[alias])
    except NoOwner as problem:
        raise MigrationRight from problem
    return True


def _may_change_tables() -> bool:
    """True where the site's own role may make tables here and owns those that are there."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT has_schema_privilege(current_user, 'public', 'CREATE') AND NOT EXISTS ("
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public' "
            "AND NOT pg_has_role(current_user, tableowner, 'USAGE'))"
        )
        return bool(cursor.fetchone()[0])
