"""Migrations that are there with their note, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeMigrations(MigrationExecutor):
    """Runs each migration in one transaction with the note that it ran.

    Django commits a migration that makes indexes first and notes it afterwards. A process killed
    in between leaves a database that no later run can migrate: the table is there already.
    """

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """The state after the migration."""
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with _unchecked(self.connection), transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, fake, fake_initial)


@contextmanager
def _unchecked(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """SQLite changes tables only without foreign key checks, and sets them outside transactions.

    Django checks all keys itself before it ends the change.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
