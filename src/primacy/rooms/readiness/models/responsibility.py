"""A responsibility (function) that is handed over in a mission."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.places.facade import Mission


class Responsibility(Record):
    """A function such as patrol presence or public order; a mission names its own set."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a security responsibility that is handed over",
        sensitivity="public",
        retention="permanent",
        follows="mission",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="responsibilities")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_responsibility_per_code")
        ]

    def __str__(self) -> str:
        return self.name
