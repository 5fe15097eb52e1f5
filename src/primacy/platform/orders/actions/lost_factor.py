"""Taking a lost second factor off an account: how a thief would get in."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.accounts.actions import take_factors_off
from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import record
from primacy.platform.orders.actions.ordering import take_up
from primacy.platform.policy import Denied, Viewer, require


def reset_second_factor(*, actor: Viewer, account: Account) -> int:
    """How many second factors were taken off an account whose owner lost them.

    It takes up the order of two persons, neither of them the owner. Every session ends, unused
    links are cancelled, and the owner reads at the next sign-in who ordered it and why: so that
    nobody takes over an account quietly.
    """
    require(actor, "accounts.manage")
    if actor.account_id == account.pk:
        raise Denied(_("Nobody does this to their own account. Ask another administrator."))
    with transaction.atomic():
        order = take_up(actor=actor, kind="second_factor", subject=account.email)
        notice = _(
            "The second factor was taken off your account: %(asked)s asked for it and "
            "%(released)s released it. Reason given: %(reason)s. If you did not ask for this, "
            "tell the oversight body at once."
        ) % {
            "asked": order.asked_by.name or order.asked_by.email,
            "released": order.released_by.name if order.released_by else "",
            "reason": order.reason,
        }
        taken = take_factors_off(account, notice)
        body = {"order": str(order.pk), "reason": order.reason, "taken": taken}
        record(actor, "accounts.second_factor.reset", account, body)
    return taken
