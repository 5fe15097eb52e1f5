"""Under whom a unit stood over a span of days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.models.unit import Unit


class RelationKind(models.TextChoices):
    """In what way one unit belongs to another; only command makes the command tree."""

    COMMAND = "command", gettext_lazy("Under the command of")
    ADMINISTRATIVE = "administrative", gettext_lazy("Administered by")
    MEMBER = "member", gettext_lazy("Member of")


class RelationClaim(Claim):
    """A unit under another: in command, in administration, or as a member of a joint body."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="under whom a unit stood over a span of days",
        sensitivity="internal",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="relation_claims")
    superior = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="relations_above")
    kind = models.CharField(max_length=14, choices=RelationKind.choices)

    class Meta(Claim.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mission", "unit"], name="relations_of_a_unit")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(unit=models.F("superior")), name="nobody_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.superior_id}"
