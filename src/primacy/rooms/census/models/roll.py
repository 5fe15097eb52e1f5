"""The roll: one row a registered person, with their cards and absences."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.kernels.strength import Cause
from primacy.platform.records import Record, RecordInfo
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.forces.facade import Unit


class Sex(models.TextChoices):
    """As the person states it."""

    WOMAN = "women", gettext_lazy("Woman")
    MAN = "men", gettext_lazy("Man")
    OTHER = "other", gettext_lazy("Other")
    UNKNOWN = "not_known", gettext_lazy("Not known")


CAUSES = [
    (Cause.DEAD.value, gettext_lazy("Dead")),
    (Cause.RETIRED.value, gettext_lazy("Retired")),
    (Cause.DISMISSED.value, gettext_lazy("Dismissed")),
    (Cause.DESERTED.value, gettext_lazy("Deserted")),
    (Cause.IN_DDR.value, gettext_lazy("In a programme for former combatants")),
    (Cause.DETAINED.value, gettext_lazy("Detained")),
    (Cause.UN_DEPLOYMENT.value, gettext_lazy("On a UN deployment")),
    (Cause.DETACHED.value, gettext_lazy("Detached")),
    (Cause.DEPLOYED.value, gettext_lazy("Deployed")),
    (Cause.HOSPITAL.value, gettext_lazy("Hospital")),
    (Cause.COURSE.value, gettext_lazy("Course")),
    (Cause.LEAVE.value, gettext_lazy("Leave")),
]
"""What a record can say of somebody who is away."""


class EnrolledPerson(Record):
    """One row of a roll, as it was written. Two rows may be one person: the matching says so."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a person's row on the roll of a round",
        sensitivity="restricted",
        retention="as long as the round",
        follows="round",
        fields={"row_key": "technical", "batch_id": "technical", "number_key": "technical"},
    )
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="roll")
    # The person of the register of persons, where the row was matched to one.
    person_id = models.UUIDField(null=True, blank=True, db_index=True)
    service_number = models.CharField(max_length=40, blank=True)
    number_key = models.CharField(max_length=40, blank=True)
    name_as_written = models.CharField(max_length=200)
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    born_from = models.DateField(null=True, blank=True)
    born_to = models.DateField(null=True, blank=True)
    region = models.CharField(max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_as_written = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=100, blank=True)
    rank_level = models.SmallIntegerField(null=True, blank=True)
    post = models.CharField(max_length=100, blank=True)
    post_level = models.SmallIntegerField(null=True, blank=True)
    hired_on = models.DateField(null=True, blank=True)
    entered_on = models.DateField(null=True, blank=True)
    promoted_on = models.DateField(null=True, blank=True)
    level_before = models.SmallIntegerField(null=True, blank=True)
    cohort = models.CharField(max_length=60, blank=True)
    superior_number = models.CharField(max_length=40, blank=True)
    card_number = models.CharField(max_length=40, blank=True)
    row_key = models.CharField(max_length=64)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number_key", "name_as_written"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "number_key"], name="roll_by_number"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "row_key"], name="one_roll_row_per_line"),
            models.CheckConstraint(
                condition=models.Q(born_from__isnull=True, born_to__isnull=True)
                | models.Q(born_from__lte=models.F("born_to")),
                name="roll_birth_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_as_written} ({self.service_number or 'no number'})"


class IdCard(Record):
    """An identity card: its number, to whom it was issued, from when until when."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="an identity card issued in a round",
        sensitivity="restricted",
        retention="as long as the round",
        follows="round",
        fields={"batch_id": "technical"},
    )
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="cards")
    holder = models.ForeignKey(EnrolledPerson, on_delete=models.PROTECT, related_name="cards")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["holder", "number", "issued_on"], name="one_card_per_issue"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Absence(Record):
    """Why somebody on the roll is away, over which days, and which paper says so."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="why and when a person on the roll is away",
        sensitivity="restricted",
        retention="as long as the round",
        follows="round",
        fields={"batch_id": "technical"},
    )
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="absences")
    member = models.ForeignKey(EnrolledPerson, on_delete=models.PROTECT, related_name="absences")
    cause = models.CharField(max_length=20, choices=CAUSES)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "cause", "first"], name="one_absence_per_first_day"
            ),
            models.CheckConstraint(
                condition=models.Q(last__isnull=True) | models.Q(first__lte=models.F("last")),
                name="absence_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} from {self.first}"
