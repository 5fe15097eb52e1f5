"""Acts on two-person orders: ask, release, withdraw, take up. Each is loud in the audit log."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import record
from primacy.platform.orders.errors import BadOrder, NotReleasable, NotReleased
from primacy.platform.orders.kinds import HOURS_TO_RELEASE, KINDS, Kind
from primacy.platform.orders.models import Order
from primacy.platform.orders.rules import (
    Stage,
    against_release,
    against_scope,
    against_taking_up,
    stage_of,
)
from primacy.platform.policy import Denied, Viewer, require

SHORTEST_REASON = 10


def ask(
    *,
    actor: Viewer,
    kind: str,
    reason: str,
    subject: str = "",
    mission_id: uuid.UUID | None = None,
    all_missions: bool = False,
) -> Order:
    """A new order that waits for a second person to release it.

    An order that names a role names one mission too; `all_missions` is said, never left out. That
    the mission exists is the caller's word: its record lives in a room above.
    """
    known = _kind(kind)
    require(actor, known.permission)
    asked_by = _own_person(actor)
    reason, subject = reason.strip(), subject.strip()
    if len(reason) < SHORTEST_REASON:
        raise BadOrder(_("Say why, in a sentence that somebody else can judge. Nothing was asked."))
    against = against_scope(known.names_role, subject, mission_id, all_missions)
    if against:
        raise BadOrder(_("%(reasons)s Nothing was asked.") % {"reasons": " ".join(against)})
    if known.names_account:
        subject = _somebody_else(asked_by, subject)
    now = clock.now()
    with transaction.atomic():
        order = Order.objects.create(
            kind=kind,
            subject=subject[:200],
            mission_id=mission_id,
            reason=reason[:2000],
            asked_by_id=asked_by,
            asked_at=now,
            expires_at=now + dt.timedelta(hours=HOURS_TO_RELEASE),
            recorded_by_id=asked_by,
        )
        record(actor, "emergency.ask", order, {**_what(order), "reason": order.reason})
    return order


def release(*, actor: Viewer, order: Order) -> Order:
    """The order, released by a second person: from now it holds for the hours of its kind."""
    require(actor, _kind(order.kind).permission)
    second = _own_person(actor)
    with transaction.atomic():
        order = _locked(order.pk)
        now = clock.now()
        reasons = against_release(order, second, now)
        if reasons:
            raise NotReleasable(_("Not released. %(reasons)s") % {"reasons": " ".join(reasons)})
        order.released_by_id, order.released_at = second, now
        order.expires_at = now + dt.timedelta(hours=KINDS[order.kind].hours)
        order.save(update_fields=["released_by", "released_at", "expires_at"])
        body = {**_what(order), "asked_by": str(order.asked_by_id)}
        record(actor, "emergency.release", order, body)
    return order


def withdraw(*, actor: Viewer, order: Order, reason: str = "") -> Order:
    """The order, withdrawn: by anybody who may ask for one, as long as it wasn't carried out."""
    require(actor, _kind(order.kind).permission)
    _person(actor)
    with transaction.atomic():
        order = _locked(order.pk)
        now = clock.now()
        if stage_of(order, now) not in (Stage.ASKED, Stage.RELEASED):
            raise NotReleasable(_("This order is over already: nothing is left to withdraw."))
        order.withdrawn_at = now
        order.save(update_fields=["withdrawn_at"])
        body = {**_what(order), "reason": reason.strip()[:2000]}
        record(actor, "emergency.withdraw", order, body)
    return order


def take_up(
    *, actor: Viewer, kind: str, subject: str = "", mission_id: uuid.UUID | None = None
) -> Order:
    """The released order of this kind, subject and mission, marked as carried out: good once.

    The caller does the act itself afterwards; `NotReleased` says what is missing. The operator
    may carry out what two persons ordered, though it can neither ask nor release.
    """
    known = _kind(kind)
    require(actor, known.permission)
    with transaction.atomic():
        # Without a mission only orders for the whole server or all missions are looked at.
        rows = Order.objects.select_for_update(of=("self",)).filter(
            kind=kind, subject=subject, mission_id=mission_id
        )
        last: list[str] = []
        for order in rows.select_related("asked_by", "released_by").order_by("-asked_at", "-id"):
            now = clock.now()
            against = against_taking_up(order, now)
            if not against:
                order.carried_out_at = now
                order.save(update_fields=["carried_out_at"])
                body = {**_what(order), "reason": order.reason}
                record(actor, "emergency.carry_out", order, body)
                return order
            last = last or against
    raise NotReleased(
        _(
            "Nothing was done: '%(title)s' needs an order that one person asks for and another "
            "releases; %(missing)s. Start with `primacy emergency ask %(kind)s` or the page "
            "Emergency."
        )
        % {
            "title": known.title,
            "missing": "; ".join(last) or _("there is no order yet"),
            "kind": kind,
        }
    )


def _what(order: Order) -> dict[str, object]:
    """What an order orders, for the audit log; the entry itself carries the mission."""
    body: dict[str, object] = {"kind": order.kind, "subject": order.subject}
    if KINDS[order.kind].names_role:
        body["all_missions"] = order.mission_id is None
    return body


def _somebody_else(account_id: uuid.UUID, address: str) -> str:
    """The address of the account an order is about, which belongs to another person."""
    account = Account.objects.filter(email=address.lower()).first()
    if account is None or account.emergency:
        raise BadOrder(
            _("Name the account by its address; '%(address)s' is none. Nothing was asked.")
            % {"address": address[:80]}
        )
    if account.pk == account_id:
        raise BadOrder(
            _("Two others order this for you: ask one of them to start. Nothing was asked.")
        )
    return account.email


def _kind(code: str) -> Kind:
    """The kind of this code; `BadOrder` where there is none."""
    known = KINDS.get(code)
    if known is None:
        raise BadOrder(
            _("'%(code)s' is no emergency order. Kinds: %(kinds)s.")
            % {"code": code[:40], "kinds": ", ".join(KINDS)}
        )
    return known


def _person(actor: Viewer) -> uuid.UUID:
    """The account behind the actor: an order needs two persons, so never the operator."""
    if actor.account_id is None:
        raise Denied(
            _(
                "An emergency order needs two persons with accounts; whoever runs the server "
                "counts as none. Use --as ADDRESS, or the page Emergency."
            )
        )
    return actor.account_id


def _own_person(actor: Viewer) -> uuid.UUID:
    """The account of one known person; the emergency account is whoever opened it, so it's none."""
    account_id = _person(actor)
    if Account.objects.filter(pk=account_id, emergency=True).exists():
        raise Denied(
            _(
                "The emergency account is no second person: it neither asks for an order nor "
                "releases one. Sign in with an account of your own. Nothing was changed."
            )
        )
    return account_id


def _locked(key: uuid.UUID) -> Order:
    """The order as it stands now, held until the transaction ends."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("asked_by", "released_by")
    return rows.get(pk=key)
