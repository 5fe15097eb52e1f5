"""No step of an alert is changed or deleted, by the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("warning", "0001_initial")]
    operations: ClassVar[list[Operation]] = [AppendOnly("warning_alertstep")]
