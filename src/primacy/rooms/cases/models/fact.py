"""A sourced fact of a case study."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Area, Mission


class Fact(ProtectedRecord):
    """One statement of one source, re-expressed, with the span of days it speaks of.

    Facts that contradict each other share `conflict_group` and are all kept.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="cases",
        meaning="a sourced fact of a case study",
        sensitivity="public",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="facts")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="facts"
    )
    reference = models.CharField(max_length=40)
    date_from = models.DateField()
    date_to = models.DateField()
    date_text = models.CharField(max_length=40)
    theme = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    statement = models.TextField()
    value = models.FloatField(null=True, blank=True)
    value_low = models.FloatField(null=True, blank=True)
    value_high = models.FloatField(null=True, blank=True)
    value_text = models.CharField(max_length=100, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    conflict_group = models.CharField(max_length=60, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["date_from", "reference"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "reference"], name="one_fact_per_reference")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.statement}"
