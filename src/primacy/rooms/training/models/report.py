"""A training that a report states."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission
from primacy.rooms.training.models.recipient import RecipientName


class TrainingReport(ProtectedRecord):
    """A line of a report on training: as written, with what it means where that is stated.

    `trainees` counts seats as reported, not persons: one person in two courses is counted twice.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="training",
        meaning="a training that a report states",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        RecipientName, null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    origin = models.CharField(max_length=40)
    origin_id = models.CharField(max_length=60)
    fiscal_year = models.CharField(max_length=9)
    country = models.CharField(max_length=100)
    country_code = models.CharField(max_length=3, blank=True)
    program = models.CharField(max_length=300, blank=True)
    course = models.CharField(max_length=300, blank=True)
    provider = models.CharField(max_length=300, blank=True)
    date_from = models.DateField(null=True, blank=True)
    date_to = models.DateField(null=True, blank=True)
    dates_as_written = models.CharField(max_length=90, blank=True)
    location = models.CharField(max_length=200, blank=True)
    trainees = models.PositiveIntegerField(null=True, blank=True)
    cost_usd = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    page = models.CharField(max_length=20, blank=True)
    report = models.CharField(max_length=100, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-fiscal_year", "country", "origin_id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "origin", "origin_id"], name="one_training_per_origin_id"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course or self.program}, {self.country} {self.fiscal_year}"
