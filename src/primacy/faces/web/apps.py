"""App registration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web pages: frame, components, templates and static files."""

    name = "primacy.faces.web"
    label = "web"
    verbose_name = "Web"
