"""Errors of backup, restore, move and wipe.

ArchiveError
├── BackupFailed      no backup was written under the name asked for
├── BadKey            a key or passphrase of the wrong form, or a key file that can't be opened
├── WrongKey          the archive is not sealed to this passphrase or key
├── Damaged           the archive was cut, changed or put together wrongly
├── NewerFormat       the archive was made by a newer version
├── NotEmpty          the target holds records already
├── ProofFailed       what was loaded is not what was archived; nothing was kept
├── RowsHidden        the database role may not read every row
├── UnknownTable      the database holds a table or column that no archive would carry
├── MoveFailed        the site was not moved; the source stays what it was
├── SiteMoved         the site lives elsewhere now and is not served from here
└── WipeRefused       nothing was wiped
"""


class ArchiveError(Exception):
    """Any refusal that concerns an archive of the site."""


class BackupFailed(ArchiveError):
    """No backup was written."""


class BadKey(ArchiveError):
    """No usable key or passphrase."""


class WrongKey(ArchiveError):
    """The archive does not open with this."""


class Damaged(ArchiveError):
    """The archive is not what was written."""


class NewerFormat(ArchiveError):
    """A newer version of the program is needed."""


class NotEmpty(ArchiveError):
    """The target is no empty site."""


class ProofFailed(ArchiveError):
    """The loaded site differs from the archive."""


class RowsHidden(ArchiveError):
    """Row-level policies hide rows from this database role."""


class UnknownTable(ArchiveError):
    """A table or column is of no known kind."""


class MoveFailed(ArchiveError):
    """The site stays where it is."""


class SiteMoved(ArchiveError):
    """The site was moved away from here."""


class WipeRefused(ArchiveError):
    """Nothing was wiped."""
