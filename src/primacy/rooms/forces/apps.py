"""App registration."""

from django.apps import AppConfig


class ForcesConfig(AppConfig):
    """Units of local forces and the mission, and their strength."""

    name = "primacy.rooms.forces"
    label = "forces"
    verbose_name = "Forces"
