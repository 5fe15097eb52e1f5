"""A database as an archive sees it: rows in and out, in one transaction, on either engine."""

import copy
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext as _

from primacy.platform.archive.errors import RowsHidden
from primacy.platform.archive.tables import Table

if TYPE_CHECKING:
    import psycopg

Settings = dict[str, object]
"""One entry of Django's DATABASES."""

BATCH = 2000
READ_ONCE = "PRAGMA mmap_size=0; PRAGMA cache_size=-32000;"


class Store(Protocol):
    """One transaction on one database."""

    vendor: str

    def rows(self, table: Table) -> Iterator[Sequence[object]]:
        """The raw rows of a table in order of the key, streamed."""

    def query(self, statement: str) -> list[Sequence[object]]:
        """The rows of a small query."""

    def query_nothing(self, statement: str) -> None:
        """Runs a statement that gives no rows."""

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Writes raw rows."""

    def check_keys(self) -> str:
        """The first foreign key that points nowhere, in words; empty where all are right."""

    def table_names(self) -> list[str]:
        """Every table of the site's schema."""

    def guarded_tables(self) -> set[str]:
        """The tables whose rows a trigger keeps from change."""

    def without_gates(self) -> AbstractContextManager[None]:
        """Within, rows are written without the triggers whose names end in `_gate`."""

    def gates(self) -> set[str]:
        """The triggers whose names end in `_gate` that would check a row written now."""

    def set_sequences(self, tables: Iterable[Table]) -> None:
        """Nothing; makes each sequence go on after the highest key that was loaded."""

    def commit(self) -> None:
        """Ends the transaction and keeps what was written."""


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _columns(table: Table) -> str:
    return ", ".join(quoted(column.name) for column in table.columns)


_GATES_OF_SQLITE = "WHERE type = 'trigger' AND name LIKE '%!_gate' ESCAPE '!' ORDER BY name"
_GATES_OF_POSTGRES = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE '%!_gate' ESCAPE '!' "
    "AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2"
)


