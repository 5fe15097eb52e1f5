"""One two-person order, from the request to its being carried out."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from primacy.platform.orders.kinds import KINDS
from primacy.platform.records import Record, RecordInfo


class Order(Record):
    """An act that one account asked for and another released, good once and for some hours."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.orders",
        meaning="a grave act that needs two persons: asked for by one, released by another",
        sensitivity="restricted",
        retention="never deleted",
        open_rows="two people of the whole site release an order; reading is filtered",
        fields={"id": "technical", "kind": "internal"},
    )
    kind = models.CharField(max_length=30, choices=[(code, code) for code in KINDS])
    subject = models.CharField(max_length=200, blank=True)
    # The mission's own id: the mission record lives in a room above, so no foreign key. Without
    # one the role is held for all missions, which is asked for in words and never by leaving out.
    mission_id = models.UUIDField(null=True, blank=True)
    reason = models.TextField(max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders_asked"
    )
    asked_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders_released",
    )
    released_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("asked_by")),
                name="an_order_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(carried_out_at__isnull=True)
                | models.Q(released_by__isnull=False),
                name="an_order_is_released_before_it_is_carried_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} asked {self.asked_at:%Y-%m-%d %H:%M}"


class EmergencyOpening(Record):
    """One time the emergency account was open: by which order, until when, and its review."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.orders",
        meaning="a time the emergency account was open",
        sensitivity="restricted",
        retention="never deleted",
        fields={"id": "technical", "order": "internal"},
        open_rows="read before it is known who asks, at the sign-in of the emergency account",
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="opening")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="openings_reviewed",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.TextField(blank=True, max_length=4000)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at"]

    def __str__(self) -> str:
        return f"open {self.opened_at:%Y-%m-%d %H:%M} to {self.closes_at:%H:%M}"
