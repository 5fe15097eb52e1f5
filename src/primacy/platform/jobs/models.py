"""A job, and the effects it has had."""

from typing import ClassVar

from django.db import models

from primacy.platform.jobs.rules import JobState
from primacy.platform.records import Record, RecordInfo


class Job(Record):
    """One piece of long work somebody asked for."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.jobs",
        meaning="long work asked for, with its state and outcome",
        sensitivity="internal",
        retention="90 days after it ended",
        open_rows="a worker takes up jobs before it knows whose; reading them is filtered",
        fields={"arguments": "technical", "host": "technical", "error": "restricted"},
    )
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    # The mission's own id: the mission record lives in a room above, so no foreign key.
    mission_id = models.UUIDField(null=True, blank=True, db_index=True)
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=12, choices=JobState.choices, default=JobState.QUEUED, db_index=True
    )
    by_operator = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    host = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    error = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"


class JobEffect(models.Model):
    """An effect a job had; written in the transaction of the effect, so that it has it once."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.jobs",
        meaning="an effect a job had already",
        sensitivity="technical",
        retention="as long as the job",
        open_rows="bookkeeping of the worker",
    )
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="effects")
    key = models.CharField(max_length=80)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["job", "key"], name="one_effect_per_job_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.job_id}"
