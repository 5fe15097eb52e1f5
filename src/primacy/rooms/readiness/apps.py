"""App registration."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The lead ledger, standards, evidence, assessments and joint decisions."""

    name = "primacy.rooms.readiness"
    label = "readiness"
    verbose_name = "Readiness"
