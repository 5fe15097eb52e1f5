"""App registration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web pages: frame, components, templates and static files."""

    name = "primacy.faces.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Registers the kinds of long work that need several rooms, and what follows a sign-in."""
        from primacy.faces.web import import_work, screening_work  # noqa: F401
        from primacy.faces.web.sign_in import receivers  # noqa: F401
