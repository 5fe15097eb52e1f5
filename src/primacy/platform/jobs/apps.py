"""App registration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work that outlives a request."""

    name = "primacy.platform.jobs"
    label = "jobs"
    verbose_name = "Jobs"
