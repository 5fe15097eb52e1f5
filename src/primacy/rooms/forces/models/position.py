"""Where a unit was over a span of days: a site it stood at, or an area it worked in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.models.unit import Unit
from primacy.rooms.places.facade import Area


class PositionKind(models.TextChoices):
    """A site, or an area of operations."""

    SITE = "site", gettext_lazy("Site")
    AREA = "area", gettext_lazy("Area of operations")


class PositionClaim(Claim):
    """Where a unit was. A site may carry a base name and a point; both lie in or near an area."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a site or area of operations of a unit over a span of days",
        sensitivity="internal",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="position_claims")
    kind = models.CharField(max_length=4, choices=PositionKind.choices)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="position_claims"
    )
    base = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.base or str(self.area_id or "")
