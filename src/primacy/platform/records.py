"""What every stored record says about itself: room, sensitivity, retention, marking."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from primacy.platform import clock
from primacy.platform.ids import uuid7
from primacy.platform.policy.marking import Marking
from primacy.platform.record_info import SENSITIVITIES as SENSITIVITIES
from primacy.platform.record_info import RecordInfo as RecordInfo


class Record(models.Model):
    """Anything that is kept: a UUIDv7, when it was recorded and by whom."""

    RECORD: ClassVar[RecordInfo]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False, db_index=False)
    # Neither this nor the compartment is searched by alone; on bulk loads their indexes cost most.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True


class ProtectedRecord(Record):
    """A record with a marking and, where need-to-know applies, a compartment.

    Reads pass `policy.visible`, which filters on `mission`, `marking` and `compartment`.
    """

    marking = models.PositiveSmallIntegerField(
        choices=Marking.choices, default=Marking.INTERNAL, db_default=Marking.INTERNAL
    )
    compartment = models.ForeignKey(
        "accounts.Compartment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True
