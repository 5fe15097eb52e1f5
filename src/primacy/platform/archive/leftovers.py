"""Files that an act is still using, and what acts that were killed have left behind."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1024 * 1024
DRILL = ".primacy-drill-"
"""Beginning of the names of what a drill makes in the site's folder."""

COPY_NOTE = "copy-at"
"""In the folder of a drill whose copy is on PostgreSQL: which database holds it, no password."""

CLOSED = "closed"
"""In the site's folder while it is evacuated: nothing new is begun. Counts only while locked."""


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Within, this file or folder is marked as used; the mark ends with the process, killed too."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_used(path: Path) -> bool:
    """True where a living process has marked this file or folder as used."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Within, the site of this folder begins no request and no job."""
    mark = folder / CLOSED
    mark.touch(mode=0o600)
    try:
        with in_use(mark):
            yield
    finally:
        mark.unlink(missing_ok=True)


def is_closed(folder: Path) -> bool:
    """True while the site of this folder is being evacuated."""
    return is_used(folder / CLOSED)


def shred(path: Path) -> int | None:
    """Bytes overwritten before the file was removed; None where there was no file of its own."""
    if path.is_symlink():
        path.unlink()
        return None
    if not path.is_file():
        return None
    size = path.stat().st_size
    with path.open("rb+", buffering=0) as handle:
        for start in range(0, size, BLOCK):
            handle.write(secrets.token_bytes(min(BLOCK, size - start)))
        os.fsync(handle.fileno())
    nameless = path.with_name(secrets.token_hex(8))
    os.replace(path, nameless)
    nameless.unlink()
    return size


def sweep_drills(folder: Path) -> list[str]:
    """Names of the copies that killed drills left in a site's folder; they are overwritten.

    The note of a copy on PostgreSQL stays: it goes with that copy (`drills_left`).
    """
    gone = []
    for found in sorted(folder.glob(f"{DRILL}*")):
        if is_used(found):
            continue
        if found.is_dir() and not found.is_symlink():
            for below, _names, names in os.walk(found, topdown=False):
                for name in names:
                    if Path(below) / name != found / COPY_NOTE:
                        shred(Path(below) / name)
            if (found / COPY_NOTE).exists():
                continue
            shutil.rmtree(found, ignore_errors=True)
        else:
            shred(found)
        gone.append(found.name)
    return gone


@dataclass(frozen=True)
class DrillLeft:
    """What a killed drill left: its folder, and the database that holds the copy, if not there."""

    path: Path
    database: str


def drills_left(folder: Path) -> list[DrillLeft]:
    """What killed drills left in a site's folder or, as noted there, on PostgreSQL."""
    left = []
    for found in sorted(folder.glob(f"{DRILL}*")):
        if not is_used(found):
            note = found / COPY_NOTE
            where = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
            left.append(DrillLeft(found, where))
    return left


def sweep_unfinished(path: Path) -> list[str]:
    """Names of the unfinished files that killed backups to this name left; they are removed."""
    gone = []
    for found in sorted(path.parent.iterdir()) if path.parent.is_dir() else []:
        ours = found.name.startswith(f".{path.name}.") and found.name.endswith(".unfinished")
        if ours and not is_used(found):
            found.unlink(missing_ok=True)
            gone.append(found.name)
    return gone
