"""App registration."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Events with place, time, actors and harm."""

    name = "primacy.rooms.incidents"
    label = "incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        """Registers the indicator providers of this room, and incidents as a concern."""
        from primacy.platform.vault.concerned import concerns
        from primacy.rooms.incidents import indicators  # noqa: F401
        from primacy.rooms.incidents.queries import incident_is_open

        concerns("incident", incident_is_open)