class SqliteStore:
    """One transaction on a SQLite file."""

    vendor = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def rows(self, table: Table) -> Iterator[Sequence[object]]:
        """The raw rows of a table in order of the key, streamed."""
        cursor = self._raw.cursor()
        cursor.execute(
            f"SELECT {_columns(table)} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}"  # noqa: S608
        )
        while batch := cursor.fetchmany(BATCH):
            yield from batch

    def query(self, statement: str) -> list[Sequence[object]]:
        """The rows of a small query."""
        return list(self._raw.execute(statement).fetchall())

    def query_nothing(self, statement: str) -> None:
        """Runs a statement that gives no rows."""
        self._raw.execute(statement)

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Writes raw rows."""
        places = ", ".join("?" * len(table.columns))
        self._raw.executemany(
            f"INSERT INTO {quoted(table.name)} ({_columns(table)}) VALUES ({places})",  # noqa: S608
            rows,
        )

    def check_keys(self) -> str:
        """The first foreign key that points nowhere, in words; empty where all are right."""
        found = self._raw.execute("PRAGMA foreign_key_check").fetchone()
        return f"a row of {found[0]} points to a row of {found[2]} that is missing" if found else ""

    def table_names(self) -> list[str]:
        """Every table of the site's schema."""
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [str(row[0]) for row in rows if not str(row[0]).startswith("sqlite_")]

    def guarded_tables(self) -> set[str]:
        """The tables whose rows a trigger keeps from change."""
        rows = self.query("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        names = {str(row[0]) for row in rows}
        return {
            str(row[1]) for row in rows if {f"{row[1]}_no_update", f"{row[1]}_no_delete"} <= names
        }

    @contextmanager
    def without_gates(self) -> Iterator[None]:
        """Within, rows are written without gates: these passed them when they were first written.

        The gates are back in the same transaction, as they were; an error undoes all of it.
        """
        kept = self.query(f"SELECT name, sql FROM sqlite_master {_GATES_OF_SQLITE}")  # noqa: S608
        for name, _made_by in kept:
            self.query_nothing(f"DROP TRIGGER {quoted(str(name))}")
        yield
        for _name, made_by in kept:
            self.query_nothing(str(made_by))

    def gates(self) -> set[str]:
        """The gates that would check a row written now."""
        rows = self.query(f"SELECT name FROM sqlite_master {_GATES_OF_SQLITE}")  # noqa: S608
        return {str(row[0]) for row in rows}

    def set_sequences(self, tables: Iterable[Table]) -> None:
        """Nothing: SQLite goes on after the highest key by itself."""

    def commit(self) -> None:
        """Ends the transaction and keeps what was written."""
        self._raw.execute("COMMIT")


class PostgresStore:
    """One transaction on a PostgreSQL database; rows go by COPY, as text."""

    vendor = "postgresql"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def rows(self, table: Table) -> Iterator[Sequence[object]]:
        """The raw rows of a table in order of the key, streamed."""
        chosen = ", ".join(
            f"(EXTRACT(EPOCH FROM {quoted(c.name)}) * 1000000)::bigint"
            if c.kind == "duration"
            else quoted(c.name)
            for c in table.columns
        )
        # SQLite orders text by its bytes; a locale would order, and so hash, differently.
        order = quoted(table.key) + (' COLLATE "C"' if table.key_kind == "text" else "")
        query = f"SELECT {chosen} FROM {quoted(table.name)} ORDER BY {order}"  # noqa: S608
        with self._cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as stream:
            yield from stream.rows()

    def query(self, statement: str) -> list[Sequence[object]]:
        """The rows of a small query."""
        with self._cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def query_nothing(self, statement: str) -> None:
        """Runs a statement that gives no rows."""
        with self._cursor() as cursor:
            cursor.execute(statement)

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Writes raw rows."""
        target = f"COPY {quoted(table.name)} ({_columns(table)}) FROM STDIN"
        with self._cursor() as cursor, cursor.copy(target) as stream:
            for row in rows:
                stream.write_row(row)

    def check_keys(self) -> str:
        """The first foreign key that points nowhere, in words; empty where all are right."""
        from psycopg.errors import IntegrityError

        try:
            with self._cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as problem:
            return str(problem).splitlines()[0]
        return ""

    def table_names(self) -> list[str]:
        """Every table of the site's schema."""
        rows = self.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [str(row[0]) for row in rows]

    def guarded_tables(self) -> set[str]:
        """The tables whose rows a trigger keeps from change."""
        rows = self.query(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
            "AND c.relnamespace = current_schema()::regnamespace"
        )
        names = {str(row[1]) for row in rows}
        return {
            str(row[0]) for row in rows if {f"{row[0]}_no_change", f"{row[0]}_no_truncate"} <= names
        }

    def commit(self) -> None:
        """Ends the transaction and keeps what was written."""
        self._connection.connection.commit()

    @contextmanager
    def without_gates(self) -> Iterator[None]:
        """Within, rows are written without gates: these passed them when they were first written.

        The gates are back in the same transaction; an error undoes all of it. Keys must have been
        checked before it ends: a table with checks to come cannot be altered.
        """
        kept = self.query(_GATES_OF_POSTGRES)
        for table, name in kept:
            self.query_nothing(
                f"ALTER TABLE {quoted(str(table))} DISABLE TRIGGER {quoted(str(name))}"
            )
        yield
        for table, name in kept:
            self.query_nothing(
                f"ALTER TABLE {quoted(str(table))} ENABLE TRIGGER {quoted(str(name))}"
            )

    def gates(self) -> set[str]:
        """The gates that would check a row written now."""
        return {str(row[1]) for row in self.query(_GATES_OF_POSTGRES)}

    def set_sequences(self, tables: Iterable[Table]) -> None:
        """Nothing; makes each sequence go on after the highest key that was loaded."""
        for table in tables:
            if table.key_kind != "integer":
                continue
            name, key = quoted(table.name), quoted(table.key)
            self.query(
                f"SELECT setval(s, COALESCE((SELECT MAX({key}) FROM {name}), 1), "  # noqa: S608
                f"EXISTS (SELECT 1 FROM {name})) FROM "
                f"(SELECT pg_get_serial_sequence('{name}', '{table.key}') AS s) found "
                "WHERE s IS NOT NULL"
            )

    def _cursor(self) -> "psycopg.Cursor[tuple[object, ...]]":
        return self._connection.connection.cursor()  # type: ignore[no-any-return]


@contextmanager
def second_connection(settings: Settings) -> Iterator[str]:
    """The alias of a database connection of our own, closed and forgotten afterwards."""
    alias = f"archive_{uuid.uuid4().hex[:12]}"
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: copy.deepcopy(settings)})
    complete = handler.settings[DEFAULT_DB_ALIAS]
    connections.settings[alias] = complete
    try:
        yield alias
    finally:
        with suppress(AttributeError):
            connections[alias].close()
            del connections[alias]
        connections.settings.pop(alias, None)


