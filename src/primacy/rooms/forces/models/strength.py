"""A strength figure with its kind, date and source."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.models.unit import Unit
from primacy.rooms.places.facade import Area, Mission


class StrengthKind(models.TextChoices):
    """What is counted. Assigned, present and paid are kept apart."""

    ASSIGNED = "assigned", gettext_lazy("Assigned")
    PRESENT = "present", gettext_lazy("Present")
    PAID = "paid", gettext_lazy("Paid")
    REQUIRED = "required", gettext_lazy("Required by the plan")
    ELIGIBLE = "eligible", gettext_lazy("Eligible for certification")
    CERTIFIED = "certified", gettext_lazy("Certified")
    TRAINED = "trained", gettext_lazy("Trained")
    CEILING = "authorised_ceiling", gettext_lazy("Authorised ceiling")
    PLANNED = "planned", gettext_lazy("Planned")
    TARGET = "target", gettext_lazy("Target")


class Strength(ProtectedRecord):
    """A head count of one kind, for a unit and (where given) an area, over a span of days."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a strength figure with date and source",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="strengths")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="strengths")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="strengths"
    )
    kind = models.CharField(max_length=20, choices=StrengthKind.choices)
    value = models.FloatField(null=True, blank=True)
    value_low = models.FloatField(null=True, blank=True)
    value_high = models.FloatField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    qualifier = models.CharField(max_length=20, default="exact")
    date_from = models.DateField()
    date_to = models.DateField()
    definition = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    reference = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-date_to"]
        # With the mission beside them: a planner without statistics would take a mission's index,
        # and read all its figures for those of one unit or area.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "mission"], name="strength_by_unit"),
            models.Index(fields=["area", "mission"], name="strength_by_area"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(date_from__lte=models.F("date_to")),
                name="strength_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.value} {self.kind}"

    def withhold_from_outsiders(self) -> None:
        """Nothing; takes the women among the officers out, and so the men by subtraction.

        Figures marked public are published facts and stay.
        """
        if self.marking > Marking.PUBLIC:
            self.women = None
