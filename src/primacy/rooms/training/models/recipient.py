"""The name of a trained unit as reports write it, and each reading of which unit that is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission


class Reading(models.TextChoices):
    """What a name was read as."""

    UNIT = "unit", gettext_lazy("A unit of the register")
    REFER = "refer", gettext_lazy("To be decided by a person")
    NO_MATCH = "no_match", gettext_lazy("No unit of the register resembles it")
    ELSEWHERE = "elsewhere", gettext_lazy("A force of another country")
    NOT_A_UNIT = "not_a_unit", gettext_lazy("Names no unit")
    NOT_REGISTERED = "not_registered", gettext_lazy("A unit that is not in the register")


class RecipientName(ProtectedRecord):
    """One spelling of one country; all trainings under it are read alike."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="training",
        meaning="a recipient's name as reports write it",
        sensitivity="internal",
        retention="as long as any training under it",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=100)
    written = models.TextField()
    key = models.CharField(max_length=64, help_text=gettext_lazy("hash of country and spelling"))

    class Meta:
        ordering: ClassVar[list[str]] = ["country", "written"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "key"], name="one_recipient_per_spelling")
        ]

    def __str__(self) -> str:
        return f"{self.written} ({self.country})"


class RecipientReading(Record):
    """Who or what read a name as what, when and why; the newest holds, none is changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="training",
        meaning="a judgement which unit a written name means",
        sensitivity="internal",
        retention="as long as the name",
        follows="name",
    )
    name = models.ForeignKey(RecipientName, on_delete=models.CASCADE, related_name="readings")
    reading = models.CharField(max_length=14, choices=Reading.choices)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_matcher = models.BooleanField()
    score = models.FloatField(null=True, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    newest = models.BooleanField(
        default=True, help_text=gettext_lazy("kept by the actions: the reading that holds")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(newest=True), name="one_reading_holds"
            ),
            models.CheckConstraint(
                condition=models.Q(reading="unit", unit__isnull=False)
                | (~models.Q(reading="unit") & models.Q(unit__isnull=True)),
                name="a_unit_where_read_as_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_id}: {self.reading}"
