"""Reading an archive: each part in its place, each count and hash as the archive itself states."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from primacy.platform.archive.errors import Damaged, NewerFormat
from primacy.platform.archive.frames import BYTES, FILE, HEAD, MANIFEST, ROWS, TABLE, Frame
from primacy.platform.archive.packing import (
    FILES,
    FORMAT,
    SECRET_KEY,
    SMALL_FILES,
    FilesDigest,
    RowsDigest,
)
from primacy.platform.archive.tables import Column, Table
from primacy.platform.archive.values import Plain

DEEPEST, LONGEST_NAME = 12, 200

Row = list[Plain]


@dataclass(frozen=True)
class Head:
    """What an archive says of itself before its rows."""

    program: str
    made_at: str
    database: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    rows: Mapping[str, int]
    append_only: frozenset[str]
    chain: Mapping[str, Plain]
    files: int
    files_bytes: int
    has_secret_key: bool


@dataclass(frozen=True)
class Manifest:
    """What an archive adds up to: number and hash of each table's rows, files, audit chain."""

    tables: Mapping[str, Mapping[str, Plain]]
    files: Mapping[str, Plain]
    chain: Mapping[str, Plain]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(int(str(stated["rows"])) for stated in self.tables.values())


class Incoming:
    """An archive read in its one order: head, tables, files, manifest."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._frames = iter(frames)
        self._waiting = next(self._frames, None)
        self._tables: dict[str, dict[str, Plain]] = {}
        self._files = FilesDigest()
        self.head = _head(self._take(HEAD))

    def tables(self) -> Iterator[tuple[Table, Iterator[Row]]]:
        """Each table with its rows; take all of them before the next table."""
        for table in self.head.tables:
            if _object(self._take(TABLE)).get("label") != table.label:
                raise Damaged(_("The tables of the archive are not in the order it says."))
            digest = RowsDigest()
            rows = self._rows(table, digest)
            yield table, rows
            for _row in rows:
                raise Damaged(_("Rows of %(table)s were not taken.") % {"table": table.label})
            if digest.rows != self.head.rows[table.label]:
                raise Damaged(
                    _("The archive holds %(found)d rows of %(table)s and should hold %(stated)d.")
                    % {
                        "found": digest.rows,
                        "table": table.label,
                        "stated": self.head.rows[table.label],
                    }
                )
            self._tables[table.label] = digest.stated()

    def files(self) -> Iterator[tuple[PurePosixPath, int, Iterator[bytes]]]:
        """Each file with its safe name, its size and its content; take all of it."""
        seen: set[str] = set()
        while self._waiting is not None and self._waiting.kind == FILE:
            stated = _object(self._take(FILE))
            name, size = stated.get("name"), stated.get("size")
            if not isinstance(name, str) or not isinstance(size, int) or size < 0:
                raise Damaged(_("A file of the archive has no name or size."))
            # Names that differ in case only are one file on some disks.
            if name.casefold() in seen or set(stated) != {"name", "size"}:
                raise Damaged(_("A file stands in the archive twice, or is no plain file."))
            seen.add(name.casefold())
            blocks = self._blocks(name, size)
            yield safe_name(name), size, blocks
            for _block in blocks:
                raise Damaged(_("A file of the archive was not taken."))

    def manifest(self) -> Manifest:
        """The manifest, after everything was found to be as it says."""
        stated = _object(self._take(MANIFEST))
        if self._waiting is not None:
            raise Damaged(_("The archive goes on after its end."))
        manifest = Manifest(
            tables=_mapping(stated, "tables"),
            files=_mapping(stated, "files"),
            chain=_mapping(stated, "audit"),
        )
        if manifest.tables != self._tables:
            raise Damaged(_("The rows of the archive are not those its manifest speaks of."))
        if manifest.files != self._files.stated():
            raise Damaged(_("The files of the archive are not those its manifest speaks of."))
        if manifest.chain != self.head.chain:
            raise Damaged(_("Head and manifest of the archive speak of different audit logs."))
        return manifest

    def _take(self, kind: bytes) -> bytes:
        frame = self._waiting
        if frame is None or frame.kind != kind:
            raise Damaged(_("A part of the archive is missing or stands in the wrong place."))
        self._waiting = next(self._frames, None)
        return frame.content

    def _rows(self, table: Table, digest: RowsDigest) -> Iterator[Row]:
        width, most = len(table.columns), self.head.rows[table.label]
        while self._waiting is not None and self._waiting.kind == ROWS:
            for line in self._take(ROWS).split(b"\n"):
                try:
                    row = json.loads(line)
                except ValueError as problem:
                    raise Damaged(_("A row of the archive cannot be read.")) from problem
                if not isinstance(row, list) or len(row) != width or digest.rows >= most:
                    raise Damaged(_("A row of the archive does not fit its table."))
                digest.take(line)
                yield row

    def _blocks(self, name: str, size: int) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), size
        while self._waiting is not None and self._waiting.kind == BYTES:
            content = self._take(BYTES)
            left -= len(content)
            if left < 0:
                break
            digest.update(content)
            yield content
        if left:
            raise Damaged(_("A file of the archive is longer or shorter than it says."))
        self._files.take(name, size, digest.hexdigest())


def examine(frames: Iterable[Frame]) -> tuple[Head, Manifest]:
    """Head and manifest of an archive that was read to its end and written nowhere."""
    incoming = Incoming(frames)
    for _table, rows in incoming.tables():
        for _row in rows:
            pass
    for _name, _size, blocks in incoming.files():
        for _block in blocks:
            pass
    return incoming.head, incoming.manifest()


def safe_name(name: str) -> PurePosixPath:
    """The name as a path inside the site's folder; `Damaged` for any other."""
    path = PurePosixPath(name)
    parts = name.split("/")
    plain = (
        all(part not in ("", ".", "..") and len(part.encode()) <= LONGEST_NAME for part in parts)
        and not any(character in name for character in "\\\0:\n\r")
        and len(parts) <= DEEPEST
    )
    known = name in (*SMALL_FILES, SECRET_KEY) or (parts[0] == FILES and len(parts) > 1)
    if not plain or not known:
        raise Damaged(
            _("The archive holds a file by the name '%(name)s', which would lie outside the site.")
            % {"name": name[:80]}
        )
    return path


