"""Putting row policies and grants on a PostgreSQL database, after its tables were migrated."""

from collections.abc import Sequence

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from primacy.platform.database.policies import fingerprint, rules, statements

MARK = "django_migrations"
"""The fingerprint of the installed policies is kept as the comment of this table."""

READ_ONLY = ("django_migrations",)
APPEND_ONLY_TRIGGER = "_no_change"


def application_role() -> str:
    """The role the site works as: the one of PRIMACY_DATABASE_URL, or the one it changes to."""
    named = str(getattr(settings, "PRIMACY_DATABASE_ROLE", ""))
    return named or str(connections[DEFAULT_DB_ALIAS].settings_dict.get("USER") or "")


def is_current(connection: BaseDatabaseWrapper) -> bool:
    """True where the database carries the policies of this program, or knows no policies."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [MARK])
        found = cursor.fetchone()
    return bool(found and found[0] == _mark())


def install(connection: BaseDatabaseWrapper) -> None:
    """Policies on every table that has a rule, and what the application's role may do."""
    if connection.vendor != "postgresql":
        return
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = str(cursor.fetchone()[0])
        for rule in rules():
            if rule.table in tables:
                _run(cursor, statements(rule, owner))
        role = application_role()
        if role and role != owner:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone():
                _run(cursor, _grants(role, append_only_tables(connection)))
        _run(cursor, [f"COMMENT ON TABLE {MARK} IS '{_mark()}'"])


def append_only_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables whose triggers refuse any change, as the database itself says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgname = c.relname || %s ORDER BY 1",
            [APPEND_ONLY_TRIGGER],
        )
        return [str(row[0]) for row in cursor.fetchall()]


def _grants(role: str, append_only: Sequence[str]) -> list[str]:
    """Rows may be read and written; tables not changed; what is append-only only added to."""
    name = f'"{role}"'
    every = "ALL TABLES IN SCHEMA public"
    lines = [
        f"REVOKE ALL ON {every} FROM {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {every} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
    lines += [f'REVOKE UPDATE, DELETE ON "{table}" FROM {name}' for table in append_only]
    lines += [f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {name}' for table in READ_ONLY]
    return lines


def _run(cursor: object, lines: Sequence[str]) -> None:
    cursor.execute("; ".join(lines))  # type: ignore[attr-defined]


def _mark() -> str:
    return f"primacy row policies {fingerprint()} for {application_role()}"


def after_migrate(*, using: str, **_: object) -> None:
    """Installs the policies once the last table is there (signal `post_migrate`)."""
    install(connections[using])
