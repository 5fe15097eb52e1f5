"""A possible match of a line, and what people judged of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.screening.models.list_file import ListEntry, ListFile
from primacy.rooms.screening.models.screening import ScreeningLine, SearchPass

REGISTER = "register"
"""The source of matches with our own register; the others are publishers of lists."""


class PossibleMatch(Record):
    """A record or entry that may be who was asked for. Says what speaks for and against; no more.

    A hit on a record that the asker may not read holds nothing of it: neither which record it is,
    nor how well it fits, nor how many there are.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a record or list entry that may be who was asked for",
        sensitivity="restricted",
        retention="as long as the screening",
        follows="line",
        fields={"rests_on": "technical"},
    )
    line = models.ForeignKey(ScreeningLine, on_delete=models.PROTECT, related_name="matches")
    search_pass = models.ForeignKey(SearchPass, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10)
    reference = models.CharField(max_length=60, blank=True)
    entry = models.ForeignKey(
        ListEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record_id = models.UUIDField(null=True, blank=True)
    name = models.TextField(blank=True)
    score = models.FloatField(null=True, blank=True)
    name_score = models.FloatField(null=True, blank=True)
    speaks_for = models.JSONField(default=list, blank=True)
    speaks_against = models.JSONField(default=list, blank=True)
    hidden = models.BooleanField(default=False)
    rests_on = models.JSONField(
        default=list,
        blank=True,
        help_text=gettext_lazy("claims of our own register that it was found by"),
    )
    gone_in = models.ForeignKey(
        ListFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("the load in which the entry no longer stood"),
    )
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-score", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(hidden=False)
                | models.Q(
                    hidden=True,
                    reference="",
                    name="",
                    entry__isnull=True,
                    record_id__isnull=True,
                    score__isnull=True,
                    name_score__isnull=True,
                ),
                name="a_hidden_match_tells_nothing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.reference}"


class JudgementKind(models.TextChoices):
    """What was judged of a possible match."""

    SAME = "same", gettext_lazy("The same")
    DIFFERENT = "different", gettext_lazy("Somebody or something else")
    CANNOT_SAY = "cannot_say", gettext_lazy("Cannot say")
    REOPENED = "reopened", gettext_lazy("Open again")


BY_PEOPLE = (JudgementKind.SAME, JudgementKind.DIFFERENT, JudgementKind.CANNOT_SAY)


class Judgement(Record):
    """What somebody judged of a possible match, with reasons. Rows are added, never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a judgement of a possible match, with its reasons",
        sensitivity="restricted",
        retention="as long as the screening",
        follows="match",
    )
    match = models.ForeignKey(PossibleMatch, on_delete=models.PROTECT, related_name="judgements")
    kind = models.CharField(max_length=10, choices=JudgementKind.choices)
    reasons = models.CharField(max_length=1000)
    by = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.kind}"
