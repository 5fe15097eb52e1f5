"""Who is said to be responsible for an incident: a unit or a person, never a verdict."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.models.incident import Incident
from primacy.rooms.persons.facade import Person


class Part(models.TextChoices):
    """In what way a source says it."""

    COMMITTED = "committed", gettext_lazy("said to have committed it")
    ORDERED = "ordered", gettext_lazy("said to have ordered it")
    FAILED = "failed", gettext_lazy("said to have failed to prevent or punish it")
    PRESENT = "present", gettext_lazy("said to have been present")


class ResponsibilityClaim(Claim):
    """What a source says of the part of a unit or of a person in an incident."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="incidents",
        meaning="that a source names a unit or person as responsible for an incident",
        sensitivity="restricted",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(max_length=9, choices=Part.choices)

    class Meta(Claim.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True, person__isnull=False)
                | models.Q(unit__isnull=False, person__isnull=True),
                name="a_unit_or_a_person_is_said_responsible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.person} {self.part}"
