"""How this mission checks: versions of its procedure, screening offices, the country framework."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.accounts.models import Organisation
from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission


class PolicyVersion(ProtectedRecord):
    """One version of the mission's standing procedure on due diligence.

    A case keeps the version that was in force when it was submitted: which offices must answer, how
    fresh an answer must be, how long each state may last and how risk is rated.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a version of the mission's procedure on due diligence",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    in_force_from = models.DateField()
    freshness_days = models.PositiveIntegerField(
        default=90, help_text=gettext_lazy("days after which an office's answer counts no more")
    )
    levels_above = models.PositiveSmallIntegerField(
        default=2, help_text=gettext_lazy("levels of command above a recipient that are watched")
    )
    clocks = models.JSONField(
        default=dict, help_text=gettext_lazy("days each state may last, by state")
    )
    matrix = models.JSONField(
        default=list, help_text=gettext_lazy("risk levels by likelihood (rows) and severity")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_policy_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class ScreeningOffice(Record):
    """An office whose answer a version of the procedure requires."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="an office that answers on each recipient of support",
        sensitivity="internal",
        retention="permanent",
        follows="policy",
    )
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="offices")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("whose people answer; empty: anybody with the right to screen"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["policy", "code"], name="one_office_per_policy_and_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CountryFramework(ProtectedRecord):
    """General and preliminary risk assessment of a country's forces, inherited by every case.

    Versions are added, never changed; `sections` holds the text of each section by its code.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="general and preliminary risk assessment framework of the country",
        sensitivity="restricted",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    in_force_from = models.DateField()
    sections = models.JSONField(default=dict)
    measures = models.JSONField(
        default=list, help_text=gettext_lazy("standing mitigatory measures, one a line")
    )
    what_changed = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_framework_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"
