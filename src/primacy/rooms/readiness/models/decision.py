"""A joint decision with its signatures, conditions and dissent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform import clock
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.models.assessment import Assessment


class DecisionKind(models.TextChoices):
    """Which way the lead moves."""

    FORWARD = "forward", gettext_lazy("Step forward")
    STEP_BACK = "step_back", gettext_lazy("Step back")


class DecisionState(models.TextChoices):
    """Life of a decision; the moves are a table in `rules.py`."""

    PROPOSED = "proposed", gettext_lazy("Proposed: waits for signatures")
    IN_FORCE = "in_force", gettext_lazy("Signed by all parties")
    REFUSED = "refused", gettext_lazy("Refused")
    LAPSED = "lapsed", gettext_lazy("Lapsed")


class Decision(ProtectedRecord):
    """What the parties decide on an assessment: the lead, from when, on which conditions."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a joint decision on who leads",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="decisions")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    lead = models.CharField(max_length=20)
    effective_on = models.DateField()
    trial_until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.assessment.subject_name}: {self.lead} from {self.effective_on}"


class Condition(models.Model):
    """An action for a criterion that falls short: what, who, by when; and how it was closed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a condition of a decision, with owner and due date",
        sensitivity="internal",
        retention="permanent",
        follows="assessment",
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="conditions")
    criterion_code = models.CharField(max_length=80)
    action = models.CharField(max_length=400)
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_evidence = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on"]

    def __str__(self) -> str:
        return self.action


class DecisionSignature(models.Model):
    """A member's signature, for or against, with the dissent kept in words."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a member's signature under a decision",
        sensitivity="internal",
        retention="permanent",
        follows="decision",
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_as = models.CharField(max_length=250)
    agrees = models.BooleanField()
    dissent = models.TextField(blank=True)
    signed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["decision", "account"], name="one_signature_per_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {'for' if self.agrees else 'against'}"
