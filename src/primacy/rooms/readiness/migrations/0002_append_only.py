"""The lead ledger, signatures and frozen assessments are append-only in the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly

TABLES = (
    "readiness_leadentry",
    "readiness_decisionsignature",
    "readiness_standardsignature",
    "readiness_frozenevidence",
    "readiness_frozenresult",
    "readiness_observation",
    "readiness_standardcriterion",
    "readiness_assessmentseat",
    "readiness_remark",
)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("readiness", "0001_initial")]
    operations: ClassVar[list[Operation]] = [AppendOnly(table) for table in TABLES]
