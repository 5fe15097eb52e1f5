"""What has to be looked at: raised by a trigger or a clock, on the day it happens, with reason."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models.case import Recipient, SupportCase
from primacy.rooms.support.models.gate import Delivery


class TaskKind(models.TextChoices):
    """What raised it."""

    COMMANDER = "commander", gettext_lazy("Another commander")
    DEPUTY = "deputy", gettext_lazy("Another deputy")
    LINEAGE = "lineage", gettext_lazy("The unit was renamed, merged, split or disbanded")
    PARENT = "parent", gettext_lazy("The unit stands under another")
    ATTACHED = "attached", gettext_lazy("The unit was attached elsewhere")
    ALLEGATION = "allegation", gettext_lazy("A new allegation")
    FINDING = "finding", gettext_lazy("A grave-violation finding")
    FRESHNESS = "freshness", gettext_lazy("An answer is no longer fresh")
    CONDITION = "condition", gettext_lazy("A condition is overdue")
    WAIVER = "waiver", gettext_lazy("A waiver has run out")
    OUTSIDE = "outside", gettext_lazy("A delivery outside the approval")
    UNASSESSED = "unassessed", gettext_lazy("A delivery around the gate")
    FRAMEWORK = "framework", gettext_lazy("The country framework changed")
    CLOCK = "clock", gettext_lazy("The case waits too long")
    VISIT = "visit", gettext_lazy("A monitoring visit is due")
    RESPONSE = "response", gettext_lazy("A response is due")
    SIGN = "sign", gettext_lazy("An early-warning sign of misconduct")
    ENDED = "ended", gettext_lazy("The approval has run out")


class SupportTask(ProtectedRecord):
    """One thing to look at. Its key says what raised it, so that none is raised twice."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="something that has to be looked at in a case of support",
        sensitivity="restricted",
        retention="as long as the case",
        fields={"key": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(
        SupportCase, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    delivery = models.ForeignKey(
        Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(max_length=12, choices=TaskKind.choices)
    key = models.CharField(max_length=200)
    reason = models.TextField()
    level = models.PositiveSmallIntegerField(
        default=1, help_text=gettext_lazy("2 and above: passed on to those who decide")
    )
    raised_on = models.DateField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("reopened", gettext_lazy("The case was reopened")),
            ("no_change", gettext_lazy("Looked at; the decision stands")),
            ("suspended", gettext_lazy("Support was suspended")),
            ("settled", gettext_lazy("Settled")),
        ],
    )
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["mission", "due_on"],
                condition=models.Q(done_at__isnull=True),
                name="open_support_tasks",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "key"], name="one_task_per_key"),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
