"""App registration."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Persons of the forces, their postings, and records that may be one person."""

    name = "primacy.rooms.persons"
    label = "persons"
    verbose_name = "Persons"
