"""App registration."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The lead ledger, standards, evidence, assessments and joint decisions."""

    name = "primacy.rooms.readiness"
    label = "readiness"
    verbose_name = "Readiness"

    def ready(self) -> None:
        """Registers the indicators of the default standard."""
        from primacy.rooms.readiness.catalogue import register_all

        register_all()
