"""App registration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "primacy.platform.audit"
    label = "audit"
    verbose_name = "Audit log"