def _head(content: bytes) -> Head:
    stated = _object(content)
    try:
        if int(str(stated["format"])) > FORMAT:
            raise NewerFormat(
                _(
                    "The archive is of format %(format)s; this version reads up to %(known)d. "
                    "Use a newer version of Primacy."
                )
                % {"format": stated["format"], "known": FORMAT}
            )
        tables = [_stated_table(entry) for entry in stated["tables"]]  # type: ignore[attr-defined]
        files = _mapping(stated, "files")
        return Head(
            program=str(stated["program"]),
            made_at=str(stated["made_at"]),
            database=str(stated["database"]),
            migrations=tuple(
                (app, str(name))
                for app, names in sorted(_mapping(stated, "migrations").items())
                for name in names
            ),
            tables=tuple(table for table, _rows in tables),
            rows={table.label: rows for table, rows in tables},
            append_only=frozenset(str(name) for name in stated["append_only"]),  # type: ignore[attr-defined]
            chain=_mapping(stated, "audit"),
            files=int(files["count"]),
            files_bytes=int(files["bytes"]),
            has_secret_key=bool(stated["secret_key"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise Damaged(_("The head of the archive cannot be read.")) from problem


def _stated_table(entry: Mapping[str, object]) -> tuple[Table, int]:
    columns = tuple(Column(str(name), str(kind)) for name, kind in entry["columns"])  # type: ignore[attr-defined]
    table = Table(str(entry["label"]), str(entry["name"]), str(entry["key"]), columns)
    return table, int(str(entry["rows"]))


def _object(content: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(content)
    except ValueError as problem:
        raise Damaged(_("A part of the archive cannot be read.")) from problem
    if not isinstance(found, dict):
        raise Damaged(_("A part of the archive cannot be read."))
    return found


def _mapping(stated: Mapping[str, object], name: str) -> dict:  # type: ignore[type-arg]
    found = stated.get(name)
    if not isinstance(found, dict):
        raise Damaged(_("A part of the archive cannot be read."))
    return found
