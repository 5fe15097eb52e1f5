"""What stops support: standing grave-violation findings, suspensions, and the stop list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models.case import SupportCase

ONE_SUBJECT = models.Q(unit__isnull=True, person__isnull=False) | models.Q(
    unit__isnull=False, person__isnull=True
)


class FindingTest(models.TextChoices):
    """Which test of the policy's definition of grave violations is met."""

    CRIMES = "crimes", gettext_lazy("War crimes or crimes against humanity")
    GROSS = "gross", gettext_lazy("Gross violations, more than isolated or sporadic")
    PATTERN = "pattern", gettext_lazy("A pattern of violations by a significant number of members")
    COMMAND = "command", gettext_lazy("An officer in senior command with responsibility for them")
    AUTHORITY = (
        "authority",
        gettext_lazy("Violations by units under it, and failure to investigate and prosecute"),
    )
    REGIONAL = "regional", gettext_lazy("Violations by part of a contributing national force")


class GraveFinding(ProtectedRecord):
    """A verified finding of grave violations. While it stands nothing overrides it.

    An allegation is a claim in the register of incidents and is no finding.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a finding that grave violations stand against a unit, authority or person",
        sensitivity="restricted",
        retention="permanent",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    test = models.CharField(max_length=10, choices=FindingTest.choices)
    basis = models.TextField(help_text=gettext_lazy("what was found, on which verified incidents"))
    found_on = models.DateField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_reason = models.TextField(blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-found_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="a_finding_names_one"),
            models.CheckConstraint(
                condition=models.Q(lifted_on__isnull=True) | ~models.Q(lifted_reason=""),
                name="a_lifted_finding_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.person}, {self.get_test_display()}"


class Suspension(ProtectedRecord):
    """An order that stops support to a unit with all below it, or to a person."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="an order that stops support to a unit and all below it, or to a person",
        sensitivity="restricted",
        retention="permanent",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        SupportCase, null=True, blank=True, on_delete=models.PROTECT, related_name="suspensions"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    told_host = models.TextField(
        help_text=gettext_lazy("the reason as the host state is told it: no sources")
    )
    exempt = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("ids of units below it that go on")
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_as = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("reinstated", gettext_lazy("Reinstated")),
            ("withdrawn", gettext_lazy("Withdrawn")),
        ],
    )
    end_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="a_suspension_names_one"),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.person)


class StopEntry(ProtectedRecord):
    """A line of the stop list: nothing goes to this unit or person while it is open.

    Every room and the host state read the list; why somebody stands on it is told elsewhere.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="a unit or person to whom nothing may be handed over",
        sensitivity="internal",
        retention="permanent",
        counted=True,
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    suspension = models.ForeignKey(
        Suspension, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    finding = models.ForeignKey(
        GraveFinding, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inherited = models.BooleanField(
        default=False, help_text=gettext_lazy("stands here because a unit above it was stopped")
    )
    since = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["unit"], condition=models.Q(lifted_at__isnull=True), name="stopped_units"
            ),
            models.Index(
                fields=["person"],
                condition=models.Q(lifted_at__isnull=True),
                name="stopped_persons",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="a_stop_names_one"),
            models.CheckConstraint(
                condition=models.Q(suspension__isnull=False) | models.Q(finding__isnull=False),
                name="a_stop_has_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit or self.person)


class HostNotice(ProtectedRecord):
    """What the host state is told of a decision: the reasons due process needs, no sources."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="support",
        meaning="what the host state is told of a decision on support",
        sensitivity="internal",
        retention="permanent",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        SupportCase, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    # The case itself is closed to the host state: its number is what both sides refer to.
    case_number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(
        max_length=12,
        choices=[
            ("policy", gettext_lazy("The policy, at the start")),
            ("refused", gettext_lazy("Support not approved")),
            ("suspended", gettext_lazy("Support suspended")),
            ("reinstated", gettext_lazy("Support reinstated")),
            ("withdrawn", gettext_lazy("Support withdrawn")),
        ],
    )
    addressee = models.CharField(max_length=200)
    text = models.TextField()
    what_would_change = models.TextField(blank=True)
    sent_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sent_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(marking__lte=Marking.INTERNAL.value)
                | models.Q(compartment__isnull=False),
                name="a_notice_can_be_read_by_the_host_state",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.addressee}"
