"""App registration."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys of compartments and the identities sealed under them."""

    name = "primacy.platform.vault"
    label = "vault"
    verbose_name = "Vault"
