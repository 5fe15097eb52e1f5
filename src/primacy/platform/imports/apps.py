"""App registration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Import batches."""

    name = "primacy.platform.imports"
    label = "imports"
    verbose_name = "Imports"
