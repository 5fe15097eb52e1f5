"""App registration."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    """Alerts from the first word to the answer, and whom they must not reach."""

    name = "primacy.rooms.warning"
    label = "warning"
    verbose_name = "Warning"
