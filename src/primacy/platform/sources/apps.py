"""App registration."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Sources of facts and evidence."""

    name = "primacy.platform.sources"
    label = "sources"
    verbose_name = "Sources"
