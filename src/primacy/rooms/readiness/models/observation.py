"""Evidence: the value of an indicator for an area or unit on a day, and how it was obtained."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission


class ObservationMethod(models.TextChoices):
    """How a value was obtained."""

    RECORDS = "records", gettext_lazy("Computed from the registers")
    SELF = "self", gettext_lazy("Self-assessment by the force")
    FIELD = "field", gettext_lazy("Joint field team")
    SURVEY = "survey", gettext_lazy("Survey")


class Observation(ProtectedRecord):
    """A point or an interval. Never edited: a correction names what it corrects."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="an indicator value with method, date and source",
        sensitivity="internal",
        retention="permanent",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="observations")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    indicator = models.CharField(max_length=80)
    method = models.CharField(max_length=10, choices=ObservationMethod.choices)
    observed_on = models.DateField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    sample = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    party = models.CharField(max_length=20, blank=True)
    entered_as = models.CharField(max_length=250)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-observed_on"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "indicator", "observed_on"], name="observation_by_area"),
            # The list, newest first, and its count are read from this index.
            models.Index(
                fields=["mission", "-observed_on", "marking", "compartment"],
                name="observation_by_day",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) ^ models.Q(unit__isnull=True),
                name="observation_of_one_area_or_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.observed_on}: {self.value}"
