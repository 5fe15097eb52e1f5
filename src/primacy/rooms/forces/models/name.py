"""A name of a unit over a span of days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.models.unit import Unit


class NameKind(models.TextChoices):
    """The name it goes by, or another name for it."""

    NAME = "name", gettext_lazy("Name")
    ALIAS = "alias", gettext_lazy("Also known as")


class NameClaim(Claim):
    """What a unit was called. A unit that is renamed keeps its id, and its old name as a claim."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="forces",
        meaning="a name or alias of a unit over a span of days",
        sensitivity="internal",
        retention="permanent",
        fields=CLAIM_FIELDS,
        matched=True,
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="name_claims")
    kind = models.CharField(max_length=6, choices=NameKind.choices, default=NameKind.NAME)
    name = models.CharField(max_length=200)

    class Meta(Claim.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mission", "unit"], name="names_of_a_unit")
        ]

    def __str__(self) -> str:
        return self.name
