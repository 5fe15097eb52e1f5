"""What an emergency order is about, in the words of a page."""

import uuid

from django.utils.translation import gettext as _

from primacy.platform.orders.kinds import KINDS
from primacy.platform.orders.models import Order
from primacy.platform.policy import Viewer
from primacy.platform.policy.roles import ROLES
from primacy.rooms.places.facade import missions


def order_words(viewer: Viewer, order: Order) -> str:
    """The role and where it holds, or the address of an account; empty for the whole server."""
    if order.kind not in KINDS or not KINDS[order.kind].names_role:
        return order.subject
    role = ROLES[order.subject][0] if order.subject in ROLES else order.subject
    return _("%(role)s, %(where)s") % {"role": role, "where": _where(viewer, order.mission_id)}


def _where(viewer: Viewer, mission_id: uuid.UUID | None) -> str:
    """The mission's name, or that it is all of them. Who may not see a mission isn't told which."""
    if mission_id is None:
        return _("all missions")
    name = missions(viewer).filter(pk=mission_id).values_list("name", flat=True).first()
    return str(name) if name else _("one mission")
