"""What sort of unit it was over a span of days."""

from typing import ClassVar

from django.db import models

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.models.unit import Unit


class ClassificationClaim(Claim):
    """A word a source uses for what a unit is: police, army, gendarmerie, joint task force."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="what sort of unit it was over a span of days",
        sensitivity="internal",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="classification_claims")
    classification = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.classification
