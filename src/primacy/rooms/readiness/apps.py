"""App registration."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The lead ledger, standards, evidence, assessments and joint decisions."""

    name = "primacy.rooms.readiness"
    label = "readiness"
    verbose_name = "Readiness"

    def ready(self) -> None:
        """Registers the indicators of the default standard, and observations as a concern."""
        from primacy.platform.vault.concerned import concerns
        from primacy.rooms.readiness.catalogue import register_all
        from primacy.rooms.readiness.queries import observation_is_open

        concerns("observation", observation_is_open)
        register_all()
