"""Audit entries are append-only in the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        AppendOnly("audit_auditentry"),
    ]
