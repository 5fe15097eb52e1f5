"""How long each step of an answer may take, by urgency."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.places.facade import Mission


class ServiceLevels(Record):
    """One version of a mission's table; the newest counts for steps that begin after it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="how many minutes each step of an answer may take, by urgency",
        sensitivity="internal",
        retention="life of the mission",
        open_rows="a table of allowances; says nothing about any alert",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    minutes = models.JSONField(help_text=gettext_lazy("urgency → step → minutes"))
    reason = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "number"], name="one_table_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}"
