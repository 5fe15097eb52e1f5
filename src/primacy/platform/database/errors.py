"""Errors of the database: its set-up, and what its row policies refuse.

DatabaseSetupError
├── MigrationRight   the tables are behind the program and this role may not change them
└── NoOwner          an act on the whole database, without the role that owns it
Denied
└── RowRefused       a row policy did not take what the viewer was about to write
"""

from django.utils.translation import gettext as _

from primacy.platform.policy import Denied


class DatabaseSetupError(Exception):
    """Anything wrong with how the database was set up; the message says what to do."""


class MigrationRight(DatabaseSetupError):
    """The tables are behind the program, and the role of this site may not change tables."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The database is behind this version of Primacy, and the role in "
                "PRIMACY_DATABASE_URL may not change tables. Nothing was changed. Set "
                "PRIMACY_DATABASE_OWNER_URL to the address of the role that owns the tables "
                "and run the command again; docs/guide/postgresql.md shows how."
            )
        )


class NoOwner(DatabaseSetupError):
    """An act that must read every row needs the role that owns the tables."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This reads every row of the database, which the role in PRIMACY_DATABASE_URL may "
                "not. Nothing was done. Set PRIMACY_DATABASE_OWNER_URL to the address of the role "
                "that owns the tables and run the command again."
            )
        )


class RowRefused(Denied):
    """A row policy refused a write that the program had let through."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The database did not take this: it belongs to a mission or a compartment in "
                "which you hold no right to write. Nothing was changed, and the refusal is on "
                "record. If the right should be yours, ask the administrator of this site."
            )
        )
