"""A person on the register."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission


class Sex(models.TextChoices):
    """As a source states it; empty where none does."""

    FEMALE = "f", gettext_lazy("Woman")
    MALE = "m", gettext_lazy("Man")


class Person(ProtectedRecord):
    """One record of a person. What is known stands in claims; the columns show the newest of it.

    Two records that turn out to be one person are never joined here: a `Merge` says that they are
    read as one, and can be undone.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="a person on the register of forces",
        sensitivity="restricted",
        retention="as long as the person may be asked about; then by the mission's schedule",
        fields={"code": "internal", "force": "internal"},
        matched=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    force = models.CharField(max_length=100, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    note = models.TextField(blank=True)
    withdrawn = models.BooleanField(
        default=False, help_text=gettext_lazy("entered by mistake; kept, and asked of no more")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_person_per_code")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mission", "name"], name="persons_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


USUAL_MARKING = Marking.CONFIDENTIAL
"""Need to know: a person is open to those cleared for it unless the register says otherwise."""
