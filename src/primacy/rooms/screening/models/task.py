"""What a changed list gives people to look at again."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.screening.models.list_file import ChangeKind, ListChange
from primacy.rooms.screening.models.match import PossibleMatch
from primacy.rooms.screening.models.screening import ScreeningLine


class RescreenTask(Record):
    """A line of an earlier screening that a newer list bears on; open until somebody looked."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a line to be looked at again because a list changed",
        sensitivity="restricted",
        retention="as long as the screening",
        follows="line",
    )
    line = models.ForeignKey(ScreeningLine, on_delete=models.PROTECT, related_name="tasks")
    change = models.ForeignKey(ListChange, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    match = models.ForeignKey(
        PossibleMatch, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    reopened = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=250, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["line", "change"], name="one_task_per_line_and_change")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind}"
