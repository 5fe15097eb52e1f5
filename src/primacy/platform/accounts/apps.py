"""App registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, organisations and compartments."""

    name = "primacy.platform.accounts"
    label = "accounts"
    verbose_name = "Accounts"
