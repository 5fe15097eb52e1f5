"""An alert: what somebody warned of, how it was judged, and how far the answer came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord, RecordInfo
from primacy.rooms.places.facade import Area, Mission


class Channel(models.TextChoices):
    """How an alert came in."""

    WALK_IN = "walk_in", gettext_lazy("Walk-in")
    HOTLINE = "hotline", gettext_lazy("Hotline")
    RADIO = "radio", gettext_lazy("Radio log")
    SMS = "sms", gettext_lazy("Text message")
    PATROL = "patrol", gettext_lazy("Patrol")
    FORECAST = "forecast", gettext_lazy("Forecast")
    PARTNER = "partner", gettext_lazy("Partner")
    CAP = "cap", gettext_lazy("Common Alerting Protocol")


class Threat(models.TextChoices):
    """What is warned of."""

    ATTACK = "attack", gettext_lazy("Imminent attack")
    MOVEMENT = "movement", gettext_lazy("Movement of armed men")
    ABDUCTION = "abduction", gettext_lazy("Abduction")
    ROADBLOCK = "roadblock", gettext_lazy("Roadblock")
    CRSV = "crsv", gettext_lazy("Conflict-related sexual violence")
    ELECTION = "election", gettext_lazy("Election violence")
    INTERCOMMUNAL = "intercommunal", gettext_lazy("Violence between communities")
    MISCONDUCT = "misconduct", gettext_lazy("Misconduct by a force")
    OTHER = "other", gettext_lazy("Other threat")


class Severity(models.TextChoices):
    """CAP 1.2: how grave the effect would be."""

    EXTREME = "extreme", gettext_lazy("Extreme")
    SEVERE = "severe", gettext_lazy("Severe")
    MODERATE = "moderate", gettext_lazy("Moderate")
    MINOR = "minor", gettext_lazy("Minor")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


class Urgency(models.TextChoices):
    """CAP 1.2: when somebody must act."""

    IMMEDIATE = "immediate", gettext_lazy("Immediate")
    EXPECTED = "expected", gettext_lazy("Expected: within the hour")
    FUTURE = "future", gettext_lazy("Future")
    PAST = "past", gettext_lazy("Past")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


class Certainty(models.TextChoices):
    """CAP 1.2: how sure it is."""

    OBSERVED = "observed", gettext_lazy("Observed")
    LIKELY = "likely", gettext_lazy("Likely")
    POSSIBLE = "possible", gettext_lazy("Possible")
    UNLIKELY = "unlikely", gettext_lazy("Unlikely")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


class Reliability(models.TextChoices):
    """Admiralty scale, first half: the source."""

    A = "A", gettext_lazy("A: completely reliable")
    B = "B", gettext_lazy("B: usually reliable")
    C = "C", gettext_lazy("C: fairly reliable")
    D = "D", gettext_lazy("D: not usually reliable")
    E = "E", gettext_lazy("E: unreliable")
    F = "F", gettext_lazy("F: cannot be judged")


class Credibility(models.IntegerChoices):
    """Admiralty scale, second half: the information."""

    CONFIRMED = 1, gettext_lazy("1: confirmed by other sources")
    PROBABLE = 2, gettext_lazy("2: probably true")
    POSSIBLE = 3, gettext_lazy("3: possibly true")
    DOUBTFUL = 4, gettext_lazy("4: doubtful")
    IMPROBABLE = 5, gettext_lazy("5: improbable")
    UNKNOWN = 6, gettext_lazy("6: cannot be judged")


class Verification(models.TextChoices):
    """What looking into it has shown so far."""

    NEW = "new", gettext_lazy("Not looked into")
    OPEN = "open", gettext_lazy("Under investigation")
    TRUE = "true", gettext_lazy("Confirmed true")
    PROBABLY_TRUE = "probably_true", gettext_lazy("Probably true")
    CANNOT_SAY = "cannot_say", gettext_lazy("Impossible to verify")
    PROBABLY_FALSE = "probably_false", gettext_lazy("Probably false")
    FALSE = "false", gettext_lazy("Confirmed false")


class AlertState(models.TextChoices):
    """How far an alert came."""

    RECEIVED = "received", gettext_lazy("Received")
    TRIAGED = "triaged", gettext_lazy("Triaged")
    ACKNOWLEDGED = "acknowledged", gettext_lazy("Acknowledged")
    MONITORED = "monitored", gettext_lazy("Monitored")
    PASSED_ON = "passed_on", gettext_lazy("Passed on")
    TASKED = "tasked", gettext_lazy("Tasked")
    DEPARTED = "departed", gettext_lazy("Departed")
    ON_SITE = "on_site", gettext_lazy("On site")
    CLOSED = "closed", gettext_lazy("Closed")
    FED_BACK = "fed_back", gettext_lazy("Fed back")
    MERGED = "merged", gettext_lazy("Joined to another alert")


def _moment(help_text: object = "") -> models.DateTimeField:  # type: ignore[type-arg]
    return models.DateTimeField(null=True, blank=True, help_text=help_text)  # type: ignore[arg-type]


class Alert(ProtectedRecord):
    """One alert as it stands. Its steps hold how it came to stand so."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="warning",
        meaning="an alert, how it was judged and how far the answer came",
        sensitivity="restricted",
        retention="five years after it was closed",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(
        help_text=gettext_lazy("drawn, not counted: a gap would tell of an alert that is kept")
    )
    state = models.CharField(max_length=14, choices=AlertState.choices, default=AlertState.RECEIVED)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    origin_id = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("the sender's own number, if any")
    )
    language = models.CharField(max_length=7, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.choices, default=Reliability.F)
    credibility = models.PositiveSmallIntegerField(
        choices=Credibility.choices, default=Credibility.UNKNOWN
    )
    keep_until = models.DateField(null=True, blank=True)

    threat = models.CharField(max_length=14, choices=Threat.choices)
    text = models.TextField()
    target = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("who is threatened")
    )
    alleged = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("who threatens, as it was said")
    )
    expected_from = _moment()
    expected_until = _moment()
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    where_precision = models.PositiveSmallIntegerField(
        default=7, help_text=gettext_lazy("as UCDP GED: 1 exact … 7 unknown")
    )

    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.UNKNOWN)
    urgency = models.CharField(max_length=9, choices=Urgency.choices, default=Urgency.UNKNOWN)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, default=Certainty.UNKNOWN)
    verification = models.CharField(
        max_length=14, choices=Verification.choices, default=Verification.NEW
    )
    decision = models.CharField(max_length=10, blank=True)
    no_action = models.CharField(max_length=14, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )

    received_at = models.DateTimeField()
    triaged_at = _moment()
    acknowledged_at = _moment()
    tasked_at = _moment()
    departed_at = _moment()
    on_site_at = _moment()
    closed_at = _moment()
    fed_back_at = _moment()
    feedback_due = models.BooleanField(
        default=True, help_text=gettext_lazy("whether whoever warned can be told what came of it")
    )
    due_at = _moment(gettext_lazy("when the next step is due"))
    watch_until = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("until when retaliation against who warned is watched for"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            # The desk: what is due, the longest overdue first, for who reads which marking.
            models.Index(
                fields=["mission", "due_at", "marking", "compartment", "state", "urgency"],
                name="alerts_by_due",
            ),
            models.Index(fields=["mission", "received_at"], name="alerts_by_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_alert_per_number",
            ),
            # Whoever reads internal records, the host state among them, is shown an alert by a
            # decision only: it begins as confidential.
            models.CheckConstraint(
                condition=models.Q(marking__gte=Marking.INTERNAL.value),
                name="an_alert_is_never_public",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", joined_to__isnull=False)
                | (~models.Q(state="merged") & models.Q(joined_to__isnull=True)),
                name="a_joined_alert_names_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(outcome=""),
                name="a_closed_alert_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_threat_display()}"
