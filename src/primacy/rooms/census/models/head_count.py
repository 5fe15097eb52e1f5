"""A head count of one unit, and who was seen at it."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.census.models.roll import EnrolledPerson
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission


class HeadCount(ProtectedRecord):
    """Heads counted at one unit on a day; `counted` may be more than those who were named."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a head count of a unit",
        sensitivity="internal",
        retention="permanent",
        fields={"batch_id": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="head_counts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    counted = models.PositiveIntegerField()
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "unit", "day"], name="one_head_count_per_unit_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} on {self.day}"


class Presence(Record):
    """Somebody seen at a head count: a row of the roll, or a name that is on none."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a person seen at a head count",
        sensitivity="restricted",
        retention="as long as the head count",
        follows="head_count",
        fields={"batch_id": "technical"},
    )
    head_count = models.ForeignKey(HeadCount, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(
        EnrolledPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service_number = models.CharField(max_length=40, blank=True)
    name_as_written = models.CharField(max_length=200, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.name_as_written or self.service_number
