"""Recruitment: a class of recruits, who reached which stage, and what the public objected to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.census.models.roll import Sex
from primacy.rooms.places.facade import Mission

STAGES = [
    ("applied", gettext_lazy("Applied")),
    ("documents", gettext_lazy("Documents")),
    ("tests", gettext_lazy("Tests")),
    ("medical", gettext_lazy("Medical")),
    ("vetting", gettext_lazy("Vetting")),
    ("objection", gettext_lazy("Public objection")),
    ("offer", gettext_lazy("Offer")),
    ("academy", gettext_lazy("Academy")),
    ("confirmed", gettext_lazy("Confirmed")),
]


class CohortState(models.TextChoices):
    """How far a class came."""

    OPEN = "open", gettext_lazy("Recruiting")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


class RecruitmentCohort(ProtectedRecord):
    """One class of recruits, from the advert to its confirmation."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a class of recruits",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    force = models.CharField(max_length=100)
    advertised_on = models.DateField()
    places = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CohortState.choices, default=CohortState.OPEN)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-advertised_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "code"], name="one_cohort_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class StageCount(Record):
    """How many of one sex and region reached a stage; a later entry takes its place."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="how many recruits reached a stage",
        sensitivity="restricted",
        retention="as long as the class",
        follows="cohort",
    )
    cohort = models.ForeignKey(RecruitmentCohort, on_delete=models.PROTECT, related_name="counts")
    stage = models.CharField(max_length=12, choices=STAGES)
    sex = models.CharField(max_length=10, choices=Sex.choices)
    region = models.CharField(max_length=100)
    count = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.stage}: {self.count}"


class PopulationCount(ProtectedRecord):
    """Persons of working age by sex and region: a census, or those a survey asked."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="persons of working age in the population",
        sensitivity="public",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=10, choices=Sex.choices)
    region = models.CharField(max_length=100)
    count = models.PositiveIntegerField()
    sampled = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["region", "sex"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "year", "sex", "region"], name="one_population_per_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.sex}: {self.count}"


class PublicObjection(Record):
    """The window in which anybody may object to a recruit: from when to when, how, where listed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a window for public objections to recruits",
        sensitivity="public",
        retention="as long as the class",
        follows="cohort",
    )
    cohort = models.OneToOneField(
        RecruitmentCohort, on_delete=models.PROTECT, related_name="objection_window"
    )
    opens_on = models.DateField()
    closes_on = models.DateField()
    channel = models.CharField(max_length=300)
    listed_at = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lt=models.F("closes_on")),
                name="objection_window_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens_on} to {self.closes_on}"


class ObjectionState(models.TextChoices):
    """Whether an objection has its outcome."""

    OPEN = "open", gettext_lazy("To be decided")
    DECIDED = "decided", gettext_lazy("Decided")


class ObjectionOutcome(models.TextChoices):
    """What became of an objection."""

    UNFOUNDED = "unfounded", gettext_lazy("Nothing concrete was found")
    REMOVED = "removed", gettext_lazy("The recruit was not taken on")
    KEPT = "kept", gettext_lazy("Found true, no ground against the recruit")
    REFERRED = "referred", gettext_lazy("Handed to those who investigate")


class Objection(ProtectedRecord):
    """One objection: about which recruit, on what grounds, and its outcome. Never who objected."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a public objection to a recruit",
        sensitivity="restricted",
        retention="five years after its outcome",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(PublicObjection, on_delete=models.PROTECT, related_name="objections")
    receipt = models.CharField(max_length=20, unique=True)
    received_on = models.DateField()
    about = models.CharField(max_length=60, help_text=gettext_lazy("the recruit's list number"))
    grounds = models.TextField()
    state = models.CharField(
        max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    outcome = models.CharField(max_length=12, choices=ObjectionOutcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["received_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="open", outcome="")
                | models.Q(state="decided") & ~models.Q(outcome=""),
                name="decided_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receipt} ({self.state})"
