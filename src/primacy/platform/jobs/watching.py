"""What passes beside the database while a job runs: its progress, a wish to cancel, its lock.

A job may hold one transaction for its whole run, in which nothing it writes can be seen and, on
SQLite, nobody else can write. So progress and the wish to cancel are small files in the site's
folder, and the lock of a file tells whether the process that runs a job still lives: the system
lets go of it at the very moment the process dies, however it dies.
"""

import fcntl
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """How far a running job is; `left_seconds` is None until it can be estimated."""

    done: int
    total: int | None
    text: str
    left_seconds: int | None

    @property
    def percent(self) -> int | None:
        """Share done of the whole, in per cent; None where the whole is not known."""
        return min(100, round(100 * self.done / self.total)) if self.total else None


def jobs_folder() -> Path:
    """The folder of running jobs, made where it did not exist."""
    folder = Path(settings.PRIMACY_HOME) / "jobs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def running(job: uuid.UUID) -> Iterator[bool]:
    """True while this process alone runs the job; False where another live process does."""
    handle = os.open(jobs_folder() / f"{job}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def note_progress(job: uuid.UUID, done: int, total: int | None, text: str, started: float) -> None:
    """Puts down how far the job is, whole or not at all."""
    spent = time.monotonic() - started
    left = round(spent * (total - done) / done) if total and done and spent > 1 else None
    body = {"done": done, "total": total, "text": text[:200], "left_seconds": left}
    path = jobs_folder() / f"{job}.json"
    new = path.with_suffix(".new")
    new.write_text(json.dumps(body), encoding="utf-8")
    new.replace(path)


def progress_of(job: uuid.UUID) -> Progress | None:
    """How far the job is; None where it said nothing yet."""
    try:
        return Progress(**json.loads((jobs_folder() / f"{job}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def ask_to_cancel(job: uuid.UUID, who: str) -> None:
    """Leaves the wish to cancel where the running job looks."""
    (jobs_folder() / f"{job}.cancel").write_text(who[:200], encoding="utf-8")


def asked_to_cancel(job: uuid.UUID) -> str | None:
    """Who wishes the job cancelled; None where nobody does."""
    try:
        return (jobs_folder() / f"{job}.cancel").read_text(encoding="utf-8")
    except OSError:
        return None


def forget(job: uuid.UUID) -> None:
    """Removes what was left beside an ended job."""
    for ending in ("json", "cancel", "lock"):
        (jobs_folder() / f"{job}.{ending}").unlink(missing_ok=True)
