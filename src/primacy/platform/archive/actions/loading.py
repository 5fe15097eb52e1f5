"""Turning an archive into a database, and proving that it became what was archived."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from primacy.platform.archive.errors import Damaged, NotEmpty, ProofFailed
from primacy.platform.archive.frames import Frame
from primacy.platform.archive.packing import (
    RowsDigest,
    audit_chain,
    chain_stated,
    table_lines,
)
from primacy.platform.archive.stores import Store, quoted, standing_in, writing
from primacy.platform.archive.tables import Table, catalogue
from primacy.platform.archive.unpacking import Head, Incoming, Manifest, Row
from primacy.platform.archive.values import kind_of
from primacy.platform.database.migrating import WholeMigrations

MADE_BY_MIGRATING = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
"""Tables that hold rows in a site in which nobody did anything yet."""

KEPT_FREE = 50_000_000
"""Bytes of the disk that files of an archive leave alone."""


@dataclass(frozen=True)
class Proof:
    """That a loaded site is the archived one: what was compared, and that it was equal."""

    head: Head
    manifest: Manifest
    guarded: int

    def lines(self) -> list[str]:
        """The proof in words, one finding a line."""
        chain = self.manifest.chain
        broken = chain.get("broken_at")
        return [
            _("Archive made at %(at)s from %(database)s by version %(version)s.")
            % {
                "at": self.head.made_at,
                "database": self.head.database,
                "version": self.head.program,
            },
            _("%(tables)d tables, %(rows)s rows: every count and every hash is equal.")
            % {"tables": len(self.manifest.tables), "rows": f"{self.manifest.rows:,}"},
            _("%(files)s files, %(bytes)s bytes: every hash is equal.")
            % {
                "files": f"{self.manifest.files['count']:,}",
                "bytes": f"{self.manifest.files['bytes']:,}",
            },
            _("Foreign keys: every row that is pointed to is there."),
            _("Append-only: %(count)d tables refuse change.") % {"count": self.guarded},
            _("Audit log: %(entries)s entries, head %(head)s.")
            % {"entries": f"{chain['entries']:,}", "head": chain["head"]}
            if broken is None
            else _("Audit log: BROKEN at entry %(at)s already when the archive was made.")
            % {"at": broken},
        ]


def load(
    frames: Iterable[Frame],
    alias: str,
    staging: Path | None,
    before_keeping: Callable[[Proof], None],
) -> Proof:
    """The proof of a database that was filled from an archive; files go below `staging`.

    Everything is written in one transaction, which is kept only after the proof and after
    `before_keeping`, which may refuse. The database must be empty; it is brought to the
    migrations of the archive first.
    """
    incoming = Incoming(frames)
    migrate_to(alias, incoming.head.migrations)
    with writing(connections[alias].settings_dict) as store:
        tables = _same_tables(incoming.head, store)
        gates = store.gates()
        # The rows passed their gates when they were first written: on the way in again a case in
        # force does not begin as a draft.
        with store.without_gates():
            for table in reversed(tables):
                if store.query(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1"):  # noqa: S608
                    store.query_nothing(f"DELETE FROM {quoted(table.name)}")  # noqa: S608
            for table, rows in incoming.tables():
                store.insert(table, _encoded(table, rows, store.vendor))
            for name, size, blocks in incoming.files():
                _write_file(staging, name, size, blocks)
            proof = prove(store, incoming.head, incoming.manifest())
        lost = gates - store.gates()
        if lost:
            raise ProofFailed(
                _("Nothing was kept: these tables would not refuse change: %(tables)s.")
                % {"tables": ", ".join(sorted(lost))}
            )
        store.set_sequences(tables)
        before_keeping(proof)
        store.commit()
    return proof


def prove(store: Store, head: Head, manifest: Manifest) -> Proof:
    """The proof, read back from the database itself; `ProofFailed` at the first difference."""
    lost = store.check_keys()
    if lost:
        raise ProofFailed(_("Nothing was kept: %(what)s.") % {"what": lost})
    for table in head.tables:
        digest = RowsDigest()
        for line in table_lines(store, table):
            digest.take(line)
        if digest.stated() != manifest.tables[table.label]:
            raise ProofFailed(
                _("Nothing was kept: %(table)s holds other rows than the archive.")
                % {"table": table.label}
            )
    chain = chain_stated(audit_chain(store))
    if chain != manifest.chain:
        raise ProofFailed(
            _("Nothing was kept: the audit log is not the one that was archived (%(found)s).")
            % {"found": chain["head"]}
        )
    guarded = store.guarded_tables()
    missing = head.append_only - guarded
    if missing or "audit_auditentry" not in guarded:
        raise ProofFailed(
            _("Nothing was kept: these tables would not refuse change: %(tables)s.")
            % {"tables": ", ".join(sorted(missing)) or "audit_auditentry"}
        )
    return Proof(head, manifest, len(guarded))


def migrate_to(alias: str, migrations: Sequence[tuple[str, str]]) -> None:
    """Brings an empty database to exactly these migrations."""
    catalogue(migrations)  # NewerFormat where this version does not know one of them
    known = set(migrations)
    with standing_in(alias):
        executor = WholeMigrations(connections[alias])
        graph = executor.loader.graph
        last = [
            node
            for node in sorted(known)
            if not any(
                c.key in known and c.key[0] == node[0] for c in graph.node_map[node].children
            )
        ]
        executor.migrate(last)


def migrate_on(alias: str) -> None:
    """Brings a loaded database to the migrations of this version."""
    with standing_in(alias):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def require_empty(store: Store, where: str) -> None:
    """Nothing, where nobody did anything in this database yet; `NotEmpty` otherwise."""
    for name in sorted(set(store.table_names()) - MADE_BY_MIGRATING):
        if store.query(f"SELECT 1 FROM {quoted(name)} LIMIT 1"):  # noqa: S608
            raise NotEmpty(
                _(
                    "%(where)s is not empty: %(table)s holds rows. Nothing was changed. A site is "
                    "only ever loaded into an empty place; choose another."
                )
                % {"where": where, "table": name}
            )


def _same_tables(head: Head, store: Store) -> Sequence[Table]:
    """The tables of the database, which must be those of the archive to the last column."""
    known = catalogue(head.migrations).tables
    if {table.label: table for table in known} != {table.label: table for table in head.tables}:
        raise Damaged(
            _("The archive speaks of other tables than its version has. Nothing was kept.")
        )
    return known


def _encoded(table: Table, rows: Iterator[Row], vendor: str) -> Iterator[Sequence[object]]:
    kinds = [kind_of(column.kind) for column in table.columns]
    rules = [kind.to_sqlite if vendor == "sqlite" else kind.to_postgres for kind in kinds]
    for row in rows:
        yield [
            None if value is None else rule(value) for rule, value in zip(rules, row, strict=True)
        ]


def _write_file(
    staging: Path | None, name: PurePosixPath, size: int, blocks: Iterator[bytes]
) -> None:
    if staging is None:
        for _block in blocks:
            pass
        return
    if size > max(0, shutil.disk_usage(staging).free - KEPT_FREE):
        raise Damaged(
            _("The archive holds a file of %(size)s bytes, more than this disk has left.")
            % {"size": f"{size:,}"}
        )
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Only this act writes below the staging folder, and never a link: no name leads out of it.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as handle:
        for block in blocks:
            handle.write(block)
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turns what the database refuses into words: such rows were never in a site."""
    problems: tuple[type[Exception], ...] = (sqlite3.Error, DatabaseError, ValueError, TypeError)
    try:
        from psycopg import Error as PostgresError

        problems = (*problems, PostgresError)
    except ImportError:
        pass
    try:
        yield
    except problems as problem:
        raise ProofFailed(
            _("Nothing was kept: the database refused a row of the archive (%(why)s).")
            % {
                "why": str(problem).splitlines()[0][:200]
                if str(problem)
                else type(problem).__name__
            }
        ) from problem
