"""An assessment: one area or unit, one responsibility, one target lead, under one standard."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform import clock
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.models.observation import Observation
from primacy.rooms.readiness.models.responsibility import Responsibility
from primacy.rooms.readiness.models.standard import Standard, StandardCriterion


class AssessmentState(models.TextChoices):
    """Life of an assessment; the moves are a table in `rules.py`."""

    OPEN = "open", gettext_lazy("Open: evidence is being entered")
    FROZEN = "frozen", gettext_lazy("Frozen: evidence fixed, waits for a decision")
    DECIDED = "decided", gettext_lazy("Decided")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    RECORDED = "recorded", gettext_lazy("Recorded from a source")


class AssessmentOrigin(models.TextChoices):
    """Made here, or known only from a source."""

    JOINT = "joint", gettext_lazy("Made here by both parties")
    SOURCE = "source", gettext_lazy("Reported by a source")


class Assessment(ProtectedRecord):
    """The joint reading of one step. Frozen, its evidence and results never change."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="an assessment for one step of one responsibility",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="assessments")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="assessments"
    )
    target_lead = models.CharField(max_length=20)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="assessments")
    as_of = models.DateField()
    state = models.CharField(
        max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN
    )
    origin = models.CharField(
        max_length=10, choices=AssessmentOrigin.choices, default=AssessmentOrigin.JOINT
    )
    result = models.CharField(max_length=24, blank=True)
    binding = models.CharField(max_length=80, blank=True)
    binding_text = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    references = models.JSONField(default=list, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-as_of", "-recorded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) ^ models.Q(unit__isnull=True),
                name="assessment_of_one_area_or_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area or self.unit}: {self.responsibility} to {self.target_lead}"

    @property
    def subject_name(self) -> str:
        """The area's or unit's name."""
        return str(self.area or self.unit)


class AssessmentSeat(models.Model):
    """A seat on the field assessment team: each party has the same number."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a seat on the field assessment team",
        sensitivity="internal",
        retention="permanent",
        follows="assessment",
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="seats")
    party = models.CharField(max_length=20)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "account"], name="one_seat_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.party} on {self.assessment_id}"


class FrozenEvidence(models.Model):
    """An observation as it stood when the assessment was frozen.

    Values computed from registers have no observation row: they are kept here in full.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="evidence as it stood when an assessment was frozen",
        sensitivity="internal",
        retention="permanent",
        follows="assessment",
        content_marked="content",
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="evidence")
    observation = models.ForeignKey(
        Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.CharField(max_length=80)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.indicator} in {self.assessment_id}"


class FrozenResult(models.Model):
    """The result of one criterion, as computed when the assessment was frozen."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a criterion's result when an assessment was frozen",
        sensitivity="internal",
        retention="permanent",
        follows="assessment",
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="results")
    criterion = models.ForeignKey(StandardCriterion, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12)
    holds = models.BooleanField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True)
    margin = models.FloatField(null=True, blank=True)
    margin_text = models.CharField(max_length=300)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.criterion}: {self.result}"


class Remark(models.Model):
    """What one side wants on the record."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a party's remark on an assessment",
        sensitivity="internal",
        retention="permanent",
        follows="assessment",
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="remarks")
    party = models.CharField(max_length=20)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]

    def __str__(self) -> str:
        return self.text[:60]
