"""`migrate`, with each migration and the note that it ran as one transaction."""

from django.core.management.commands import migrate

from primacy.platform.database.migrating import WholeMigrations

# The command of Django makes its executor by this name, and offers no other way to choose one.
migrate.MigrationExecutor = WholeMigrations  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Django's command with an executor that a kill cannot leave half-way."""
