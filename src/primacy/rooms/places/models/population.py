"""Population of an area in a year."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.models.area import Area


class AreaPopulation(Record):
    """A count or estimate of residents, with its year and source."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="places",
        meaning="residents of an area in a year",
        sensitivity="public",
        retention="permanent",
        follows="area",
    )
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    qualifier = models.CharField(max_length=20, default="exact")
    definition = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-year"]

    def __str__(self) -> str:
        return f"{self.area} {self.year}: {self.value}"
