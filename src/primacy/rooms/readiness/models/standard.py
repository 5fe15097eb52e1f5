"""The standard: which criteria must hold before a responsibility changes hands."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform import clock
from primacy.platform.records import Record, RecordInfo
from primacy.rooms.places.facade import Mission


def default_parties() -> list[str]:
    """The parties of the Timor-Leste joint procedure of 2009: mission, ministry, force."""
    return ["mission", "force", "ministry"]


class StandardState(models.TextChoices):
    """Life of a version."""

    DRAFT = "draft", gettext_lazy("Draft: waits for signatures")
    IN_FORCE = "in_force", "In force"
    REPLACED = "replaced", gettext_lazy("Replaced by a later version")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn before it was signed")


class Standard(Record):
    """One version of a mission's standard. Once in force its criteria never change."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a version of the agreed readiness standard",
        sensitivity="public",
        retention="permanent",
        follows="mission",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="standards")
    name = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=12, choices=StandardState.choices, default=StandardState.DRAFT
    )
    in_force_from = models.DateField(null=True, blank=True)
    confidence = models.FloatField(default=0.8)
    parties = models.JSONField(default=default_parties)
    seats_per_party = models.PositiveSmallIntegerField(default=1)
    origin = models.TextField(blank=True)
    change_note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "version"], name="one_standard_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def label(self) -> str:
        """Name and version, as printed beside every result."""
        return str(self)


class StandardCriterion(models.Model):
    """One criterion of a version; applies to the named responsibilities and leads (empty: all)."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="one criterion of a standard version",
        sensitivity="public",
        retention="permanent",
        follows="standard",
    )
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=80)
    dimension = models.CharField(max_length=40)
    indicator = models.CharField(max_length=80)
    label = models.CharField(max_length=250)
    comparison = models.CharField(max_length=10)
    threshold = models.FloatField()
    gate = models.BooleanField(default=False)
    methods = models.JSONField(default=list)
    max_age_days = models.PositiveIntegerField(null=True, blank=True)
    tolerance = models.FloatField(default=0.0)
    bound = models.CharField(max_length=10, default="value")
    unit = models.CharField(max_length=30)
    numerator_noun = models.CharField(max_length=80, blank=True)
    denominator_noun = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=250)
    responsibilities = models.JSONField(default=list, blank=True)
    leads = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["standard", "code"], name="one_criterion_per_code")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def threshold_text(self) -> str:
        """The threshold in words: at least 80 %, at most 60 minutes, must be yes."""
        if self.unit == "yes_no":
            return _("must be yes") if self.threshold >= 0.5 else _("must be no")
        word = {"at_least": _("at least"), "at_most": _("at most")}.get(self.comparison, "exactly")
        amount = (
            f"{100 * self.threshold:g} %"
            if self.unit == "share"
            else f"{self.threshold:g} {self.unit}"
        )
        bound = {"lower": _(" (lower bound)"), "upper": _(" (upper bound)")}.get(self.bound, "")
        return f"{word} {amount}{bound}"


class StandardSignature(models.Model):
    """A party's signature under a version."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="a party's signature under a standard version",
        sensitivity="internal",
        retention="permanent",
        follows="standard",
    )
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_as = models.CharField(max_length=250)
    signed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["standard", "party"], name="one_standard_signature_per_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} under {self.standard}"
