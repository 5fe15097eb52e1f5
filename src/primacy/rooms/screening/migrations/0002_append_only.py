"""Judgements, searches and what lists changed are append-only in the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly

TABLES = ("screening_judgement", "screening_searchpass", "screening_listchange")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("screening", "0001_initial")]
    operations: ClassVar[list[Operation]] = [AppendOnly(table) for table in TABLES]
