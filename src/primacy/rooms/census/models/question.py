"""A flag put to an office as a question, and what each side said."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.kernels.flags import Office, Severity
from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.census.models.round import EnrolmentRound
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission

OFFICES = [
    (Office.PERSONNEL.value, gettext_lazy("Personnel office")),
    (Office.PAY.value, gettext_lazy("Pay office")),
    (Office.UNIT.value, gettext_lazy("Unit")),
    (Office.LOGISTICS.value, gettext_lazy("Logistics office")),
    (Office.INSPECTORATE.value, gettext_lazy("Inspectorate")),
    (Office.CHILD_PROTECTION.value, gettext_lazy("Those who protect children")),
]
SEVERITIES = [
    (Severity.FIRST.value, gettext_lazy("ask first")),
    (Severity.SOON.value, gettext_lazy("ask soon")),
    (Severity.ROUTINE.value, gettext_lazy("ask in turn")),
]


class QuestionState(models.TextChoices):
    """How far a question came. None of these is a verdict."""

    ASKED = "asked", gettext_lazy("Asked")
    ANSWERED = "answered", gettext_lazy("Answered")
    CONTESTED = "contested", gettext_lazy("Contested")
    SETTLED = "settled", gettext_lazy("Settled")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class Outcome(models.TextChoices):
    """How a question was settled."""

    EXPLAINED = "explained", gettext_lazy("Explained: the records are right")
    CORRECTED = "corrected", gettext_lazy("A record was wrong and is corrected")
    REFERRED = "referred", gettext_lazy("Handed to those who investigate")
    UNRESOLVED = "unresolved", gettext_lazy("Cannot be cleared up")


class Side(models.TextChoices):
    """Who speaks."""

    OFFICE = "office", gettext_lazy("The office asked")
    CONCERNED = "concerned", gettext_lazy("Those concerned")
    ASKER = "asker", gettext_lazy("Those who asked")


class Question(ProtectedRecord):
    """One question to one office: the rule, about whom, on which records, compared with whom."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a question to an office about records that do not fit",
        sensitivity="restricted",
        retention="five years after it was settled",
        fields={"key": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(EnrolmentRound, on_delete=models.PROTECT, related_name="questions")
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(max_length=20, choices=OFFICES)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    subjects = models.JSONField(default=list)
    records = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    peers = models.JSONField(default=dict)
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "recorded_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mission", "state", "due_on"], name="questions_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "key"], name="one_question_per_finding"),
            models.CheckConstraint(
                condition=~models.Q(state="settled") | ~models.Q(outcome=""),
                name="settled_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.state})"


class QuestionEntry(Record):
    """What one side said, or a move of the question; never changed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="an answer or move on a question",
        sensitivity="restricted",
        retention="as long as the question",
        follows="question",
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=10)
    side = models.CharField(max_length=10, choices=Side.choices)
    said_by = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.side}: {self.act}"
