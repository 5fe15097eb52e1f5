"""Rosters and hand-over notes held against what was approved, before and after the event."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models.case import Recipient, SupportCase


class When(models.TextChoices):
    """Whether the list says who will come, or who came."""

    BEFORE = "before", gettext_lazy("Before the event")
    AFTER = "after", gettext_lazy("After the event")


class LineStanding(models.TextChoices):
    """What holding a line against the approvals gave. Only the first may receive."""

    APPROVED = "approved", gettext_lazy("Approved")
    NEAR = "near", gettext_lazy("Near match: somebody must look")
    NEVER = "never", gettext_lazy("Never vetted")
    EXPIRED = "expired", gettext_lazy("Approval has run out")
    EXCLUDED = "excluded", gettext_lazy("Left out by the decision, or stopped")
    WRONG_UNIT = "wrong_unit", gettext_lazy("Approved in another unit")
    REPLACED = "replaced", gettext_lazy("In the place of somebody who was approved")
    TWICE = "twice", gettext_lazy("Named twice")
    ABSENT = "absent", gettext_lazy("Approved, not on the list")


class Reconciliation(ProtectedRecord):
    """A roster or hand-over note as it was read, held against a case's approvals."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a roster or hand-over note held against approvals",
        sensitivity="restricted",
        retention="as long as the case",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="reconciliations")
    when = models.CharField(max_length=6, choices=When.choices)
    day = models.DateField(help_text=gettext_lazy("day of the event"))
    file = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    def __str__(self) -> str:
        return self.file


class ReconciledLine(Record):
    """One line of the list, or one approved who is not on it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a line of a roster held against approvals",
        sensitivity="restricted",
        retention="as long as the case",
        follows="reconciliation",
    )
    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.PROTECT, related_name="lines"
    )
    row = models.PositiveIntegerField(help_text=gettext_lazy("row of the list; 0: not on it"))
    name = models.CharField(max_length=300)
    unit_named = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=10, choices=LineStanding.choices)
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.JSONField(default=list, blank=True)
    judged = models.CharField(
        max_length=9,
        blank=True,
        choices=[
            ("same", gettext_lazy("The same person")),
            ("different", gettext_lazy("Somebody else")),
        ],
    )
    judged_reason = models.CharField(max_length=500, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.row} {self.name}: {self.standing}"
