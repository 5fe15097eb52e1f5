"""App registration."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What every claim has, and the citations it rests on."""

    name = "primacy.platform.claims"
    label = "claims"
    verbose_name = "Claims"
