"""A place in a source under the id by which sheets cite it."""

from typing import ClassVar

from django.db import models

from primacy.platform.claims.models import PointKind
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission


class AccessPoint(ProtectedRecord):
    """What an id in a sheet stands for, so that a later sheet may cite it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="exchange",
        meaning="a place in a source under the id by which sheets cite it",
        sensitivity="internal",
        retention="as long as the source",
        fields={"origin_id": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    origin_id = models.CharField(max_length=100)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    point_kind = models.CharField(max_length=10, choices=PointKind.choices, blank=True)
    point = models.CharField(max_length=200, blank=True)
    archive_url = models.URLField(max_length=500, blank=True)
    accessed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["origin_id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "origin_id"], name="one_access_point_per_id")
        ]

    def __str__(self) -> str:
        return f"{self.origin_id}: {self.source_id}"
