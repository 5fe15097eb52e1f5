"""What became of units: renamed, merged, split, disbanded, attached to another."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import Record, RecordInfo
from primacy.rooms.forces.models.unit import Unit


class LineageKind(models.TextChoices):
    """What happened. An attachment lasts from a day to a day; all others happen once."""

    RENAMED = "renamed", gettext_lazy("Renamed")
    MERGED = "merged", gettext_lazy("Merged")
    SPLIT = "split", gettext_lazy("Split")
    DISBANDED = "disbanded", gettext_lazy("Disbanded")
    ATTACHED = "attached", gettext_lazy("Attached")


class PartSide(models.TextChoices):
    """Which side of the event a unit stands on."""

    FROM = "from", gettext_lazy("Before")
    TO = "to", gettext_lazy("After")


class LineageClaim(Claim):
    """One event in the life of units. The span of the claim is when it happened, or lasted."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a renaming, merger, split, end or attachment of units",
        sensitivity="internal",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    kind = models.CharField(max_length=10, choices=LineageKind.choices)

    def __str__(self) -> str:
        return str(LineageKind(self.kind).label)


class LineagePart(Record):
    """A unit on one side of a lineage event."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a unit on one side of a lineage event",
        sensitivity="internal",
        retention="permanent",
        follows="lineage",
    )
    lineage = models.ForeignKey(LineageClaim, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lineage_parts")
    side = models.CharField(max_length=4, choices=PartSide.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["lineage", "unit", "side"], name="one_lineage_part_per_unit_and_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.side}"
