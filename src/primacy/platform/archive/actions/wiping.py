"""The act of wiping a site, ordered by two persons, and the drill of wipe and evacuation."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from primacy.platform.archive.actions.backup import Backup, write_backup
from primacy.platform.archive.actions.drill_copies import (
    clear_dead_copies,
    mark_copy,
    unmark_copy,
)
from primacy.platform.archive.actions.restoring import STAGING, drop_all, settle
from primacy.platform.archive.leftovers import DRILL, drills_left, in_use, shred, sweep_drills
from primacy.platform.archive.packing import FILES, SECRET_KEY, SMALL_FILES, Site, site_frames
from primacy.platform.archive.places import LAST_BACKUP, Place, folder_site, sync_folder, this_site
from primacy.platform.archive.sealing import Locks
from primacy.platform.archive.stores import (
    PostgresStore,
    SqliteStore,
    quoted,
    reading,
    second_connection,
)
from primacy.platform.audit.actions import record
from primacy.platform.orders.actions import take_up
from primacy.platform.policy import Viewer, require

STATE_FOLDERS = (FILES, "jobs", "cache")
KEY_TABLES = "vault_"
"""Beginning of the names of tables that hold wrapped keys of compartments."""


@dataclass
class Wiped:
    """What a wipe removed, how long each step took, and what it found and left alone."""

    files: int = 0
    size: int = 0
    tables: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def total_seconds(self) -> float:
        """All steps together."""
        return sum(self.seconds.values())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a step; a step that fails does not keep the next from its work."""
        started = time.monotonic()
        try:
            yield
        except Exception as problem:  # whatever it is, the rest must still be wiped
            self.troubles.append(f"{name}: {problem}")
        self.seconds[name] = time.monotonic() - started


@dataclass(frozen=True)
class Drill:
    """A drill on a copy: seconds of the steps that count in an emergency, and of the copying."""

    wiped: Wiped
    backup: Backup | None
    backup_seconds: float
    copy_seconds: float
    on_other_engine: bool

    @property
    def seconds(self) -> float:
        """How long the emergency itself takes."""
        return self.backup_seconds + self.wiped.total_seconds


def wipe(*, actor: Viewer, place: Place | None = None) -> Wiped:
    """What was removed from this machine: keys first, then the database, then the files."""
    require(actor, "site.keep")
    here = place or this_site()
    take_up(actor=actor, kind="wipe")
    record(actor, "emergency.wipe", None, {"place": here.words})
    return erase(here)


def drill(
    *,
    actor: Viewer,
    locks: Locks | None = None,
    copy: Place | None = None,
    place: Place | None = None,
) -> Drill:
    """The time an evacuation (with `locks`) or a wipe takes, done on a copy; the site is untouched.

    The copy is a folder inside the site's, on SQLite, unless an empty PostgreSQL is named. What a
    killed drill leaves in the folder is overwritten by the next drill, backup, start or wipe, and
    what it leaves on PostgreSQL by the next drill there.
    """
    require(actor, "site.keep")
    here = place or this_site()
    if copy is not None:
        clear_dead_copies(here.folder, copy)
    sweep_drills(here.folder)
    beside = here.folder.resolve() / f"{DRILL}{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    with ExitStack() as using:
        using.callback(shutil.rmtree, beside, ignore_errors=True)
        using.enter_context(in_use(beside))
        # A folder of its own: the outer one is marked as used, restoring locks the inner one.
        inner = beside / "site"
        inner.mkdir(mode=0o700)
        target = Place(inner, (copy or folder_site(inner)).database)
        mark_copy(beside, target)
        started = time.monotonic()
        with reading(here.database) as store:
            settle(site_frames(Site(store, here.folder, with_secret_key=True)), target)
        copied = time.monotonic()
        made = None
        if locks is not None:
            path = beside / "evacuated"
            made = write_backup(target, path, locks, with_secret_key=False, verify=True)
            path.unlink()
        backed_up = time.monotonic()
        wiped = erase(target)
        unmark_copy(target)
    done = Drill(
        wiped,
        made,
        backed_up - copied,
        copied - started,
        on_other_engine=target.on_sqlite != here.on_sqlite,
    )
    record(
        actor,
        "emergency.drill",
        None,
        {
            "kind": "evacuate" if locks is not None else "wipe",
            "seconds": round(done.seconds, 2),
            "files": wiped.files,
            "bytes": wiped.size,
            "troubles": wiped.troubles,
        },
    )
    return done


