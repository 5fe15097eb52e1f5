"""App registration."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Persons of the forces, their postings, and records that may be one person."""

    name = "primacy.rooms.persons"
    label = "persons"
    verbose_name = "Persons"

    def ready(self) -> None:
        """Makes the long work of this room known."""
        from primacy.rooms.persons import work  # noqa: F401
