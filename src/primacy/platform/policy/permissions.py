"""The one permission layer: `require` before a write, `visible` around every read."""

import uuid
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.policy.errors import Denied
from primacy.platform.policy.marking import Marking
from primacy.platform.policy.roles import PERMISSIONS, ROLES
from primacy.platform.policy.traced import traced
from primacy.platform.policy.viewer import Viewer, guest_may

M = TypeVar("M", bound=Model)


def require(viewer: Viewer, permission: str, mission_id: uuid.UUID | None = None) -> None:
    """Nothing, where the viewer may; raises `Denied` with what is missing otherwise."""
    if viewer.has(permission, mission_id):
        return
    holders = sorted(str(title) for title, codes, own in ROLES.values() if permission in codes)
    raise Denied(
        _(
            "%(label)s may not %(permissions)s. It needs one of these roles on this "
            "mission: %(holders)s. Ask the administrator of this site."
        )
        % {
            "label": viewer.label,
            "permissions": PERMISSIONS[permission],
            "holders": ", ".join(holders),
        }
    )


def visible(viewer: Viewer, rows: QuerySet[M], permission: str, via: str = "") -> QuerySet[M]:
    """The rows the viewer may read: by mission, marking and compartment.

    `via` is the path to the protected record for child rows ("area" for a boundary). The rows
    remember the viewer: protected ones are written to the audit log when they are handed out.
    """
    return traced(viewer, _allowed(viewer, rows, permission, via), permission, via)


def _allowed(viewer: Viewer, rows: QuerySet[M], permission: str, via: str) -> QuerySet[M]:
    at = f"{via}__" if via else ""
    rows = rows.filter(_compartment_filter(viewer, at))
    if viewer.is_guest:
        if not guest_may(permission):
            return rows.none()
        return rows.filter(**{f"{at}mission__open_to_guests": True, f"{at}marking": Marking.PUBLIC})
    everywhere, by_mission, general = viewer.missions_with(permission)
    allowed = Q(pk__in=[])
    if everywhere:
        allowed |= Q(**{f"{at}marking__lte": general})
    for mission_id, clearance in by_mission.items():
        allowed |= Q(**{f"{at}mission_id": mission_id, f"{at}marking__lte": clearance})
    if guest_may(permission):
        allowed |= Q(**{f"{at}mission__open_to_guests": True, f"{at}marking": Marking.PUBLIC})
    return rows.filter(allowed)


def _compartment_filter(viewer: Viewer, at: str) -> Q:
    """Rows outside compartments, and those in compartments the viewer belongs to."""
    return Q(**{f"{at}compartment__isnull": True}) | Q(
        **{f"{at}compartment_id__in": list(viewer.compartments)}
    )


def may_read(
    viewer: Viewer,
    permission: str,
    *,
    mission_id: uuid.UUID,
    open_to_guests: bool,
    marking: int,
    compartment_id: uuid.UUID | None,
) -> bool:
    """True where `visible` would let this one record through; for records kept inside others."""
    if compartment_id is not None and compartment_id not in viewer.compartments:
        return False
    if open_to_guests and marking == Marking.PUBLIC and guest_may(permission):
        return True
    if viewer.is_guest:
        return False
    everywhere, by_mission, general = viewer.missions_with(permission)
    if everywhere and marking <= general:
        return True
    return mission_id in by_mission and marking <= by_mission[mission_id]
