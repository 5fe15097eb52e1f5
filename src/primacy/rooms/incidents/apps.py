"""App registration."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Events with place, time, actors and harm."""

    name = "primacy.rooms.incidents"
    label = "incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        """Registers the indicator providers of this room."""
        from primacy.rooms.incidents import indicators  # noqa: F401
