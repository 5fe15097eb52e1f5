"""Choosing the mission a command speaks of."""

from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission, NoSuchMission, mission_by_code, missions


def chosen_mission(viewer: Viewer, code: str | None) -> Mission:
    """The mission named; without a name the only one, or the one made last."""
    if code:
        return mission_by_code(viewer, code)
    newest = missions(viewer).order_by("-recorded_at").first()
    if newest is None:
        raise NoSuchMission(
            "There is no mission here yet. `primacy demo timor-leste` builds a case study, "
            "`primacy mission new` starts a board of your own."
        )
    return newest
