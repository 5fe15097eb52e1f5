"""App registration."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Events with place, time, actors and harm."""

    name = "primacy.rooms.incidents"
    label = "incidents"
    verbose_name = "Incidents"
