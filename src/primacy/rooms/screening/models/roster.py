"""A roster sheet between its preview and the screening made of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Mission


class AskedKind(models.TextChoices):
    """Whom a screening asks for."""

    PERSON = "person", gettext_lazy("Persons")
    UNIT = "unit", gettext_lazy("Units")


class Roster(ProtectedRecord):
    """A sheet as read: its rows until they are screened or dropped, and what was wrong with it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a roster sheet that was read for screening",
        sensitivity="restricted",
        retention="its rows until screened or dropped, the rest as long as the screening",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AskedKind.choices)
    file = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    rows = models.JSONField(default=list, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    rows_incomplete = models.PositiveIntegerField(default=0)
    unknown_columns = models.JSONField(default=list, blank=True)
    missing_columns = models.JSONField(default=list, blank=True)
    missing_mandatory = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    screened_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    @property
    def rows_bad(self) -> int:
        """Rows that cannot be screened."""
        return self.rows_read - self.rows_good

    @property
    def waits(self) -> bool:
        """True between its preview and what is done with it."""
        return self.screened_at is None and self.dropped_at is None

    def __str__(self) -> str:
        return self.file