def erase(place: Place) -> Wiped:
    """What was removed of a site. Keys go first: without them the rest is worth less."""
    wiped = Wiped()
    if place.on_sqlite:
        connections[DEFAULT_DB_ALIAS].close()
    with wiped.step(_("keys")):
        _overwrite(place.folder / SECRET_KEY, wiped)
        _erase_wrapped_keys(place, wiped)
    with wiped.step(_("database")):
        _erase_database(place, wiped)
    with wiped.step(_("files")):
        for name in STATE_FOLDERS:
            _overwrite_folder(place.folder / name, wiped)
        sweep_drills(place.folder)
        for left in drills_left(place.folder):
            wiped.troubles.append(
                _("a drill that was stopped left a copy in %(where)s") % {"where": left.database}
            )
        for staging in place.folder.glob(f"{STAGING}*"):
            _overwrite_folder(staging, wiped)
        for name in (*SMALL_FILES, LAST_BACKUP):
            _overwrite(place.folder / name, wiped)
        sync_folder(place.folder)
    with suppress(FileNotFoundError):
        wiped.left = sorted(path.name for path in place.folder.iterdir())
    return wiped


def _erase_wrapped_keys(place: Place, wiped: Wiped) -> None:
    """Deletes the wrapped keys inside the database, so that they go before the large rest."""
    if place.on_sqlite and not place.file.exists():
        return
    with second_connection(place.database) as alias:
        connection = connections[alias]
        connection.ensure_connection()
        if connection.vendor != "sqlite":
            store = PostgresStore(connection)
            names = [name for name in store.table_names() if name.startswith(KEY_TABLES)]
            _send_others_away(store)
            if names:
                store.query_nothing(f"DROP TABLE {', '.join(map(quoted, names))} CASCADE")
                wiped.tables += len(names)
            return
        raw = connection.connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA secure_delete=ON")
        for name in SqliteStore(raw).table_names():
            if name.startswith(KEY_TABLES):
                raw.execute(f"DROP TABLE {quoted(name)}")
                wiped.tables += 1
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _send_others_away(store: PostgresStore) -> None:
    """Ends other connections to this database, as far as this role may; they would hold tables."""
    store.query_nothing("SET lock_timeout = '30s'")
    with suppress(Exception):
        store.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _erase_database(place: Place, wiped: Wiped) -> None:
    if place.on_sqlite:
        for ending in ("", "-wal", "-shm", "-journal"):
            _overwrite(place.file.with_name(place.file.name + ending), wiped)
        sync_folder(place.file.parent)
        return
    with second_connection(place.database) as alias:
        connection = connections[alias]
        connection.ensure_connection()
        wiped.tables += len(PostgresStore(connection).table_names())
        drop_all(alias)


def _overwrite_folder(folder: Path, wiped: Wiped) -> None:
    if folder.is_symlink() or not folder.is_dir():
        return
    for below, _names, names in os.walk(folder, topdown=False):
        for name in names:
            _overwrite(Path(below) / name, wiped)
    shutil.rmtree(folder, ignore_errors=True)


def _overwrite(path: Path, wiped: Wiped) -> None:
    """Writes random bytes over a file, takes its name away, removes it; links are only removed."""
    size = shred(path)
    if size is not None:
        wiped.files, wiped.size = wiped.files + 1, wiped.size + size
