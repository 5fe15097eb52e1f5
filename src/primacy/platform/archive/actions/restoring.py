"""The act of restoring: an empty place becomes the archived site, or stays empty.

Everything is built beside and proved. The database is put in its place last, in one step, so that
a machine that stops anywhere before has an empty site, and afterwards a whole one.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _

from primacy.platform.archive.actions.loading import (
    Proof,
    load,
    migrate_on,
    readable_errors,
    require_empty,
)
from primacy.platform.archive.errors import NotEmpty, ProofFailed
from primacy.platform.archive.frames import Frame, read_frames
from primacy.platform.archive.packing import FILES
from primacy.platform.archive.places import Place, sync_folder
from primacy.platform.archive.sealing import OpenedReader, Openers
from primacy.platform.archive.stores import (
    PostgresStore,
    quoted,
    reading,
    second_connection,
    sqlite_file,
    standing_in,
)
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.settings.database import sqlite

STAGING = ".restoring-"
READY = "READY"
"""In the staging folder: from now on its files may stand in the site's folder."""

LOADING = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
"""A database that is thrown away unless it is whole needs no care before it is."""


def restore(
    *,
    actor: Viewer,
    path: Path,
    openers: Openers,
    place: Place,
    accept_broken_chain: bool = False,
) -> Proof:
    """The proof of a site that was restored into an empty place; nothing stays where it fails."""
    require(actor, "site.keep")
    try:
        with path.open("rb") as handle:
            frames = read_frames(OpenedReader(handle, openers))
            proof = settle(frames, place, accept_broken_chain=accept_broken_chain)
    except OSError as problem:
        raise ProofFailed(
            _("Nothing was restored: %(why)s.") % {"why": problem.strerror or problem}
        ) from problem
    with second_connection(place.database) as alias, standing_in(alias), transaction.atomic():
        chain = proof.manifest.chain
        record(
            actor,
            "site.restore",
            None,
            {"made_at": proof.head.made_at, "rows": proof.manifest.rows, "head": chain["head"]},
        )
    return proof


def settle(
    frames: Iterable[Frame],
    place: Place,
    *,
    accept_broken_chain: bool = False,
    with_files: bool = True,
) -> Proof:
    """The proof of an empty place that was filled from frames; empty again where it fails."""
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(place.folder):
        _clear_unfinished(place)
        _require_empty_place(place, with_files)
        staging = place.folder / f"{STAGING}{secrets.token_hex(4)}"
        staging.mkdir(mode=0o700)
        try:
            accepted = partial(_require_sound, accept_broken_chain=accept_broken_chain)
            into = _settle_sqlite if place.on_sqlite else _settle_postgres
            with readable_errors():
                return into(frames, place, staging, accepted, with_files)
        except BaseException:
            _take_back(place, staging)
            raise
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _settle_sqlite(
    frames: Iterable[Frame],
    place: Place,
    staging: Path,
    accepted: Callable[[Proof], None],
    with_files: bool,
) -> Proof:
    built = staging / "database.sqlite3"
    quick = {**sqlite(built), "OPTIONS": {"init_command": LOADING, "timeout": 20}}
    with second_connection(quick) as alias:
        proof = load(frames, alias, _files_below(staging, with_files), accepted)
        migrate_on(alias)
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    with built.open("rb+") as handle:
        os.fsync(handle.fileno())
    # An empty database of a site that was opened once may lie in the place.
    _close_if_same(place)
    _require_empty_place(place, with_files)
    _put_files(place, staging)
    for ending in ("-wal", "-shm"):
        place.file.with_name(place.file.name + ending).unlink(missing_ok=True)
    os.replace(built, place.file)
    place.file.chmod(0o600)
    sync_folder(place.folder)
    return proof


def _settle_postgres(
    frames: Iterable[Frame],
    place: Place,
    staging: Path,
    accepted: Callable[[Proof], None],
    with_files: bool,
) -> Proof:
    def put_files_first(proof: Proof) -> None:
        accepted(proof)
        _put_files(place, staging)

    with second_connection(place.database) as alias:
        drop_all(alias)
        try:
            proof = load(frames, alias, _files_below(staging, with_files), put_files_first)
            migrate_on(alias)
        except BaseException:
            connections[alias].close()
            drop_all(alias)
            raise
    return proof


def _require_sound(proof: Proof, *, accept_broken_chain: bool) -> None:
    broken = proof.manifest.chain.get("broken_at")
    if broken is not None and not accept_broken_chain:
        raise ProofFailed(
            _(
                "Nothing was kept: the audit log was broken at entry %(at)s already when this "
                "archive was made. Tell the oversight body. To restore it all the same, as "
                "evidence, use --accept-broken-log."
            )
            % {"at": broken}
        )


def drop_all(alias: str) -> None:
    """Nothing; removes every table and function of a PostgreSQL schema that this role owns."""
    connection = connections[alias]
    connection.ensure_connection()
    store = PostgresStore(connection)
    names = store.table_names()
    if names:
        store.query_nothing(f"DROP TABLE {', '.join(map(quoted, names))} CASCADE")
    functions = store.query(
        "SELECT p.oid::regprocedure::text FROM pg_proc p "
        "WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f' "
        "AND pg_has_role(current_user, p.proowner, 'USAGE') AND NOT EXISTS ("
        "SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for (signature,) in functions:
        store.query_nothing(f"DROP FUNCTION IF EXISTS {signature} CASCADE")


def _require_empty_place(place: Place, with_files: bool) -> None:
    if not place.on_sqlite or (place.file.exists() and place.file.stat().st_size):
        with reading(place.database) as store:
            require_empty(store, place.words)
    files = place.folder / FILES
    if with_files and files.exists() and any(path.is_file() for path in files.rglob("*")):
        raise NotEmpty(
            _("%(folder)s is not empty: there are files in it. Nothing was changed.")
            % {"folder": files}
        )


def _files_below(staging: Path, with_files: bool) -> Path | None:
    if not with_files:
        return None
    below = staging / "site"
    below.mkdir(mode=0o700)
    return below


def _put_files(place: Place, staging: Path) -> None:
    """Puts the files in their place: before the database, which makes the site."""
    below = staging / "site"
    if not below.is_dir():
        return
    (staging / READY).touch()
    sync_folder(staging)
    for path in sorted(below.iterdir()):
        target = place.folder / path.name
        if target.is_dir():
            shutil.rmtree(target)  # empty folders only: files would have been refused
        os.replace(path, target)
    sync_folder(place.folder)


def _take_back(place: Place, staging: Path) -> None:
    """Removes files that were put in place before something failed; the site stays empty."""
    if (staging / READY).exists():
        shutil.rmtree(place.folder / FILES, ignore_errors=True)


def _clear_unfinished(place: Place) -> None:
    """Removes what a restore that was killed has left."""
    for staging in place.folder.glob(f"{STAGING}*"):
        with suppress(NotEmpty):
            _require_empty_place(place, with_files=False)
            _take_back(place, staging)
        shutil.rmtree(staging, ignore_errors=True)


def _close_if_same(place: Place) -> None:
    own = connections[DEFAULT_DB_ALIAS]
    if sqlite_file(own.settings_dict) == place.file:
        own.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps a second restore into the same folder out; the lock ends with this process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as problem:
        raise NotEmpty(
            _("Another restore into %(folder)s is running.") % {"folder": folder}
        ) from problem
    finally:
        os.close(handle)
