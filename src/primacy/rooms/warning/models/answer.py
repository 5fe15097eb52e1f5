"""What was done about an alert: every step it made, and each responder who was tasked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Site
from primacy.rooms.support.facade import Clearance
from primacy.rooms.warning.models.alert import Alert


class Decision(models.TextChoices):
    """What is done about an alert."""

    RESPOND = "respond", gettext_lazy("Respond")
    MONITOR = "monitor", gettext_lazy("Monitor")
    PASS_ON = "pass_on", gettext_lazy("Pass on")
    NO_ACTION = "no_action", gettext_lazy("No action")


class NoActionReason(models.TextChoices):
    """Why nothing is done. Doing nothing is a decision with a reason of its own."""

    NOT_CREDIBLE = "not_credible", gettext_lazy("Not credible")
    OVER = "over", gettext_lazy("Over before it was known")
    ANSWERED = "answered", gettext_lazy("Answered by somebody else")
    MANDATE = "mandate", gettext_lazy("Outside the mandate or area")
    NO_MEANS = "no_means", gettext_lazy("No means to respond")
    HARM = "harm", gettext_lazy("A response would do harm")
    OTHER = "other", gettext_lazy("Another reason, in words")


class Outcome(models.TextChoices):
    """Whether what was warned of came about. Not knowing is said, and never counted as no."""

    YES = "yes", gettext_lazy("It came about")
    PREVENTED = "prevented", gettext_lazy("Held to have been prevented")
    NO = "no", gettext_lazy("It did not come about")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


class Responder(models.TextChoices):
    """Who answers."""

    MISSION_FORCE = "mission_force", gettext_lazy("Mission force")
    MISSION_POLICE = "mission_police", gettext_lazy("Mission police")
    CIVILIAN = "civilian", gettext_lazy("Mission civilians")
    HOST_UNIT = "host_unit", gettext_lazy("Host-state unit")
    COMMUNITY = "community", gettext_lazy("Community")
    NGO = "ngo", gettext_lazy("Non-governmental organisation")


class ResponseKind(models.TextChoices):
    """What the response is."""

    PATROL = "patrol", gettext_lazy("Patrol")
    PRESENCE = "presence", gettext_lazy("Presence to deter")
    CALL = "call", gettext_lazy("Call")
    MEDIATION = "mediation", gettext_lazy("Mediation")
    EVACUATION = "evacuation", gettext_lazy("Evacuation")
    COMMAND = "command", gettext_lazy("Engagement with the command")
    DUE_DILIGENCE = "due_diligence", gettext_lazy("Measure under the due diligence policy")


class AlertStep(Record):
    """One step of an alert, with all it changed; never changed itself.

    `changes` holds the new value of each field that the step set. The alert as it stands is the
    sum of its steps, and can be made of them again.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="a step of an alert and what it changed",
        sensitivity="restricted",
        retention="as long as the alert",
        follows="alert",
    )
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=250)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.act


class Tasking(Record):
    """A responder who was sent; a host-state unit only on a clearance of the support gate."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="a responder tasked with an alert",
        sensitivity="restricted",
        retention="as long as the alert",
        follows="alert",
    )
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="taskings")
    responder = models.CharField(max_length=14, choices=Responder.choices)
    kind = models.CharField(max_length=13, choices=ResponseKind.choices)
    named = models.CharField(max_length=200, help_text=gettext_lazy("who is sent, as written"))
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    clearance = models.ForeignKey(
        Clearance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    km = models.FloatField(null=True, blank=True)
    minutes = models.FloatField(null=True, blank=True)
    method = models.CharField(
        max_length=20, blank=True, help_text=gettext_lazy("how distance and minutes were found")
    )
    tasked_at = models.DateTimeField()
    stood_down_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(responder="host_unit")
                | models.Q(unit__isnull=False, clearance__isnull=False),
                name="a_host_unit_is_tasked_on_a_clearance",
            ),
        ]

    def __str__(self) -> str:
        return self.named
