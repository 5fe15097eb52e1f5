"""One entry of the audit log."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import RecordInfo


class AuditEntry(models.Model):
    """Who did what to which record, chained to the entry before by SHA-256.

    Triggers in the database refuse UPDATE and DELETE; the chain shows what they could not stop.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.audit",
        meaning="an act, chained to the act before",
        sensitivity="internal",
        retention="never deleted",
        open_rows="each act reads the last entry; no figures above internal are in it",
        fields={"hash": "technical", "previous_hash": "technical"},
    )
    sequence = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    actor_id = models.CharField(max_length=36, blank=True)
    actor_label = models.CharField(max_length=250)
    action = models.CharField(max_length=80, db_index=True)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=100, blank=True, db_index=True)
    mission_id = models.CharField(max_length=36, blank=True, db_index=True)
    body = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
