"""What may be done with an order now, and in what condition it stands. Nothing here writes."""

import datetime as dt
import uuid
from enum import StrEnum

from django.utils.translation import gettext as _

from primacy.platform.accounts.models import Account
from primacy.platform.orders.kinds import KINDS
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.platform.policy.roles import ROLES, VIEW, permissions_of


class Stage(StrEnum):
    """Where an order stands. Only `released` lets the act happen."""

    ASKED = "asked"
    RELEASED = "released"
    CARRIED_OUT = "carried_out"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def stage_of(order: Order, now: dt.datetime) -> Stage:
    """The stage of an order at a moment, read from its dates: no stage is ever stored."""
    if order.carried_out_at:
        return Stage.CARRIED_OUT
    if order.withdrawn_at:
        return Stage.WITHDRAWN
    if order.expires_at <= now:
        return Stage.EXPIRED
    return Stage.RELEASED if order.released_at else Stage.ASKED


def stage_words(stage: Stage) -> str:
    """The stage in words."""
    return {
        Stage.ASKED: _("waits for a second person"),
        Stage.RELEASED: _("released, not carried out yet"),
        Stage.CARRIED_OUT: _("carried out"),
        Stage.WITHDRAWN: _("withdrawn"),
        Stage.EXPIRED: _("lapsed"),
    }[stage]


def opening_words(opening: EmergencyOpening, now: dt.datetime) -> str:
    """How an opening of the emergency account stands, in words."""
    if opening.reviewed_at:
        return _("reviewed")
    if opening.closed_at is None and opening.closes_at > now:
        return _("open until %(until)s UTC") % {"until": f"{opening.closes_at:%Y-%m-%d %H:%M}"}
    return _("to be reviewed")


def is_about(order: Order, account_id: uuid.UUID) -> bool:
    """True where the account is the one the order names."""
    if order.kind not in KINDS or not KINDS[order.kind].names_account:
        return False
    return Account.objects.filter(pk=account_id, email=order.subject).exists()


def against_scope(
    names_role: bool, role: str, mission_id: uuid.UUID | None, all_missions: bool
) -> list[str]:
    """Every reason why an order can't be asked for with this role and these missions."""
    if not names_role:
        named = mission_id is not None or all_missions
        return (
            [_("Only the emergency account is ordered for missions: name none.")] if named else []
        )
    if role not in ROLES:
        roles = ", ".join(ROLES)
        return [_("Name the role the emergency account shall hold: %(roles)s.") % {"roles": roles}]
    if mission_id is not None and all_missions:
        return [_("Name one mission or ask for all of them, not both.")]
    if mission_id is None and not all_missions:
        return [
            _(
                "Name the mission the emergency account is needed on. Ask for all missions only "
                "where one is not enough."
            )
        ]
    if mission_id is not None and not permissions_of(role) & VIEW:
        return [
            _("The role '%(role)s' keeps the whole server: ask for it for all missions.")
            % {"role": ROLES[role][0]}
        ]
    return []


def against_release(order: Order, account_id: uuid.UUID, now: dt.datetime) -> list[str]:
    """Every reason why this account may not release this order now."""
    reasons = []
    if order.asked_by_id == account_id:
        reasons.append(_("You asked for it yourself: somebody else must release it."))
    if is_about(order, account_id):
        reasons.append(_("It is about your own account: two others must order it."))
    if not order.asked_by.is_active:
        reasons.append(_("The account that asked for it is closed."))
    stage = stage_of(order, now)
    if stage is not Stage.ASKED:
        reasons.append(_("This order is %(stage)s.") % {"stage": stage_words(stage)})
    return reasons


def against_taking_up(order: Order, now: dt.datetime) -> list[str]:
    """Every reason why an order can't be carried out now."""
    stage = stage_of(order, now)
    if stage is Stage.ASKED:
        return [_("nobody released the order asked for by %(name)s") % {"name": order.asked_by}]
    if stage is not Stage.RELEASED:
        return [_("the last order is %(stage)s") % {"stage": stage_words(stage)}]
    closed = [a for a in (order.asked_by, order.released_by) if a is not None and not a.is_active]
    return [_("the account of %(name)s is closed") % {"name": account} for account in closed]
