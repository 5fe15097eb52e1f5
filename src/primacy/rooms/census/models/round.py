"""An enrolment round: one registration of everybody who carries a post."""

from typing import ClassVar

from django.db import models

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.places.facade import Mission


class EnrolmentRound(ProtectedRecord):
    """One census of a force: when it began, on which day it counts, by which law and method."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="census",
        meaning="a registration of the persons of a force",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    opened_on = models.DateField()
    census_day = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    method = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-census_day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mission", "name"], name="one_round_per_name"),
            models.CheckConstraint(
                condition=models.Q(opened_on__lte=models.F("census_day")),
                name="round_opens_before_it_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """True while rows may be brought."""
        return self.closed_on is None


DEFAULT_MARKING = Marking.CONFIDENTIAL
"""Rolls name persons with their birth dates: need to know by default."""
