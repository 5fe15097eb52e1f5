"""No version of a claim about units is changed or deleted, by the database itself."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly

TABLES = (
    "forces_nameclaim",
    "forces_classificationclaim",
    "forces_relationclaim",
    "forces_positionclaim",
    "forces_lineageclaim",
    "forces_lineagepart",
)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("forces", "0004_claims_of_units")]
    operations: ClassVar[list[Operation]] = [AppendOnly(table) for table in TABLES]
