"""One version of an area's shape."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.models.area import Area


class AreaBoundary(Record):
    """A shape with its vintage: district lines and codes differ between years and publishers.

    The shape in force on a day is the one recorded last among those valid on that day.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="places",
        meaning="one version of an area's boundary",
        sensitivity="public",
        retention="permanent",
        follows="area",
    )
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="boundaries")
    geometry = models.TextField(help_text=gettext_lazy("GeoJSON Polygon or MultiPolygon, WGS 84"))
    min_lon = models.FloatField()
    min_lat = models.FloatField()
    max_lon = models.FloatField()
    max_lat = models.FloatField()
    label_lat = models.FloatField()
    label_lon = models.FloatField()
    area_km2 = models.FloatField()
    vintage = models.CharField(max_length=100)
    name = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("the area's name in this vintage")
    )
    p_code = models.CharField(
        max_length=40, blank=True, help_text=gettext_lazy("its P-code in this vintage")
    )
    approximate = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.area} ({self.vintage})"
