"""App registration."""

from django.apps import AppConfig


class ForcesConfig(AppConfig):
    """Units of local forces and the mission, and their strength."""

    name = "primacy.rooms.forces"
    label = "forces"
    verbose_name = "Forces"

    def ready(self) -> None:
        """Registers the indicator providers of this room, and its work of each day."""
        from primacy.rooms.forces import calendar_work, indicators  # noqa: F401
