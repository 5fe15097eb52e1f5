"""App registration."""

from django.apps import AppConfig


class CensusConfig(AppConfig):
    """Rolls, head counts, pay rolls, questions to offices, recruitment."""

    name = "primacy.rooms.census"
    label = "census"
    verbose_name = "Census"

    def ready(self) -> None:
        """Makes the imports and the long work of this room known."""
        from primacy.rooms.census import imports, work  # noqa: F401
