"""Ranks and roles of a country, as the mission knows them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission


class TermKind(models.TextChoices):
    """A rank is held by a person, a role by a post."""

    RANK = "rank", gettext_lazy("Rank")
    ROLE = "role", gettext_lazy("Role")


class Commands(models.TextChoices):
    """Whether who holds the role commands the unit."""

    YES = "yes", gettext_lazy("commands")
    NO = "no", gettext_lazy("does not command")
    DEPENDS = "depends", gettext_lazy("depends on the post")


class Term(ProtectedRecord):
    """A rank or role of the country. Takes the place of what Primacy ships for the same words."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="a rank or role in use in the country, and whether it commands",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=TermKind.choices)
    words = models.CharField(max_length=120)
    key = models.CharField(
        max_length=120, help_text=gettext_lazy("the words without case, accents and signs")
    )
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=gettext_lazy("of a rank: higher is more senior")
    )
    commands = models.CharField(
        max_length=7, choices=Commands.choices, default=Commands.DEPENDS, blank=True
    )
    withdrawn = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-level", "words"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "kind", "key"],
                condition=models.Q(withdrawn=False),
                name="one_term_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.words
