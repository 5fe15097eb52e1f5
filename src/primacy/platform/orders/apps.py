"""App registration."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Two-person orders."""

    name = "primacy.platform.orders"
    label = "orders"
    verbose_name = "Emergency orders"
