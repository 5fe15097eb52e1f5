"""A source: document, dataset, register or statement behind a record."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo


class SourceKind(models.TextChoices):
    """What sort of source it is."""

    DOCUMENT = "document", gettext_lazy("Document")
    DATASET = "dataset", gettext_lazy("Dataset")
    REGISTER = "register", gettext_lazy("Register")
    VISIT = "visit", gettext_lazy("Visit or inspection")
    SURVEY = "survey", gettext_lazy("Survey")
    STATEMENT = "statement", gettext_lazy("Statement")


class Source(ProtectedRecord):
    """What a record rests on. The same title within a mission is the same source."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.sources",
        meaning="a document, dataset or statement behind records",
        sensitivity="internal",
        retention="as long as any record rests on it",
        counted=True,
        softly_marked=True,
    )
    VEILED: ClassVar[tuple[str, ...]] = ("title", "publisher", "url", "note")
    """What is taken out where a row is open to a reader and its source is not."""

    # The mission's own id: the mission record lives in a room above, so no foreign key.
    mission_id = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=SourceKind.choices, default=SourceKind.DOCUMENT)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission_id", "title"], name="one_source_per_title_and_mission"
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=models.Q(mission_id__isnull=True),
                name="one_source_per_title_outside_missions",
            ),
        ]

    def __str__(self) -> str:
        return self.title
