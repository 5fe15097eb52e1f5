"""The second half of the policy: monitoring visits and intercession."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.support.models.case import SupportCase


class Visit(Record):
    """A planned look at how support is used; what was seen, or who refused access."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a monitoring visit to those who receive support",
        sensitivity="restricted",
        retention="as long as the case",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="visits")
    planned_on = models.DateField()
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=200)
    done_on = models.DateField(null=True, blank=True)
    access = models.CharField(
        max_length=8,
        blank=True,
        choices=[
            ("full", gettext_lazy("Full access")),
            ("partial", gettext_lazy("Partial access")),
            ("refused", gettext_lazy("Access refused")),
        ],
    )
    seen = models.TextField(blank=True)
    signs = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("early-warning signs that were seen")
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["planned_on", "id"]

    def __str__(self) -> str:
        return f"{self.planned_on}: {self.what}"


class Intercession(Record):
    """The mission raises violations with those in authority, in writing or in a meeting."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="violations raised with the authorities, and their response",
        sensitivity="restricted",
        retention="permanent",
        follows="case",
    )
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="intercessions")
    way = models.CharField(
        max_length=8,
        choices=[("letter", gettext_lazy("Letter")), ("meeting", gettext_lazy("Meeting"))],
    )
    addressee = models.CharField(max_length=200)
    made_on = models.DateField()
    text = models.TextField()
    asked = models.TextField(help_text=gettext_lazy("what the authorities are asked to do"))
    response_due = models.DateField()
    responded_on = models.DateField(null=True, blank=True)
    response = models.TextField(blank=True)
    enough = models.BooleanField(
        null=True, blank=True, help_text=gettext_lazy("whether the response ends the violations")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["made_on", "id"]

    def __str__(self) -> str:
        return f"{self.addressee}, {self.made_on}"
