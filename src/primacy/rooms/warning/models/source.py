"""Who warned: apart from the alert, in a compartment, under a pseudonym."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.models.alert import Alert


class AlertSource(ProtectedRecord):
    """Under which pseudonym the source of an alert is known, to members of one compartment only.

    Names stay in the vault: the pseudonym is that of the sealed identity. It is in no index of any
    search, no export and no notice.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="the pseudonym under which the source of an alert is known",
        sensitivity="restricted",
        retention="as the alert's own date says, at most five years",
        fields={"pseudonym": "secret"},
        members_only=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="sources")
    pseudonym = models.CharField(max_length=40)
    consent = models.CharField(
        max_length=10,
        choices=[
            ("act", gettext_lazy("May be acted upon")),
            ("share", gettext_lazy("May be acted upon and passed on")),
            ("keep", gettext_lazy("For information only")),
        ],
    )
    reach = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("how the source is told what came of it")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(compartment__isnull=False),
                name="a_source_is_in_a_compartment",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym
