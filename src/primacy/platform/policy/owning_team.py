"""Who belongs to the team that owns a figure: only they see counts of persons below the minimum.

Inside are the operator; whoever holds a role on the mission cleared above INTERNAL for the record;
and whoever enters or uses such records there (a force's own commander keeps its strength figures,
the parties of an assessment must see what they sign). Everybody else is outside: guests, donors,
and other organisations' people on the mission.
"""

import uuid

from primacy.platform.policy.marking import Marking
from primacy.platform.policy.viewer import Viewer

WORK = {
    "forces.view": ("forces.edit",),
    "census.view": ("census.keep", "census.answer"),
    "incidents.view": ("incidents.edit",),
    "readiness.view": ("readiness.observe", "readiness.assess", "readiness.find"),
}
"""For seeing records of a room, the work on them that makes somebody one of the team."""


def in_owning_team(viewer: Viewer, permission: str, mission_id: uuid.UUID | None) -> bool:
    """True where the viewer works with records of this kind on the mission."""
    if viewer.is_operator:
        return True
    if viewer.is_guest:
        return False
    if any(viewer.has(work, mission_id) for work in WORK.get(permission, ())):
        return True
    everywhere, by_mission, general = viewer.missions_with(permission)
    clearance = by_mission.get(mission_id, Marking.PUBLIC) if mission_id else Marking.PUBLIC
    return max(clearance, general if everywhere else Marking.PUBLIC) > Marking.INTERNAL
