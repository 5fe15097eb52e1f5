"""App registration."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """Alerts from the first word to the answer, and whom they must not reach."""

    name = "primacy.rooms.warning"
    label = "warning"
    verbose_name = "Warning"

    def ready(self) -> None:
        """Makes the indicators of this room known."""
        from primacy.rooms.warning import indicators  # noqa: F401
