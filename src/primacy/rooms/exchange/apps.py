"""App registration."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Exchange of the register of forces with others."""

    name = "primacy.rooms.exchange"
    label = "exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        """Makes the import of this room known."""
        from primacy.rooms.exchange import imports  # noqa: F401
