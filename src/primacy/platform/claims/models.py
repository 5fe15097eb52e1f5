"""What every claim has, and the citation a claim rests on.

A claim is kept in versions. A correction or a withdrawal is a new version; no version is changed
or deleted. All versions of a claim share `claim`; "as known at a moment" is the newest version
recorded by then.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.ids import uuid7
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source

CLAIM_FIELDS: dict[str, str] = {
    "claim": "technical",
    "version": "technical",
    "internal_note": "restricted",
}
"""Sensitivity of the fields every claim has, for the record card of each kind of claim."""


class ClaimStatus(models.TextChoices):
    """How far a claim may be relied on."""

    ACCEPTED = "accepted", gettext_lazy("Accepted")
    CONFLICT = "conflict", gettext_lazy("In conflict")
    WORK_NEEDED = "work_needed", gettext_lazy("Work needed")
    ISSUE = "issue", gettext_lazy("At issue")


class Claim(ProtectedRecord):
    """One version of a claim. Kinds of claim derive from it and add what is claimed.

    Dates follow the handbook's rule: the precise span is true on each of its days, the imprecise
    span on at least one. `starting` and `ending` say that the claim began with its first day and
    ended with its last; where they are False nobody knows whether it began earlier or went on.
    """

    mission = models.ForeignKey("places.Mission", on_delete=models.PROTECT, related_name="+")
    claim = models.UUIDField(default=uuid7)
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(
        max_length=12, choices=ClaimStatus.choices, default=ClaimStatus.WORK_NEEDED
    )
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(
        max_length=500,
        blank=True,
        help_text=gettext_lazy("why this version took the place of the one before"),
    )
    first_precise = models.DateField(null=True, blank=True)
    last_precise = models.DateField(null=True, blank=True)
    first_imprecise = models.DateField(null=True, blank=True)
    last_imprecise = models.DateField(null=True, blank=True)
    since_beginning = models.BooleanField(
        default=False, help_text=gettext_lazy("the imprecise span has no first day")
    )
    starting = models.BooleanField(default=False)
    ending = models.BooleanField(default=False)
    start_context = models.CharField(max_length=300, blank=True)
    end_context = models.CharField(max_length=300, blank=True)
    public_note = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "version"], name="%(app_label)s_%(class)s_versions"
            )
        ]

    def withhold_from_outsiders(self) -> None:
        """Nothing; takes the note meant for the owning team out."""
        self.internal_note = ""


class PointKind(models.TextChoices):
    """Where in the source a claim stands."""

    ARCHIVE = "archive", gettext_lazy("Archive reference")
    PAGE = "page", gettext_lazy("Page")
    LINE = "line", gettext_lazy("Line")
    PARAGRAPH = "paragraph", gettext_lazy("Paragraph")
    CELL = "cell", gettext_lazy("Cell of a table")
    CLIP = "clip", gettext_lazy("Clip of a recording")
    FRAME = "frame", gettext_lazy("Frame or time of a recording")


class Citation(ProtectedRecord):
    """The place in a source that one version of a claim rests on."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.claims",
        meaning="the place in a source that a claim rests on",
        sensitivity="internal",
        retention="as long as the claim",
        fields={"version_id": "technical"},
    )

    # The mission's own id: the mission record lives in a room above, so no foreign key; likewise
    # the version, which is a row of whatever kind of claim cites.
    mission_id = models.UUIDField()
    version_id = models.UUIDField(db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    point_kind = models.CharField(max_length=10, choices=PointKind.choices, blank=True)
    point = models.CharField(max_length=200, blank=True)
    archive_url = models.URLField(max_length=500, blank=True)
    accessed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.source}, {self.point}" if self.point else str(self.source)
