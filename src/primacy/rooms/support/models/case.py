"""A request for support and the case it becomes; its recipients; every move it made."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.support.models.policy import CountryFramework, PolicyVersion


class SupportKind(models.TextChoices):
    """What is asked for."""

    TRAINING = "training", gettext_lazy("Training, mentoring or advice")
    EQUIPMENT = "equipment", gettext_lazy("Equipment")
    FUEL = "fuel", gettext_lazy("Fuel")
    TRANSPORT = "transport", gettext_lazy("Transport")
    MONEY = "money", gettext_lazy("Money")
    LOGISTICS = "logistics", gettext_lazy("Other logistics")
    JOINT_OPERATION = "joint_operation", gettext_lazy("Joint operation or patrol")
    OPERATIONAL = "operational", gettext_lazy("Operational planning or fire support")


class CaseState(models.TextChoices):
    """How far a case came."""

    DRAFT = "draft", gettext_lazy("Draft")
    SUBMITTED = "submitted", gettext_lazy("Submitted")
    OUT_OF_SCOPE = "out_of_scope", gettext_lazy("Out of scope")
    VALIDATED = "validated", gettext_lazy("Validated")
    SCREENING = "screening", gettext_lazy("Screening")
    CONSOLIDATED = "consolidated", gettext_lazy("Consolidated")
    DECISION = "decision", gettext_lazy("For decision")
    DEFERRED = "deferred", gettext_lazy("Deferred")
    APPROVED = "approved", gettext_lazy("Approved")
    CONDITIONS = "approved_with_conditions", gettext_lazy("Approved with conditions")
    NOT_APPROVED = "not_approved", gettext_lazy("Not approved")
    ACTIVE = "active", gettext_lazy("Active")
    MONITORED = "monitored", gettext_lazy("Under closer monitoring")
    INTERCEDED = "interceded", gettext_lazy("Interceded")
    SUSPENDED = "suspended", gettext_lazy("Suspended")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    EXPIRED = "expired", gettext_lazy("Expired")
    COMPLETED = "completed", gettext_lazy("Completed")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


class RiskLevel(models.TextChoices):
    """What the matrix says of likelihood and severity together."""

    LOW = "low", gettext_lazy("Low")
    MEDIUM = "medium", gettext_lazy("Medium")
    HIGH = "high", gettext_lazy("High")


class SupportCase(ProtectedRecord):
    """One request for support, and what became of it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a request for support to a force, and what became of it",
        sensitivity="restricted",
        retention="life of the mission and ten years",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SupportKind.choices)
    state = models.CharField(max_length=24, choices=CaseState.choices, default=CaseState.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(
        CountryFramework, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    starts_on = models.DateField()
    ends_on = models.DateField()
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    quantity_unit = models.CharField(max_length=40, blank=True)
    budget = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    budget_line = models.CharField(max_length=120, blank=True)
    asked_for_by = models.CharField(
        max_length=200, help_text=gettext_lazy("the component or entity that asks")
    )
    respond_by = models.DateField(null=True, blank=True)

    objective = models.TextField(blank=True)
    absorption = models.TextField(blank=True)
    baseline = models.TextField(blank=True)
    sustainment = models.TextField(blank=True)
    cost_year_3 = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    cost_year_5 = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    clause = models.CharField(
        max_length=20, blank=True, help_text=gettext_lazy("clause of the policy that decides scope")
    )
    scope_reason = models.TextField(blank=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    scoper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scope_seconder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk = models.CharField(max_length=8, choices=RiskLevel.choices, blank=True)
    state_since = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    approved_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        indexes: ClassVar[list[models.Index]] = [
            # Counts by state, for who reads which marking, are read from this index alone.
            models.Index(
                fields=["mission", "state", "due_on", "kind", "marking", "compartment"],
                name="cases_by_state",
            ),
            models.Index(fields=["mission", "due_on", "number"], name="cases_by_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_case_per_number",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="case_dates_in_order"
            ),
            # The host state reads internal records: a case is never one of them.
            models.CheckConstraint(
                condition=models.Q(marking__gte=Marking.CONFIDENTIAL.value),
                name="a_case_is_confidential",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class RecipientKind(models.TextChoices):
    """Who would receive."""

    UNIT = "unit", gettext_lazy("Unit")
    PERSON = "person", gettext_lazy("Person")
    AUTHORITY = "authority", gettext_lazy("Authority over units")


class Recipient(Record):
    """A unit, person or authority that would receive; resolved to the register or not yet."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="who would receive the support of a case",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="recipients")
    kind = models.CharField(max_length=10, choices=RecipientKind.choices)
    named = models.CharField(max_length=250, help_text=gettext_lazy("as the request names it"))
    service_number = models.CharField(max_length=60, blank=True)
    born = models.CharField(max_length=30, blank=True)
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("the unit or authority; of a person, the unit they serve in"),
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    attached_from = models.DateField(null=True, blank=True)
    attached_until = models.DateField(null=True, blank=True)
    excluded = models.BooleanField(default=False)
    excluded_reason = models.TextField(blank=True)
    command = models.JSONField(
        default=dict,
        blank=True,
        help_text=gettext_lazy("who commanded, and what the unit was, when it was last confirmed"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(excluded=True) | ~models.Q(excluded_reason=""),
                name="an_exclusion_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.named

    @property
    def resolved(self) -> bool:
        """True where the register knows who is meant."""
        return self.person_id is not None if self.kind == "person" else self.unit_id is not None


class CaseMove(Record):
    """One move of a case from state to state, with its reason; never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a move of a case from one state to another",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="moves")
    act = models.CharField(max_length=24)
    before = models.CharField(max_length=24)
    after = models.CharField(max_length=24)
    round = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
