"""What a unit should have and draws: posts, rations, station; and the ranges of service numbers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission


class FigureKind(models.TextChoices):
    """What is stated of a unit."""

    POSTS = "posts", gettext_lazy("Posts of the establishment")
    RATIONS = "rations", gettext_lazy("Rations drawn in a month")
    STATION = "station", gettext_lazy("Stationed at")


class UnitFigure(ProtectedRecord):
    """Posts (of all ranks, or of one level), rations of a month, or a station, of one unit."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="posts, rations or station of a unit",
        sensitivity="internal",
        retention="permanent",
        fields={"batch_id": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FigureKind.choices)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    level = models.SmallIntegerField(null=True, blank=True)
    value = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind="station", value__isnull=True) & ~models.Q(place="")
                | ~models.Q(kind="station") & models.Q(value__isnull=False, place=""),
                name="figure_or_station",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.kind}"


class NumberRange(ProtectedRecord):
    """Service numbers that were issued: prefix, first and last figure, from which day on."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a range of service numbers that was issued",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=20, blank=True)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    issued_from = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")), name="number_range_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}-{self.prefix}{self.last}"
