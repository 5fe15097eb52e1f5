"""No version of a claim of responsibility is changed or deleted, by the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("incidents", "0003_responsibility")]
    operations: ClassVar[list[Operation]] = [AppendOnly("incidents_responsibilityclaim")]
