"""The act of backing up: one sealed file, written while the site goes on working."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from primacy.platform.archive.errors import BackupFailed
from primacy.platform.archive.frames import read_frames, write_frames
from primacy.platform.archive.leftovers import in_use, sweep_drills, sweep_unfinished
from primacy.platform.archive.packing import Site, site_frames
from primacy.platform.archive.places import LAST_BACKUP, Place, sync_folder, this_site
from primacy.platform.archive.sealing import Locks, OpenedReader, Openers, SealedWriter, key_name
from primacy.platform.archive.stores import reading
from primacy.platform.archive.unpacking import Head, Manifest, examine
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require

SITE_BACKUP = "site.backup"
"""The act under which each backup stands in the audit log."""


@dataclass(frozen=True)
class Backup:
    """A backup that was written: where, how large, its hash, and what it holds once verified."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest | None


def back_up(
    *,
    actor: Viewer,
    path: Path,
    locks: Locks,
    with_secret_key: bool = False,
    verify: bool = True,
    place: Place | None = None,
) -> Backup:
    """The backup of a site under this name; where anything fails, no file of this name is left."""
    require(actor, "site.keep")
    here = place or this_site()
    made = write_backup(here, path, locks, with_secret_key=with_secret_key, verify=verify)
    # Says when the last backup was made, for `primacy check`; the audit log says what it was.
    (here.folder / LAST_BACKUP).write_text(made.sha256, encoding="utf-8")
    record(
        actor,
        SITE_BACKUP,
        None,
        {
            "file": path.name,
            "bytes": made.size,
            "sha256": made.sha256,
            "sealed_to": [key_name(key) for key in locks.public_keys],
            "passphrase": bool(locks.passphrase),
            "secret_key": with_secret_key,
            "verified": made.manifest is not None,
        },
    )
    return made


def write_backup(
    place: Place, path: Path, locks: Locks, *, with_secret_key: bool, verify: bool
) -> Backup:
    """The sealed file; it gets its name only when it is whole, on the disk and, if asked, read."""
    path = path.expanduser().absolute()
    if path.exists():
        raise BackupFailed(
            _("%(path)s exists already. Nothing was written; choose another name.") % {"path": path}
        )
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        sweep_unfinished(path)
        sweep_drills(place.folder)
        with _cleared_on_failure(unfinished), in_use(unfinished):
            file_key = _write(place, unfinished, locks, with_secret_key)
            manifest = read_backup(unfinished, Openers(file_key=file_key))[1] if verify else None
            size, sha256 = unfinished.stat().st_size, _sha256(unfinished)
            os.replace(unfinished, path)
            sync_folder(path.parent)
    except OSError as problem:
        raise BackupFailed(
            _("No backup was made: %(why)s. Nothing was left under %(path)s.")
            % {"why": problem.strerror or problem, "path": path}
        ) from problem
    return Backup(path, size, sha256, manifest)


def _write(place: Place, path: Path, locks: Locks, with_secret_key: bool) -> bytes:
    with path.open("r+b") as handle:
        sealed = SealedWriter(handle, locks)
        with reading(place.database) as store:
            write_frames(site_frames(Site(store, place.folder, with_secret_key)), sealed)
        sealed.close()
        handle.flush()
        os.fsync(handle.fileno())
    return sealed.file_key


def read_backup(path: Path, openers: Openers) -> tuple[Head, Manifest]:
    """Head and manifest of a backup that was opened and checked to its last byte."""
    with path.open("rb") as handle:
        return examine(read_frames(OpenedReader(handle, openers)))


@contextmanager
def _cleared_on_failure(path: Path) -> Iterator[None]:
    """Makes the file, which nobody else may read, and removes it where anything fails."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
