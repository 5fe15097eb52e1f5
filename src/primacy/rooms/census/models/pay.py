"""A pay roll of one month, and its lines."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.kernels.flags import PayKind
from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.census.models.roll import EnrolledPerson
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission

KINDS = [
    (PayKind.SALARY.value, gettext_lazy("Salary")),
    (PayKind.ALLOWANCE.value, gettext_lazy("Allowance")),
    (PayKind.ARREARS.value, gettext_lazy("Arrears")),
    (PayKind.PENSION.value, gettext_lazy("Pension")),
]


class PayRoll(ProtectedRecord):
    """One pay roll as the pay office made it, for one month."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a pay roll of a month",
        sensitivity="internal",
        retention="permanent",
        fields={"batch_id": "technical", "marked_with": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="pay_rolls")
    month = models.DateField(help_text=gettext_lazy("its first day"))
    marked_with = models.CharField(max_length=16)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "month"], name="one_pay_roll_per_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PayLine(Record):
    """One payment. The account is kept as a mark that gives nothing back, and its last signs."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a payment to a person",
        sensitivity="restricted",
        retention="as long as the pay roll",
        follows="pay_roll",
        fields={"row_key": "technical", "batch_id": "technical", "account_mark": "secret"},
    )
    pay_roll = models.ForeignKey(PayRoll, on_delete=models.CASCADE, related_name="lines")
    member = models.ForeignKey(
        EnrolledPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service_number = models.CharField(max_length=40, blank=True)
    number_key = models.CharField(max_length=40, blank=True)
    name_as_written = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_as_written = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS, default=PayKind.SALARY.value)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    account_mark = models.CharField(max_length=64, blank=True)
    account_end = models.CharField(max_length=3, blank=True)
    by_agent = models.BooleanField(
        default=False, help_text=gettext_lazy("the account is one of a paying agent")
    )
    place = models.CharField(max_length=100, blank=True)
    row_key = models.CharField(max_length=64)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pay_roll", "row_key"], name="one_pay_line_per_row"),
        ]

    def __str__(self) -> str:
        return f"{self.name_as_written or self.service_number}: {self.kind}"
