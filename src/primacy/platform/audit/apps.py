"""App registration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "primacy.platform.audit"
    label = "audit"
    verbose_name = "Audit log"

    def ready(self) -> None:
        """Takes over the writing of reads from the permission layer."""
        from primacy.platform.audit.actions import record_read
        from primacy.platform.policy import reads

        reads.write_with(record_read)
