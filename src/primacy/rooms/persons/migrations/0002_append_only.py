"""No version of a claim about persons, no judgement and no merge is changed or deleted."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly

TABLES = (
    "persons_personnameclaim",
    "persons_birthclaim",
    "persons_idnumberclaim",
    "persons_postingclaim",
    "persons_leavingclaim",
    "persons_pair",
    "persons_pairjudgement",
    "persons_merge",
    "persons_unmerge",
)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("persons", "0001_initial")]
    operations: ClassVar[list[Operation]] = [AppendOnly(table) for table in TABLES]
