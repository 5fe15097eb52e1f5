"""App registration."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Missions, areas with versioned boundaries, population and sites."""

    name = "primacy.rooms.places"
    label = "places"
    verbose_name = "Places"
