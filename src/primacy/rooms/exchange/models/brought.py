"""What an import of sheets brought, so that it can be taken back."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Mission


class BroughtKind(models.TextChoices):
    """What was brought; only claims and persons can be taken back."""

    UNIT = "unit", gettext_lazy("Unit")
    PERSON = "person", gettext_lazy("Person")
    UNIT_CLAIM = "unit_claim", gettext_lazy("Claim about a unit")
    PERSON_CLAIM = "person_claim", gettext_lazy("Claim about a person")
    RESPONSIBILITY = "responsibility", gettext_lazy("Claim about who is responsible")


class Brought(ProtectedRecord):
    """One record or claim that one import brought."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="exchange",
        meaning="which import brought a unit, person or claim",
        sensitivity="internal",
        retention="as long as the import",
        fields={"record": "technical", "batch_id": "technical"},
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    batch_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=14, choices=BroughtKind.choices)
    record = models.UUIDField(help_text=gettext_lazy("the record, or the claim in all versions"))
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
