"""App registration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training given to forces, as reports state it."""

    name = "primacy.rooms.training"
    label = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        """Makes the import of this room known."""
        from primacy.rooms.training import imports  # noqa: F401
