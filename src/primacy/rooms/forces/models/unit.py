"""A unit of a local force or of the mission."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Area, Mission


class Side(models.TextChoices):
    """Whose unit it is."""

    LOCAL = "local", gettext_lazy("Local force")
    MISSION = "mission", gettext_lazy("Mission")
    OTHER = "other", gettext_lazy("Other international force")


class Unit(ProtectedRecord):
    """A named unit with its parent in the command tree."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a unit of a local force or of the mission",
        sensitivity="internal",
        retention="permanent",
        matched=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    force = models.CharField(max_length=100)
    side = models.CharField(max_length=10, choices=Side.choices)
    on_board = models.BooleanField(
        default=False,
        help_text=gettext_lazy("a special unit or service with a lead of its own on the board"),
    )
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["force", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_unit_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class UnitArea(Record):
    """Where a unit is responsible, from and to (empty: not known)."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="an area a unit is responsible for",
        sensitivity="internal",
        retention="permanent",
        follows="unit",
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="unit_areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="unit_areas")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit} in {self.area}"
