"""App registration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class DatabaseConfig(AppConfig):
    """PostgreSQL's own locks."""

    name = "primacy.platform.database"
    label = "database"
    verbose_name = "Database"

    def ready(self) -> None:
        """Policies follow each migration; new connections are told who is asking."""
        from primacy.platform.database.install import after_migrate
        from primacy.platform.database.viewer_scope import on_connected

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="primacy.policies")
        connection_created.connect(on_connected, dispatch_uid="primacy.viewer")
