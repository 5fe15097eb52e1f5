"""A forecast that was made: from what was known on which day, by which model, with what skill."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.places.facade import Area, Mission


class Target(models.TextChoices):
    """What is forecast."""

    ORGANISED = "organised", gettext_lazy("Any organised violence")
    STATE_BASED = "state_based", gettext_lazy("State-based conflict")
    ONE_SIDED = "one_sided", gettext_lazy("One-sided violence")
    ALL = "all", gettext_lazy("Incidents of every type")


class Measure(models.TextChoices):
    """In what it is counted."""

    EVENTS = "events", gettext_lazy("Incidents")
    DEATHS = "deaths", gettext_lazy("Deaths")


class ForecastRun(ProtectedRecord):
    """One run of one model for all areas of a level. Never changed: a newer run stands beside it.

    `known_on` is the day as known on which the incidents were read, `cut` the last complete month
    in them (VIEWS month number: 1 is January 1980).
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="a run of a forecast, with its data cut and its skill",
        sensitivity="internal",
        retention="life of the mission",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=12, choices=Target.choices)
    measure = models.CharField(max_length=6, choices=Measure.choices)
    known_on = models.DateField()
    cut = models.PositiveIntegerField()
    horizons = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=30)
    seed = models.PositiveBigIntegerField()
    incidents = models.PositiveIntegerField()
    outside = models.PositiveIntegerField(
        help_text=gettext_lazy("incidents that lie in no area of this level")
    )
    skill = models.JSONField(
        default=dict, help_text=gettext_lazy("scores on past origins beside the benchmark")
    )
    digest = models.CharField(
        max_length=64, help_text=gettext_lazy("SHA-256 of the forecast; equal runs have equal ones")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_forecast_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_target_display()}"


class AreaForecast(Record):
    """What a run says of one area over its next months: by month, and of the first three together.

    Sums over months are sums of joint draws, never of quantiles.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="what a forecast says of one area",
        sensitivity="internal",
        retention="as long as the run",
        follows="run",
    )
    run = models.ForeignKey(ForecastRun, on_delete=models.PROTECT, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    chance = models.FloatField(help_text=gettext_lazy("of one or more within the next month"))
    naive_chance = models.FloatField(
        help_text=gettext_lazy("the same, as the last 12 months here and next door have it")
    )
    months = models.JSONField(help_text=gettext_lazy("by month: chances, mean, intervals"))

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "area"], name="one_forecast_per_area_and_run")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.chance:.2f}"
