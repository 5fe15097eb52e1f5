"""Opening the site behind a command: its database up to date, and who is at the keyboard."""

import getpass
from contextlib import ExitStack

from primacy.platform.accounts.queries import account_by_email, viewer_of
from primacy.platform.database.owner import bring_up_to_date
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Viewer, operator

_asked = ExitStack()
"""The viewers this command asks as, the last one on top."""


def local_operator() -> Viewer:
    """The person at this command line, who owns the site's files."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "local user"
    return operator(name)


def open_site() -> Viewer:
    """The operator, after the database was brought up to date."""
    bring_up_to_date()
    return _asking(local_operator())


def acting(address: str | None) -> Viewer:
    """The viewer a command acts as: an account by `--as ADDRESS`, else the operator."""
    me = open_site()
    return _asking(viewer_of(account_by_email(address))) if address else me


def _asking(viewer: Viewer) -> Viewer:
    """The viewer, whom the database knows from now on until the command ends."""
    _asked.enter_context(viewer_scope(viewer))
    return viewer


def close_site() -> None:
    """Ends what the command opened: the database forgets who asked."""
    _asked.close()
