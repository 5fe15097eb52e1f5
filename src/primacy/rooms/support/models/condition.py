"""Conditions of an approval and waivers of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.support.models.case import Recipient, SupportCase


class ConditionKind(models.TextChoices):
    """What a condition demands."""

    BEFORE = "before", gettext_lazy("To be met before anything is delivered")
    DURING = "during", gettext_lazy("To be kept while support runs")
    EXCLUSION = "exclusion", gettext_lazy("A recipient is left out or replaced")


class Pillar(models.TextChoices):
    """The class of a mitigatory measure (after the compliance framework of the G5 Sahel force)."""

    SELECTION = "selection", gettext_lazy("Selection and screening")
    TRAINING = "training", gettext_lazy("Training")
    RULES = "rules", gettext_lazy("Rules and regulations")
    OPERATIONS = "operations", gettext_lazy("Planning and conduct of operations")
    REVIEW = "review", gettext_lazy("After-action review")
    REPORTING = "reporting", gettext_lazy("Internal monitoring and reporting")
    ACCOUNTABILITY = "accountability", gettext_lazy("Accountability")


class ConditionState(models.TextChoices):
    """Whether a condition is fulfilled."""

    OPEN = "open", gettext_lazy("Open")
    MET = "met", gettext_lazy("Met")
    WAIVED = "waived", gettext_lazy("Waived")
    CANCELLED = "cancelled", gettext_lazy("Dropped with its round")


class Condition(Record):
    """A condition with owner, due day and, once met, the evidence for it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a condition of an approval",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="conditions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ConditionKind.choices)
    pillar = models.CharField(max_length=16, choices=Pillar.choices)
    text = models.TextField()
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=ConditionState.choices, default=ConditionState.OPEN
    )
    evidence = models.TextField(blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="met") | ~models.Q(evidence=""),
                name="a_met_condition_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Waiver(Record):
    """Somebody with the authority waives a condition, with a reason and until a day."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a waiver of a condition: by whom, on what authority, why, until when",
        sensitivity="restricted",
        retention="as long as the case",
        follows="condition",
    )
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="waivers")
    authority = models.CharField(
        max_length=200, help_text=gettext_lazy("the office and the rule that lets it waive")
    )
    reason = models.TextField()
    expires_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(authority="") & ~models.Q(reason=""),
                name="a_waiver_names_authority_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.expires_on}"
