"""A database with all tables and no records, migrated once in a test run and then copied.

Migrating from nothing takes longer than most tests. The real way, from an empty folder, is tried by
the tests of the program's first start.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "EMPTY_SITE_OF_THE_TEST_RUN"
"""The variable that names the folder the run's processes share."""


def migrated() -> Path:
    """The migrated file; whoever asks first makes it, the others wait."""
    folder = Path(os.environ[FOLDER])
    made = folder / "empty.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(folder / "home", made)
    return made


def seed(home: Path) -> None:
    """Nothing; puts the migrated database into the folder of a site that does not exist yet."""
    if home.exists():
        return
    home.mkdir(parents=True)
    shutil.copyfile(migrated(), home / "primacy.sqlite3")


def _make(home: Path, made: Path) -> None:
    home.mkdir(parents=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PRIMACY_", "DJANGO_"))}
    own = {
        "PRIMACY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded",
        "PYTHONPATH": str(ROOT / "src"),
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env={**kept, **own},
        cwd=ROOT,
        check=True,
    )
    half = made.with_suffix(".half")
    with (
        closing(sqlite3.connect(home / "primacy.sqlite3")) as base,
        closing(sqlite3.connect(half)) as copy,
    ):
        base.backup(copy)
    half.rename(made)
