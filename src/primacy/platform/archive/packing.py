"""A whole site as frames: what it is, every row, every file, and what all of it must add up to."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from primacy import __version__
from primacy.platform import clock
from primacy.platform.archive.errors import BackupFailed
from primacy.platform.archive.frames import BYTES, FILE, HEAD, MANIFEST, ROWS, TABLE, Frame
from primacy.platform.archive.stores import Store, quoted
from primacy.platform.archive.tables import Catalogue, Table, catalogue, require_known
from primacy.platform.archive.values import Plain, Rule, kind_of
from primacy.platform.audit.chain import HASHED, Verification, verify_chain

FORMAT = 1
ROWS_BYTES = 512 * 1024
FILE_BYTES = 1024 * 1024
FILES = "files"
SECRET_KEY = "secret.key"  # noqa: S105
SMALL_FILES = ("current-mission",)
"""Files beside the database that belong to the site."""

AUDIT = "audit.AuditEntry"


@dataclass
class RowsDigest:
    """The SHA-256 over the rows of a table, each with its length in front, and their number."""

    rows: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def take(self, line: bytes) -> None:
        """Adds one row."""
        self._digest.update(b"%d:" % len(line))
        self._digest.update(line)
        self.rows += 1

    def stated(self) -> dict[str, Plain]:
        """Number and hash, as they stand in the manifest."""
        return {"rows": self.rows, "sha256": self._digest.hexdigest()}


@dataclass(frozen=True)
class Site:
    """What is archived: an open snapshot of the database and the folder beside it."""

    store: Store
    folder: Path
    with_secret_key: bool = False


def site_frames(site: Site) -> Iterator[Frame]:
    """The frames of a site, streamed; the manifest comes last."""
    known = known_tables(site.store)
    chain = audit_chain(site.store)
    yield _json_frame(HEAD, _head(site, known, chain))
    tables: dict[str, dict[str, Plain]] = {}
    for table in known.tables:
        digest = RowsDigest()
        yield _json_frame(TABLE, {"label": table.label})
        yield from _row_frames(site.store, table, digest)
        tables[table.label] = digest.stated()
    files = FilesDigest()
    for path, name in _site_files(site):
        yield from _file_frames(path, name, files)
    stated = {"tables": tables, "files": files.stated(), "audit": chain_stated(chain)}
    yield _json_frame(MANIFEST, stated)


def known_tables(store: Store) -> Catalogue:
    """The tables of a database; an error where it holds something an archive would leave out."""
    applied = [(str(app), str(name)) for app, name in store.query(APPLIED)]
    known = catalogue(applied)
    require_known(store.table_names(), known)
    return known


APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"


def table_lines(store: Store, table: Table) -> Iterator[bytes]:
    """Each row of a table as one line, the same from either database."""
    rules = from_rules(table, store.vendor)
    for row in store.rows(table):
        values = [
            None if value is None else rule(value) for rule, value in zip(rules, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def from_rules(table: Table, vendor: str) -> list[Rule]:
    """The rule of each column for reading from a database."""
    kinds = [kind_of(column.kind) for column in table.columns]
    return [kind.from_sqlite if vendor == "sqlite" else kind.from_postgres for kind in kinds]


def audit_chain(store: Store) -> Verification:
    """The check of the audit chain as it stands in this snapshot."""
    names = (*HASHED, "hash")
    chosen = ", ".join(quoted(name) for name in names)
    table = Table(AUDIT, "audit_auditentry", "sequence", ())
    return verify_chain(_entries(store, table, chosen, names))


def _entries(
    store: Store, table: Table, chosen: str, names: Sequence[str]
) -> Iterator[Mapping[str, object]]:
    start = 0
    while True:
        rows = store.query(
            f"SELECT {chosen} FROM {table.name} WHERE sequence > {start} "  # noqa: S608
            "ORDER BY sequence LIMIT 2000"
        )
        if not rows:
            return
        for row in rows:
            yield dict(zip(names, row, strict=True))
        start = int(str(rows[-1][0]))


def chain_stated(chain: Verification) -> dict[str, Plain]:
    """Length, head and soundness of the chain, as they stand in the manifest."""
    return {"entries": chain.entries, "head": chain.head, "broken_at": chain.broken_at}


def _head(site: Site, known: Catalogue, chain: Verification) -> Mapping[str, object]:
    migrations: dict[str, list[str]] = {}
    for app, name in site.store.query(APPLIED):
        migrations.setdefault(str(app), []).append(str(name))
    files = list(_site_files(site))
    return {
        "format": FORMAT,
        "program": __version__,
        "made_at": clock.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
        "database": site.store.vendor,
        "migrations": migrations,
        "tables": [
            {
                "label": table.label,
                "name": table.name,
                "key": table.key,
                "columns": [[column.name, column.kind] for column in table.columns],
                "rows": _count(site.store, table),
            }
            for table in known.tables
        ],
        "left_out": [table.label for table in known.left_out],
        "append_only": sorted(site.store.guarded_tables()),
        "audit": chain_stated(chain),
        "files": {"count": len(files), "bytes": sum(path.stat().st_size for path, _ in files)},
        "secret_key": site.with_secret_key,
    }


def _count(store: Store, table: Table) -> int:
    return int(str(store.query(f"SELECT COUNT(*) FROM {quoted(table.name)}")[0][0]))  # noqa: S608


def _row_frames(store: Store, table: Table, digest: RowsDigest) -> Iterator[Frame]:
    waiting: list[bytes] = []
    size = 0
    for line in table_lines(store, table):
        digest.take(line)
        if waiting and size + len(line) > ROWS_BYTES:
            yield Frame(ROWS, b"\n".join(waiting))
            waiting, size = [], 0
        waiting.append(line)
        size += len(line)
    if waiting:
        yield Frame(ROWS, b"\n".join(waiting))


@dataclass
class FilesDigest:
    """Number, bytes and SHA-256 of files in the order in which they stand in the archive."""

    count: int = 0
    size: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def take(self, name: str, size: int, sha256: str) -> None:
        """Adds one file."""
        self._digest.update(json.dumps([name, size, sha256]).encode())
        self.count, self.size = self.count + 1, self.size + size

    def stated(self) -> dict[str, Plain]:
        """Number, bytes and hash, as they stand in the manifest."""
        return {"count": self.count, "bytes": self.size, "sha256": self._digest.hexdigest()}


def _site_files(site: Site) -> Iterator[tuple[Path, str]]:
    """Each regular file of the site with its name in the archive; links are not followed."""
    small = (*SMALL_FILES, *((SECRET_KEY,) if site.with_secret_key else ()))
    for name in small:
        path = site.folder / name
        if path.is_file() and not path.is_symlink():
            yield path, name
    for folder, below, names in os.walk(site.folder / FILES):
        below.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path, path.relative_to(site.folder).as_posix()


def _file_frames(path: Path, name: str, files: FilesDigest) -> Iterator[Frame]:
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return  # removed since the list was made, so no part of the site any more
    with handle:
        size = os.fstat(handle.fileno()).st_size
        yield _json_frame(FILE, {"name": name, "size": size})
        digest, left = hashlib.sha256(), size
        # A file that grows meanwhile is taken as long as it was when it was opened.
        while left and (content := handle.read(min(FILE_BYTES, left))):
            digest.update(content)
            left -= len(content)
            yield Frame(BYTES, content)
    if left:
        raise BackupFailed(
            _("The file %(name)s became shorter while it was read. No archive was made; try again.")
            % {"name": name}
        )
    files.take(name, size, digest.hexdigest())


def _json_frame(kind: bytes, content: Mapping[str, object]) -> Frame:
    return Frame(kind, json.dumps(content, ensure_ascii=False, sort_keys=True).encode())
