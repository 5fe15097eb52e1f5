"""A site: post, base, station, checkpoint, protected site, camp, training centre."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.models.area import Area
from primacy.rooms.places.models.mission import Mission


class SiteKind(models.TextChoices):
    """What a site is for."""

    POST = "post", gettext_lazy("Post")
    BASE = "base", gettext_lazy("Base")
    STATION = "station", gettext_lazy("Police station")
    CHECKPOINT = "checkpoint", gettext_lazy("Checkpoint")
    PROTECTED = "protected_site", gettext_lazy("Protected site")
    CAMP = "camp", gettext_lazy("Camp")
    TRAINING = "training_centre", gettext_lazy("Training centre")


class SiteHolder(models.TextChoices):
    """Who holds the site."""

    MISSION = "mission", gettext_lazy("Mission")
    LOCAL = "local", gettext_lazy("Local force")
    BOTH = "both", gettext_lazy("Both")
    VACANT = "vacant", gettext_lazy("Vacant")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class Site(ProtectedRecord):
    """A place that is held or protected. Who holds it since when is part of the record."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="places",
        meaning="a post, base, station, checkpoint or protected site",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="sites")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="sites"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    lat = models.FloatField()
    lon = models.FloatField()
    h3 = models.BigIntegerField(db_index=True, help_text="H3 cell, resolution 9")
    holder = models.CharField(max_length=10, choices=SiteHolder.choices, default=SiteHolder.UNKNOWN)
    held_since = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_site_per_code"),
            models.CheckConstraint(
                condition=models.Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="site_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name
