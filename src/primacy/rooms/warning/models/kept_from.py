"""Whom an alert accuses, from whom it is kept, and which unit an account stands for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.accounts.models import Organisation
from primacy.platform.records import Record, RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.models.alert import Alert


class Accusation(Record):
    """A unit or person of the local forces whom an alert accuses; withdrawn, never deleted.

    From it follows, without anybody's further act, who is never told of the alert: the unit, all
    above and below it, and whoever commands them.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="a unit or person whom an alert accuses",
        sensitivity="restricted",
        retention="as long as the alert",
        follows="alert",
    )
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="accusations")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    force = models.CharField(
        max_length=200, blank=True,
        help_text=gettext_lazy("the force as it was said, where the unit is not known"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False)
                | models.Q(person__isnull=False)
                | ~models.Q(force=""),
                name="an_accusation_names_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="a_withdrawn_accusation_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.person or self.force)


class KeptFrom(Record):
    """Somebody from whom an alert is kept beyond what the accusation says, with the reason."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="an organisation, account or unit from whom an alert is kept",
        sensitivity="restricted",
        retention="as long as the alert",
        follows="alert",
    )
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="kept_from")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, account__isnull=True,
                                   unit__isnull=True)
                | models.Q(organisation__isnull=True, account__isnull=False, unit__isnull=True)
                | models.Q(organisation__isnull=True, account__isnull=True, unit__isnull=False),
                name="kept_from_exactly_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation or self.account or self.unit)


class StandsFor(Record):
    """The unit an account of the host state sits in or speaks for.

    Without it the account might belong to anybody: it is then shown no alert that accuses a force.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="the unit that an account of the host state stands for",
        sensitivity="restricted",
        retention="life of the mission",
        open_rows="read before it is known what the viewer may see, to find that out",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "account", "unit"],
                condition=models.Q(ended_at__isnull=True),
                name="one_standing_per_account_and_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} → {self.unit}"
