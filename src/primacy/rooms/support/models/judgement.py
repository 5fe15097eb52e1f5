"""What is judged of a case: risk, screening answers, consolidation, decision."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.support.models.case import Recipient, RiskLevel, SupportCase
from primacy.rooms.support.models.policy import CountryFramework, ScreeningOffice


class RiskAssessment(Record):
    """A version of the risk form. Each save adds one; the newest of the round counts."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a risk assessment of a case on the elements of the policy",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField()
    framework = models.ForeignKey(
        CountryFramework, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict, help_text=gettext_lazy("text by element"))
    risks = models.JSONField(
        default=list,
        help_text=gettext_lazy("each with likelihood and severity before and after mitigation"),
    )
    level_before = models.CharField(max_length=8, choices=RiskLevel.choices, blank=True)
    level_after = models.CharField(max_length=8, choices=RiskLevel.choices, blank=True)
    real_risk = models.BooleanField(
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "substantial grounds for believing in a real risk of grave violations after mitigation"
        ),
    )
    missing = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.level_after or '?'}"

    @property
    def complete(self) -> bool:
        """True where every element is answered."""
        return not self.missing


class Colour(models.TextChoices):
    """An office's answer on a recipient, also written and shaped, never colour alone."""

    GREEN = "green", gettext_lazy("Green: nothing stands against it in what was searched")
    YELLOW = "yellow", gettext_lazy("Yellow: only under conditions")
    RED = "red", gettext_lazy("Red: stands against it")
    PENDING = "pending", gettext_lazy("Pending")


class ScreeningAnswer(Record):
    """What one office answers on one recipient, with its reason. Added, never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="the answer of a screening office on a recipient",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="answers")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="answers")
    office = models.ForeignKey(ScreeningOffice, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=8, choices=Colour.choices)
    reason = models.TextField()
    searched = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("what was searched, and up to which day")
    )
    answered_on = models.DateField()
    prefilled_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["office", "answered_on"], name="answers_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.colour}"


class Consolidation(Record):
    """One recommendation on a recipient beside all answers. Added, never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="the recommendation on a recipient after all offices answered",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="consolidations")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=8, choices=Colour.choices)
    commentary = models.TextField()
    nominated = models.BooleanField(
        default=False, help_text=gettext_lazy("nominated for discussion before the decision")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.colour}"


class Ruling(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", gettext_lazy("Approved")
    CONDITIONS = "approved_with_conditions", gettext_lazy("Approved with conditions")
    NOT_APPROVED = "not_approved", gettext_lazy("Not approved")
    DEFERRED = "deferred", gettext_lazy("Deferred")


class SupportDecision(Record):
    """A decision on a case, with its reasons. Added, never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a decision on a case of support",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    ruling = models.CharField(max_length=24, choices=Ruling.choices)
    reasons = models.TextField()
    what_would_change = models.TextField(blank=True)
    decided_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ruling}"


class RecipientRuling(Record):
    """The final colour of a recipient in a decision; what overrides are counted from."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="what a decision says of one recipient",
        sensitivity="restricted",
        retention="as long as the case",
        follows="decision",
    )
    decision = models.ForeignKey(SupportDecision, on_delete=models.PROTECT, related_name="rulings")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="rulings")
    colour = models.CharField(max_length=8, choices=Colour.choices)
    commentary = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.colour}"
