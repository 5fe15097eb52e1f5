"""One entry of the lead ledger: from this day, this side leads this responsibility here."""

from typing import ClassVar

from django.db import models

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.models.responsibility import Responsibility


class LeadEntry(ProtectedRecord):
    """Append-only. A correction is a new entry that names the one it corrects.

    An empty `lead` states that the lead is not known from then on. When the day is imprecise,
    the lead changed somewhere from `from_earliest` to `from_latest`.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="readiness",
        meaning="who leads a responsibility in an area or unit, from when",
        sensitivity="public",
        retention="permanent",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="lead_entries")
    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="lead_entries"
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="lead_entries"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="lead_entries"
    )
    lead = models.CharField(max_length=20, blank=True)
    from_earliest = models.DateField()
    from_latest = models.DateField()
    trial_until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=20, default="stated")
    note = models.TextField(blank=True)
    references = models.JSONField(default=list, blank=True)
    decision_id = models.UUIDField(null=True, blank=True, db_index=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["from_latest", "recorded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) ^ models.Q(unit__isnull=True),
                name="lead_of_one_area_or_one_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(from_earliest__lte=models.F("from_latest")),
                name="lead_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area or self.unit}: {self.lead or 'unknown'} from {self.from_latest}"