@contextmanager
def standing_in(alias: str) -> Iterator[None]:
    """Within, what asks for the site's database gets this one: migrations, the audit log, acts."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def reading(settings: Settings, *, hold_writers: bool = False) -> Iterator[Store]:
    """One consistent snapshot of a database, while others go on working.

    With `hold_writers` nobody can complete an act until it ends.
    """
    with second_connection(_plainly(settings)) as alias:
        connection = connections[alias]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            raw = connection.connection
            raw.execute("BEGIN IMMEDIATE" if hold_writers else "BEGIN")
            # The snapshot is that of the first read.
            raw.execute("SELECT 1 FROM sqlite_master").fetchone()
            yield SqliteStore(raw)
        else:
            with _postgres_transaction(connection, reading=not hold_writers):
                store = PostgresStore(connection)
                if hold_writers:
                    from primacy.platform.audit.actions import CHAIN_LOCK

                    # Every act ends with an audit entry, and so waits for this lock.
                    store.query(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})")
                yield store


@contextmanager
def writing(settings: Settings) -> Iterator[Store]:
    """One transaction that is kept by `commit` and by nothing else."""
    with second_connection(_plainly(settings)) as alias:
        connection = connections[alias]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            raw = connection.connection
            raw.execute("PRAGMA foreign_keys=OFF")  # checked as a whole, before the commit
            raw.execute("BEGIN IMMEDIATE")
            yield SqliteStore(raw)
        else:
            with _postgres_transaction(connection, reading=False):
                yield PostgresStore(connection)


@contextmanager
def _postgres_transaction(connection: BaseDatabaseWrapper, *, reading: bool) -> Iterator[None]:
    """A REPEATABLE READ transaction that sees every row or refuses; undone unless committed."""
    from psycopg.errors import InsufficientPrivilege

    raw = connection.connection
    raw.autocommit = False
    try:
        kind = "READ ONLY" if reading else "READ WRITE"
        raw.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ {kind}")
        _see_every_row(raw)
        raw.execute("SET LOCAL statement_timeout = 0")
        raw.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield
    except InsufficientPrivilege as problem:
        raise RowsHidden(_hidden(str(problem).splitlines()[0])) from problem
    finally:
        with suppress(Exception):
            raw.rollback()
            raw.autocommit = True


# Tables whose policies leave rows out for this role even in a copy of the whole site.
HIDING = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
AND row_security_active(c.oid) AND NOT EXISTS (
  SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
  AND p.polcmd IN ('*', 'r') AND pg_get_expr(p.polqual, p.polrelid) LIKE '%primacy.maintenance%'
  AND EXISTS (SELECT 1 FROM unnest(p.polroles) AS r
              WHERE r = 0 OR pg_has_role(current_user, r, 'USAGE')))
ORDER BY 1 LIMIT 1
"""


def _see_every_row(raw: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Nothing, where this transaction sees every row; `RowsHidden` where a policy hides some.

    A policy leaves rows out in silence, and a backup without them would look whole.
    """
    row = raw.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row and row[0]:
        raw.execute("SET LOCAL row_security = off")
        return
    raw.execute("SELECT set_config('primacy.maintenance', 'on', true)")
    hiding = raw.execute(HIDING).fetchone()
    if hiding:
        raise RowsHidden(_hidden(f"table {hiding[0]}"))


def _hidden(what: str) -> str:
    return _(
        "The database role of this command may not read or write every row, so it would make an "
        "incomplete copy. Nothing was written. Set PRIMACY_DATABASE_OWNER_URL to the address of "
        "the role that owns the tables; see the guide on PostgreSQL. (%(what)s)"
    ) % {"what": what}


def is_sqlite(settings: Settings) -> bool:
    """True for the settings of a SQLite file."""
    return str(settings["ENGINE"]).endswith("sqlite3")


def sqlite_file(settings: Settings) -> Path:
    """The file behind the settings of a SQLite database."""
    return Path(str(settings["NAME"]))


def _plainly(settings: Settings) -> Settings:
    """The settings, so that SQLite gives values as they lie in the file: their kinds are ours."""
    if not is_sqlite(settings):
        return settings
    present = settings.get("OPTIONS")
    known = dict(present) if isinstance(present, dict) else {}
    plain = {**known, "detect_types": 0}
    if known.get("init_command"):
        # Every page is read once: keeping them would only fill the memory.
        plain["init_command"] = f"{known['init_command']} {READ_ONCE}"
    return {**settings, "OPTIONS": plain}
