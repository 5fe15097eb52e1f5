"""The gate: clearances, what every delivery-like record must carry, and the delivery ledger."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.support.models.case import Recipient, SupportCase, SupportKind


class Answer(models.TextChoices):
    """What the gate answers. Not knowing is an answer of its own and never a yes."""

    ALLOWED = "allowed", gettext_lazy("Allowed")
    CONDITIONS = "allowed_with_conditions", gettext_lazy("Allowed with conditions")
    NOT_ALLOWED = "not_allowed", gettext_lazy("Not allowed")
    UNKNOWN = "unknown", gettext_lazy("Unknown: no decision on record")


LETS_THROUGH = (Answer.ALLOWED, Answer.CONDITIONS)


class Clearance(ProtectedRecord):
    """An answer of the gate as it was given: for whom, for what, for which day. Never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="an answer of the gate for a recipient, a purpose and a day",
        sensitivity="restricted",
        retention="as long as what was handed over on it",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        SupportCase, null=True, blank=True, on_delete=models.PROTECT, related_name="clearances"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=20, choices=SupportKind.choices)
    day = models.DateField()
    answer = models.CharField(max_length=24, choices=Answer.choices)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(answer__in=[a.value for a in LETS_THROUGH])
                | models.Q(case__isnull=False),
                name="nothing_is_allowed_without_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}, {self.day}"


class Standing(models.TextChoices):
    """Whether what was handed over went through the gate."""

    ACCEPTED = "accepted", gettext_lazy("Under a case")
    UNASSESSED = "unassessed", gettext_lazy("Unassessed: went around the gate")


class ClearedRecord(ProtectedRecord):
    """Anything by which support reaches a force: it names the clearance it rests on.

    The rooms of patrols, training and logistics derive their records of support from it. Triggers
    in the database (see `gate_triggers`) refuse an accepted row without a clearance in force, by
    whatever way it is written. What went around the gate is kept too, and said to have done so.
    """

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    happens_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(standing="unassessed", clearance__isnull=True)
                | models.Q(standing="accepted", clearance__isnull=False),
                name="%(app_label)s_%(class)s_rests_on_a_clearance",
            )
        ]


class Delivery(ClearedRecord):
    """Something handed over: people trained, items, litres, flights, patrols, money. Never changed.

    A mistake is taken back by an entry that names it (`corrects`) with the quantity turned.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="something handed over to a force, under a case or around the gate",
        sensitivity="restricted",
        retention="life of the mission and ten years",
    )
    number = models.PositiveIntegerField()
    case = models.ForeignKey(
        SupportCase, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    kind = models.CharField(max_length=20, choices=SupportKind.choices)
    named = models.CharField(max_length=250, help_text=gettext_lazy("who received, as written"))
    what = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    quantity_unit = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    paper = models.CharField(
        max_length=120, blank=True, help_text=gettext_lazy("number of the hand-over note")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    outside = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("in what it went beyond the approval")
    )

    class Meta(ClearedRecord.Meta):
        ordering: ClassVar[list[str]] = ["-happens_on", "-number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mission", "standing", "happens_on"], name="deliveries_by_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ClearedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_delivery_per_number",
            ),
            models.CheckConstraint(
                condition=models.Q(standing="unassessed", case__isnull=True)
                | models.Q(standing="accepted", case__isnull=False),
                name="an_accepted_delivery_has_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"
