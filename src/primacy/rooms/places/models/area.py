"""An area: country, county, district, sector, patrol area."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.models.mission import Mission


class AreaKind(models.TextChoices):
    """What sort of area it is."""

    COUNTRY = "country", "Country"
    PROVINCE = "province", gettext_lazy("Province")
    COUNTY = "county", gettext_lazy("County")
    DISTRICT = "district", gettext_lazy("District")
    SECTOR = "sector", gettext_lazy("Sector")
    OTHER = "other", gettext_lazy("Area")


class Area(ProtectedRecord):
    """A named area in a hierarchy; its shape, population and lead are dated records apart."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="places",
        meaning="an administrative or mission area",
        sensitivity="public",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="areas")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AreaKind.choices, default=AreaKind.OTHER)
    code = models.CharField(max_length=40)
    p_code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["level", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_area_per_code")
        ]

    def __str__(self) -> str:
        return self.name
