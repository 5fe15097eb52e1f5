"""App registration."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Requests for support, due diligence, decisions, deliveries, suspension."""

    name = "primacy.rooms.support"
    label = "support"
    verbose_name = "Support"

    def ready(self) -> None:
        """Makes the indicators and the daily work of this room known."""
        from primacy.rooms.support import indicators, work  # noqa: F401
