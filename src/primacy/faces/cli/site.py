"""Opening the site behind a command: its database up to date, and who is at the keyboard."""

import getpass

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from primacy.platform.accounts.queries import account_by_email, viewer_of
from primacy.platform.policy import Viewer, operator


def local_operator() -> Viewer:
    """The person at this command line, who owns the site's files."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "local user"
    return operator(name)


def open_site() -> Viewer:
    """The operator, after the database was brought up to date."""
    connection = connections[DEFAULT_DB_ALIAS]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    return local_operator()


def acting(address: str | None) -> Viewer:
    """The viewer a command acts as: an account by `--as ADDRESS`, else the operator."""
    me = open_site()
    return viewer_of(account_by_email(address)) if address else me
