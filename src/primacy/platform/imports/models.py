"""One import of one file (or one API pull)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo


class BatchStatus(models.TextChoices):
    """How far an import came."""

    PREVIEWED = "previewed", gettext_lazy("Previewed: nothing loaded yet")
    LOADED = "loaded", gettext_lazy("Loaded")
    UNDONE = "undone", gettext_lazy("Undone")
    REFUSED = "refused", gettext_lazy("Refused: nothing was changed")


class ImportBatch(ProtectedRecord):
    """A file or API pull: what it was, what it added, what was wrong with it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.imports",
        meaning="an import with its counts and problems",
        sensitivity="internal",
        retention="as long as any row it loaded",
        fields={"stored_as": "technical"},
    )
    # The mission's own id: the mission record lives in a room above, so no foreign key.
    mission_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    origin = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    vintage = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=BatchStatus.choices)
    stored_as = models.CharField(max_length=300, blank=True)
    options = models.JSONField(default=dict, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_added = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.origin} ({self.status})"
