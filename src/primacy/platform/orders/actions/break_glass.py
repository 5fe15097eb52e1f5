"""The emergency account: opened by an order of two persons, closed by the clock, reviewed after."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.actions import (
    cancel_links,
    end_account_sessions,
    make_link,
    take_doors_off,
)
from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.audit.actions import record
from primacy.platform.orders.actions.ordering import take_up
from primacy.platform.orders.errors import NotReleasable
from primacy.platform.orders.kinds import PERMISSION
from primacy.platform.orders.models import EmergencyOpening
from primacy.platform.policy import Denied, Viewer, require

ADDRESS = "emergency@primacy.local"
OPEN_FOR = dt.timedelta(hours=4)
LINK_FOR = dt.timedelta(hours=1)
SHORTEST_REVIEW = 20


@dataclass(frozen=True)
class Opened:
    """The opening, and the token of the one link into it, which is shown once."""

    opening: EmergencyOpening
    token: str


def open_emergency_account(
    *, actor: Viewer, role: str, mission_id: uuid.UUID | None = None
) -> Opened:
    """The emergency account, open for four hours with this role, and a link good for one hour.

    It takes up the order that two persons made for this role on this mission; without a mission,
    one that they made for all missions. The account has no password and needs no second
    factor: the two persons stand for it.
    """
    require(actor, PERMISSION)
    now = clock.now()
    with transaction.atomic():
        order = take_up(actor=actor, kind="break_glass", subject=role, mission_id=mission_id)
        _close_running(now)
        account = _account()
        RoleGrant.objects.filter(account=account).delete()
        RoleGrant.objects.create(
            account=account,
            role=order.subject,
            mission_id=order.mission_id,
            recorded_by_id=actor.account_id,
        )
        Account.objects.filter(pk=account.pk).update(is_active=True, closes_at=now + OPEN_FOR)
        opening = EmergencyOpening.objects.create(
            order=order, opened_at=now, closes_at=now + OPEN_FOR, recorded_by_id=actor.account_id
        )
        token = make_link(account, LINK_FOR, actor.account_id)
        body = {
            "role": role,
            "all_missions": order.mission_id is None,
            "asked_by": str(order.asked_by_id),
            "released_by": str(order.released_by_id),
            "until": opening.closes_at.isoformat(),
            "reason": order.reason,
        }
        record(actor, "emergency.account.open", opening, body, mission_id=order.mission_id)
    return Opened(opening=opening, token=token)


def close_emergency_account(*, actor: Viewer, opening: EmergencyOpening) -> None:
    """Closes the emergency account before its four hours are over; its sessions end at once."""
    require(actor, PERMISSION)
    with transaction.atomic():
        opening = EmergencyOpening.objects.select_for_update().get(pk=opening.pk)
        if opening.closed_at or opening.closes_at <= clock.now():
            raise NotReleasable(_("The emergency account is closed already."))
        _close_running(clock.now())
        record(
            actor,
            "emergency.account.close",
            opening,
            {},
            mission_id=opening.order.mission_id,
        )


def review_opening(*, actor: Viewer, opening: EmergencyOpening, note: str) -> EmergencyOpening:
    """The opening with the note of somebody who oversees and had no part in it."""
    require(actor, "audit.read")
    if actor.account_id is None:
        raise Denied(_("A review is signed by a person: sign in with an account."))
    note = note.strip()
    with transaction.atomic():
        opening = EmergencyOpening.objects.select_for_update().get(pk=opening.pk)
        if opening.reviewed_at:
            raise NotReleasable(_("This opening was reviewed already; a review is not changed."))
        if opening.closed_at is None and opening.closes_at > clock.now():
            raise NotReleasable(_("The emergency account is still open: review it afterwards."))
        if actor.account_id in (opening.order.asked_by_id, opening.order.released_by_id):
            raise Denied(_("Who asked for or released the order can't review it."))
        if actor.account_id == opening.recorded_by_id:
            raise Denied(_("Who opened the emergency account can't review what was done with it."))
        if Account.objects.filter(pk=actor.account_id, emergency=True).exists():
            raise Denied(
                _("The emergency account can't review itself: sign in with your own account.")
            )
        if len(note) < SHORTEST_REVIEW:
            raise NotReleasable(
                _("Say what was done with the account and whether it was right. Nothing was kept.")
            )
        opening.reviewed_by_id, opening.reviewed_at = actor.account_id, clock.now()
        opening.review = note[:4000]
        opening.save(update_fields=["reviewed_by", "reviewed_at", "review"])
        where = opening.order.mission_id
        body = {"note": opening.review}
        record(actor, "emergency.account.review", opening, body, mission_id=where)
    return opening


def _account() -> Account:
    """The one emergency account, made closed where it does not exist yet."""
    found = Account.objects.filter(email=ADDRESS).first()
    if found is not None:
        return found
    return Account.objects.create_user(
        ADDRESS, None, name="Emergency account", emergency=True, is_active=False
    )


def _close_running(now: dt.datetime) -> None:
    """Ends any opening still running: sessions, unused links, roles, and doors left behind."""
    account = Account.objects.filter(email=ADDRESS).first()
    if account is None:
        return
    EmergencyOpening.objects.filter(closed_at__isnull=True, closes_at__gt=now).update(closed_at=now)
    Account.objects.filter(pk=account.pk).update(is_active=False, closes_at=now)
    RoleGrant.objects.filter(account=account).delete()
    take_doors_off(account)
    cancel_links(account)
    end_account_sessions(account)
