"""App registration."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Sourced facts of the built-in case studies."""

    name = "primacy.rooms.cases"
    label = "cases"
    verbose_name = "Cases"
