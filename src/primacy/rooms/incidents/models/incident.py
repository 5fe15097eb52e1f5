"""An event: when, where, what, who, harm, and how precisely each is known."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.kernels.disclosure import MINIMUM
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Area, Mission


class IncidentType(models.TextChoices):
    """Kinds of event. The first three are UCDP's types of organised violence."""

    STATE_BASED = "state_based", gettext_lazy("State-based conflict")
    NON_STATE = "non_state", gettext_lazy("Non-state conflict")
    ONE_SIDED = "one_sided", gettext_lazy("One-sided violence")
    CRIME = "crime", gettext_lazy("Serious crime")
    PUBLIC_ORDER = "public_order", gettext_lazy("Public-order incident")
    ATTACK_ON_UN = "attack_on_un", gettext_lazy("Attack on UN or humanitarian personnel")
    ESCAPE = "escape", gettext_lazy("Prison escape or attack")
    OTHER = "other", gettext_lazy("Other")


ENTERED_HERE = ("own", "mission_file")
"""Origins whose figures are the mission's own; all others were published by somebody else."""

VICTIM_COUNTS = (
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "deaths_best",
    "deaths_low",
    "deaths_high",
)


class Incident(ProtectedRecord):
    """One event as one origin reported it, in one vintage.

    `superseded_at` is set when a later vintage of the same origin brings the event again, so
    that "as known on a date" can be asked. Precision codes follow the UCDP GED codebook:
    where 1 exact … 7 international waters; date 1 exact day … 5 more than a month.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="incidents",
        meaning="an event with place, time, actors and harm",
        sensitivity="internal",
        retention="permanent",
    )
    # One index by mission and day serves lists, maps and counts, one by area the lists of an area;
    # each further one would be paid for by every row of a load.
    mission = models.ForeignKey(
        Mission, on_delete=models.PROTECT, related_name="incidents", db_index=False
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="incidents",
        db_index=False,
    )
    origin = models.CharField(max_length=40)
    origin_id = models.CharField(max_length=60)
    vintage = models.CharField(max_length=40)
    type = models.CharField(max_length=20, choices=IncidentType.choices)
    date_start = models.DateField()
    date_end = models.DateField()
    date_precision = models.PositiveSmallIntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    where_precision = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300, blank=True)
    adm_1 = models.CharField(max_length=150, blank=True)
    adm_2 = models.CharField(max_length=150, blank=True)
    country = models.CharField(max_length=100, blank=True)
    h3 = models.BigIntegerField(help_text="H3 cell, resolution 9")
    priogrid = models.PositiveIntegerField()
    side_a = models.CharField(max_length=200, blank=True)
    side_b = models.CharField(max_length=200, blank=True)
    conflict = models.CharField(max_length=300, blank=True)
    deaths_a = models.PositiveIntegerField(default=0)
    deaths_b = models.PositiveIntegerField(default=0)
    deaths_civilians = models.PositiveIntegerField(default=0)
    deaths_unknown = models.PositiveIntegerField(default=0)
    deaths_best = models.PositiveIntegerField(default=0)
    deaths_low = models.PositiveIntegerField(default=0)
    deaths_high = models.PositiveIntegerField(default=0)
    headline = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date_start"]
        indexes: ClassVar[list[models.Index]] = [
            # Counts by day and type, by marking and version, are read from this index alone.
            models.Index(
                fields=[
                    "mission",
                    "date_start",
                    "type",
                    "superseded_at",
                    "marking",
                    "compartment",
                    "origin",
                    "deaths_best",
                ],
                name="incident_by_day",
            ),
            models.Index(fields=["area", "date_start"], name="incident_by_area"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["origin_id", "origin", "vintage", "mission"],
                name="one_incident_per_origin_id_and_vintage",
            ),
            models.CheckConstraint(
                condition=models.Q(date_start__lte=models.F("date_end")),
                name="incident_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.date_start} {self.place}"

    withheld = False
    """True where the victim counts were taken out of this copy of the record."""

    def withhold_from_outsiders(self) -> None:
        """Nothing; takes small victim counts out that were entered here. Published ones stay."""
        if self.origin in ENTERED_HERE and min(self.deaths_low, self.deaths_best) < MINIMUM:
            self.withheld = True
            for name in VICTIM_COUNTS:
                setattr(self, name, None)
