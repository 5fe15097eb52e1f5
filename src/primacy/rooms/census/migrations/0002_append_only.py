"""What was said on a question, and how many reached a stage, is never changed or deleted."""

from typing import ClassVar

from django.db import migrations

from primacy.platform.audit.triggers import AppendOnly

TABLES = ("census_questionentry", "census_stagecount")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("census", "0001_initial")]
    operations: ClassVar[list[AppendOnly]] = [AppendOnly(table) for table in TABLES]
