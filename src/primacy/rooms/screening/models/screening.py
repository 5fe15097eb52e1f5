"""A screening: who was asked for, what they were held against, when and by whom."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.models.list_file import ListFile
from primacy.rooms.screening.models.roster import AskedKind, Roster


class Screening(ProtectedRecord):
    """A question asked once: who of these persons or units may be in the register or on a list."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a screening of a roster or of units",
        sensitivity="restricted",
        retention="as long as the support or post it was asked for, and five years",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=500, blank=True)
    roster = models.ForeignKey(
        Roster, null=True, blank=True, on_delete=models.PROTECT, related_name="screenings"
    )
    asked_by = models.CharField(max_length=250)
    watched = models.BooleanField(
        default=True, help_text=gettext_lazy("searched again when a list changes")
    )
    watched_until_reason = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_screening_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class PassKind(models.TextChoices):
    """How much of a source a search looked at."""

    WHOLE = "whole", gettext_lazy("All of it")
    CHANGES = "changes", gettext_lazy("What a newer list added or changed")


class SearchPass(Record):
    """One search of a screening: every source with its day, its size and what could not be seen.

    "Nothing found" is never shown without these. Rows are added, never changed.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="what a screening was held against, and when",
        sensitivity="restricted",
        retention="as long as the screening",
        follows="screening",
    )
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="passes")
    kind = models.CharField(max_length=8, choices=PassKind.choices)
    list_file = models.ForeignKey(
        ListFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.CharField(max_length=250)
    sources = models.JSONField()
    lines = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.kind}"


class ScreeningLine(Record):
    """One person or unit asked for, as the roster says it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a person or unit that was asked for",
        sensitivity="restricted",
        retention="as long as the screening",
        follows="screening",
    )
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=AskedKind.choices)
    name = models.CharField(max_length=300)
    asked = models.JSONField()
    more = models.JSONField(
        default=list,
        blank=True,
        help_text=gettext_lazy("sources in which more records fit than are shown"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["screening", "number"], name="one_line_per_screening_and_number"
            )
        ]

    def __str__(self) -> str:
        return self.name
