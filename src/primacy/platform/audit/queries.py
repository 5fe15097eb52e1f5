"""Reading and verifying the audit log."""

from django.db.models import QuerySet

from primacy.platform.audit.chain import HASHED, Verification, verify_chain
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer, require


def entries(viewer: Viewer) -> QuerySet[AuditEntry]:
    """All entries, newest first, for oversight and administrators."""
    require(viewer, "audit.read")
    return AuditEntry.objects.order_by("-sequence")


def verify(viewer: Viewer) -> Verification:
    """The check of the whole chain."""
    require(viewer, "audit.read")
    rows = AuditEntry.objects.order_by("sequence").values(*HASHED, "hash").iterator(5000)
    return verify_chain(rows)
