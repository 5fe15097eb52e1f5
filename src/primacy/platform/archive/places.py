"""Where a site is: its folder and its database, as the settings of this process name them."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from primacy.platform.archive.stores import Settings, is_sqlite, sqlite_file
from primacy.settings.database import database_at, owner_database, sqlite

DATABASE_FILE = "primacy.sqlite3"
LAST_BACKUP = "last-backup"
"""A note in the folder, as old as the last backup."""


@dataclass(frozen=True)
class Place:
    """A folder and the settings of the database that belongs to it."""

    folder: Path
    database: Settings

    @property
    def on_sqlite(self) -> bool:
        """True where the database is a file."""
        return is_sqlite(self.database)

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        return sqlite_file(self.database)

    @property
    def words(self) -> str:
        """The place for messages, without any password."""
        if self.on_sqlite:
            return str(self.file)
        known = self.database
        return f"postgresql://{known.get('HOST') or 'localhost'}/{known['NAME']}"


def this_site() -> Place:
    """The site of this process, by a connection that reads and writes every row."""
    here = Path(settings.PRIMACY_HOME)
    own = connections[DEFAULT_DB_ALIAS].settings_dict
    if is_sqlite(own):
        return Place(here, dict(own))
    owner = owner_database()
    return Place(here, dict(owner) if owner is not None else dict(own))


def folder_site(folder: Path) -> Place:
    """A site on SQLite in a folder of its own."""
    folder = folder.expanduser().resolve()
    return Place(folder, dict(sqlite(folder / DATABASE_FILE)))


def site_at(url: str) -> Place:
    """The site behind an address; on PostgreSQL it keeps the folder of this process."""
    found = dict(database_at(url))
    if is_sqlite(found):
        return Place(sqlite_file(found).expanduser().resolve().parent, found)
    options = dict(found.get("OPTIONS") or {})  # type: ignore[call-overload]
    # A copy of a whole site takes as long as it takes.
    return Place(
        Path(settings.PRIMACY_HOME),
        {**found, "CONN_MAX_AGE": 0, "OPTIONS": {**options, "options": ""}},
    )


def sync_folder(folder: Path) -> None:
    """Makes names in a folder last through a power cut, where its file system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems of memory sticks know no such thing
    finally:
        os.close(handle)
