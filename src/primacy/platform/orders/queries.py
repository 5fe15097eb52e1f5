"""Reads of two-person orders: for those who may ask for or release one."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.orders.errors import NoSuchOrder
from primacy.platform.orders.kinds import PERMISSION
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.orders.rules import Stage, stage_of
from primacy.platform.policy import Viewer, require


def orders(viewer: Viewer) -> QuerySet[Order]:
    """All orders, newest first."""
    require(viewer, PERMISSION)
    return Order.objects.select_related("asked_by", "released_by").order_by("-asked_at", "-id")


def order_by_id(viewer: Viewer, key: str | uuid.UUID) -> Order:
    """The order of this id; `NoSuchOrder` where there is none."""
    try:
        wanted = key if isinstance(key, uuid.UUID) else uuid.UUID(key)
    except ValueError as problem:
        raise NoSuchOrder(_missing(str(key))) from problem
    order = orders(viewer).filter(pk=wanted).first()
    if order is None:
        raise NoSuchOrder(_missing(str(key)))
    return order


def standing_order(viewer: Viewer, kind: str, subject: str) -> Order | None:
    """The newest order of this kind and subject that waits for its release or its carrying out."""
    now = clock.now()
    for order in orders(viewer).filter(kind=kind, subject=subject):
        if stage_of(order, now) in (Stage.ASKED, Stage.RELEASED):
            return order
    return None


def _missing(key: str) -> str:
    return _("There is no order '%(key)s'. `primacy emergency list` shows them.") % {
        "key": key[:40]
    }


def open_now() -> EmergencyOpening | None:
    """The opening of the emergency account that runs now: everybody signed in is told of it."""
    rows = EmergencyOpening.objects.filter(closed_at__isnull=True, closes_at__gt=clock.now())
    return rows.select_related("order__asked_by", "order__released_by").first()


def openings(viewer: Viewer) -> QuerySet[EmergencyOpening]:
    """All openings, newest first, with their reviews: for those who may order or oversee."""
    require(viewer, PERMISSION)
    rows = EmergencyOpening.objects.select_related(
        "order__asked_by", "order__released_by", "reviewed_by"
    )
    return rows.order_by("-opened_at")


def opening_of(viewer: Viewer, order: Order) -> EmergencyOpening:
    """The opening that an order led to; `NoSuchOrder` where it opened nothing."""
    opening = openings(viewer).filter(order=order).first()
    if opening is None:
        raise NoSuchOrder(_("This order did not open the emergency account: nothing to review."))
    return opening


def opening_by_id(viewer: Viewer, key: uuid.UUID) -> EmergencyOpening:
    """The opening of this id; `NoSuchOrder` where there is none."""
    opening = openings(viewer).filter(pk=key).first()
    if opening is None:
        raise NoSuchOrder(_missing(str(key)))
    return opening
