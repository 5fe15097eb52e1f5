"""App registration."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """List files, screenings, possible matches and what people decided about them."""

    name = "primacy.rooms.screening"
    label = "screening"
    verbose_name = "Screening"
